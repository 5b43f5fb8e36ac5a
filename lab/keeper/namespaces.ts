/**
 * Starts a command as the first process of new user, mount, network, PID, UTS, IPC and cgroup namespaces.
 *
 * The maps of a user namespace can only be written from outside once it exists, so the command waits for a line on its standard input. The command dies with
 * the calling process (PR_SET_PDEATHSIG), and everything inside dies with the command (pid_namespaces(7)).
 */
import { execFileSync, spawn } from "node:child_process";
import type { ChildProcessByStdio } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { userInfo } from "node:os";
import { idMapText, mapsOfRoot, mapsOfUser, readSubordinate } from "./identity.ts";
import type { IdRange } from "./identity.ts";
import { reachCommands } from "./reach.ts";

const newNamespaces = ["--net", "--mount", "--pid", "--uts", "--ipc", "--cgroup"];

/** Inside the user namespace: wait for the maps, become its root, and make the other namespaces around the command. */
const inside = [
  "echo ready && read -r go &&",
  "exec setpriv --reuid 0 --regid 0 --clear-groups --",
  "setpriv --pdeathsig KILL --",
  `unshare ${newNamespaces.join(" ")} --fork --kill-child --mount-proc --`,
  // A shell as PID 1 reaps orphaned processes.
  `sh -c '"$@"; exit $?' sh "$@"`,
].join(" ");

/**
 * @param command the first process's command line; its standard input stays open until the caller wants it to stop
 * @param paths what the command must be able to reach if the caller is root (see reach.ts)
 * @throws if user namespaces are not permitted or the ids can't be mapped
 */
export async function enclose(
  command: readonly string[],
  paths: readonly string[],
): Promise<ChildProcessByStdio<Writable, Readable, null>> {
  const isRoot = process.getuid?.() === 0;
  const enter = ["unshare", "--user", "--keep-caps", "--", "sh", "-c", inside, "sh", ...command];
  const [program = "", ...args] = isRoot
    ? [
        "unshare",
        "--mount",
        "--propagation",
        "private",
        "--",
        "sh",
        "-ec",
        [...reachCommands(paths), 'exec "$@"'].join("\n"),
        "sh",
        ...enter,
      ]
    : enter;
  const child = spawn(program, args, { stdio: ["pipe", "pipe", "inherit"], cwd: "/" });
  const { pid } = child;
  const first = await Promise.race([once(child.stdout, "data"), once(child, "exit").then(() => undefined)]);
  if (pid === undefined || first === undefined) {
    throw new Error("cannot make the lab's namespaces; the lab's log has the reason");
  }
  writeMaps(pid, isRoot);
  child.stdout.pipe(process.stdout);
  child.stdin.write("go\n");
  return child;
}

/** The host's id of the process that `enclose` made PID 1, once it exists. */
export function initPid(pid: number): number | undefined {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim();
  return children === "" ? undefined : Number(children.split(" ")[0]);
}

function writeMaps(pid: number, isRoot: boolean): void {
  if (isRoot) {
    for (const kind of ["uid_map", "gid_map"]) writeFileSync(`/proc/${pid}/${kind}`, idMapText(mapsOfRoot));
    return;
  }
  const { username, uid, gid } = userInfo();
  const names = [username, String(uid)];
  const write = (tool: string, maps: readonly IdRange[]): void => {
    const words = maps.flatMap(({ inside: from, outside, count }) => [from, outside, count].map(String));
    execFileSync(tool, [String(pid), ...words], { stdio: ["ignore", "ignore", "inherit"] });
  };
  write("newuidmap", mapsOfUser(uid, readSubordinate("/etc/subuid"), names, "/etc/subuid"));
  write("newgidmap", mapsOfUser(gid, readSubordinate("/etc/subgid"), names, "/etc/subgid"));
}
