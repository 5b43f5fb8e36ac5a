/** What is compiled from lab/parts, and how: data only. Versions are those of its go.mod files. */

/** One run of `go build`. */
export interface GoBuild {
  /** The Go module's directory, below lab/parts. */
  readonly module: string;
  readonly packages: readonly string[];
  readonly cgo: boolean;
  readonly tags: readonly string[];
  /** `-ldflags`, each for the packages that its pattern names, or for all. */
  readonly linkerFlags: readonly string[];
}

const containerd = "github.com/containerd/containerd/v2";
const plugins = "github.com/containernetworking/plugins/plugins";
const pulumi = "github.com/pulumi/pulumi/pkg/v3";
const agnhost = "k8s.io/kubernetes/test/images/agnhost";

/** The programs that nodes find as CNI plugins. */
export const cniPlugins = ["host-local", "loopback", "portmap", "ptp"] as const;

/** The parts of Kubernetes that the program `kubernetes` is, by the names that it is called by. */
export const kubernetesParts = [
  "aws-cloud-controller-manager",
  "etcd",
  "kube-apiserver",
  "kube-controller-manager",
  "kube-proxy",
  "kube-scheduler",
  "kubectl",
  "kubelet",
] as const;

/** The names that images find `image-tools` by. */
export const imageTools = ["bash", "curl", "dig", "getent", "nc", "nslookup", "sh", "wget"] as const;

/** The version that a go.mod asks for of a module. */
export function requiredVersion(goMod: string, module: string): string {
  const line = goMod.split("\n").find((text) => text.trim().startsWith(`${module} v`));
  const version = line?.trim().split(/\s+/)[1];
  if (version === undefined) throw new Error(`go.mod requires no version of ${module}`);
  return version;
}

/** The linker's flags that give Kubernetes' programs their version. */
export function kubernetesStamp(goMod: string): string[] {
  const version = requiredVersion(goMod, "k8s.io/kubernetes");
  const [, major = "", minor = ""] = /^v(\d+)\.(\d+)/.exec(version) ?? [];
  return [
    `-X k8s.io/component-base/version.gitVersion=${version}`,
    `-X k8s.io/component-base/version.gitMajor=${major}`,
    `-X k8s.io/component-base/version.gitMinor=${minor}`,
    `-X k8s.io/client-go/pkg/version.gitVersion=${version}`,
  ];
}

export interface Recipe {
  /** The main module's go.mod. */
  readonly goMod: string;
  /** The go.mod of the module `nodes`. */
  readonly nodesGoMod: string;
  /** Upstream's version of the agnhost image, which is not its module's. */
  readonly agnhostVersion: string;
  /** Whether libseccomp is there to link runc with. */
  readonly seccomp: boolean;
  readonly wanted: Wanted;
}

/** Which pieces are to be compiled. */
export interface Wanted {
  readonly parts: boolean;
  readonly pulumi: boolean;
}

/** All runs of `go build`, in order: the largest first, because what it compiles the others find in Go's cache. */
export function goBuilds({ goMod, nodesGoMod, agnhostVersion, seccomp, wanted }: Recipe): GoBuild[] {
  const small = "-s -w";
  const stamp = [
    ...kubernetesStamp(goMod),
    `-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=${requiredVersion(goMod, pulumi)}`,
  ];
  const nodesVersion = requiredVersion(nodesGoMod, containerd).slice(1);
  const containerdStamp = `-X ${containerd}/version.Version=${nodesVersion}`;
  // What is wanted of one module is built in one run: one program is linked while another still compiles.
  const main: GoBuild = {
    module: ".",
    packages: [
      ...(wanted.parts ? ["./kubernetes", agnhost] : []),
      ...(wanted.pulumi ? [`${pulumi}/cmd/pulumi`] : []),
    ],
    cgo: false,
    tags: [],
    linkerFlags: [[small, ...stamp].join(" "), `${agnhost}=${small} -X main.Version=${agnhostVersion}`],
  };
  const nodes: GoBuild[] = [
    {
      module: "nodes",
      packages: [
        `${containerd}/cmd/containerd`,
        `${containerd}/cmd/containerd-shim-runc-v2`,
        `${containerd}/cmd/ctr`,
        `${plugins}/main/ptp`,
        `${plugins}/ipam/host-local`,
        `${plugins}/main/loopback`,
        `${plugins}/meta/portmap`,
        "./runc-without-cgroups",
      ],
      cgo: false,
      // Snapshots are kept in overlayfs only.
      tags: ["no_btrfs", "no_devmapper", "no_zfs", "urfave_cli_no_docs"],
      linkerFlags: [
        `${small} ${containerdStamp}`,
        `./runc-without-cgroups=${small} -X main.seccomp=${seccomp}`,
      ],
    },
    {
      module: "nodes",
      packages: ["github.com/opencontainers/runc"],
      cgo: true,
      tags: ["netgo", "osusergo", ...(seccomp ? ["seccomp"] : [])],
      linkerFlags: [`${small} -linkmode external -extldflags -static`],
    },
  ];
  const pods: GoBuild = {
    module: "pods",
    packages: ["./coredns", "./image-tools"],
    cgo: false,
    tags: [],
    linkerFlags: [small],
  };
  const host: GoBuild = {
    module: "language-host",
    packages: ["github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs"],
    cgo: false,
    tags: [],
    linkerFlags: [small],
  };
  return [main, ...(wanted.parts ? [pods, ...nodes] : []), ...(wanted.pulumi ? [host] : [])];
}

/** The arguments of `go` that compile the programs into a directory. */
export function buildArguments(build: GoBuild, to: string): string[] {
  return [
    "build",
    "-v",
    "-trimpath",
    "-buildvcs=false",
    ...tagFlags(build),
    // The linker would throw debug information away: not making it saves a sixth of the time and a fifth of the disk.
    "-gcflags=all=-dwarf=false",
    ...build.linkerFlags.map((flags) => `-ldflags=${flags}`),
    "-o",
    `${to}/`,
    ...build.packages,
  ];
}

export function tagFlags({ tags }: GoBuild): string[] {
  return tags.length === 0 ? [] : [`-tags=${tags.join(",")}`];
}
