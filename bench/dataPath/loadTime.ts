/**
 * What a load costs the processors: the time of the load generator and of those who answer it, pods and proxies. The kernel's work on a packet's way, in
 * the router and on the node, is part of it: between namespaces of one machine it is done in the context of who sends, and counted as its time. Unlike
 * requests a second it hardly hangs on what else the machine has to do.
 */

/** Prints the ids of the processes that answer, as the lab counts them. @param proxies where the proxies' programs are */
export function findServers(proxies: readonly string[]): string[] {
  const patterns = ["*/agnhost", ...proxies].join("|");
  const script = `for process in /proc/[0-9]*; do
  case "$(readlink "$process/exe")" in ${patterns}) echo "\${process#/proc/}" ;; esac
done`;
  return ["sh", "-c", script];
}

/** The first number is the time on a processor in nanoseconds. https://docs.kernel.org/scheduler/sched-stats.html */
const script = `servers=$1
shift
busy() {
  for process in $servers; do cat "/proc/$process/task/"*/schedstat; done | awk '{ sum += $1 } END { printf "%.0f", sum }'
}
before=$(busy)
( "$@" && times ) || exit 1
echo "servers: $(($(busy) - before)) ns"`;

/** Runs a load; what it costs is printed after what it prints. */
export const timed = (servers: readonly string[], argv: readonly string[]): string[] => [
  "sh",
  "-c",
  script,
  "sh",
  servers.join(" "),
  ...argv,
];

/** Seconds, of the load generator and the servers together. @throws if the output is not that of {@link timed} */
export function loadSeconds(output: string): number {
  const [, servers] = /^servers: (\d+) ns$/m.exec(output) ?? [];
  // Two lines of user and system time: of the shell, and of what it ran.
  const [, ofLoad] = [...output.matchAll(/^(\d+)m([\d.]+)s (\d+)m([\d.]+)s$/gm)];
  if (servers === undefined || ofLoad === undefined)
    throw new Error(`the load's output has no processor time:\n${output}`);
  const [userMinutes = 0, user = 0, systemMinutes = 0, system = 0] = ofLoad.slice(1).map(Number);
  return (userMinutes + systemMinutes) * 60 + user + system + Number(servers) / 1e9;
}
