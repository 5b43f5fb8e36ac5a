/** Command lines of a node: its init, and the processes inside. */
import { join } from "node:path";
import type { Machine } from "../clouds/cloud.ts";
import type { NodeLayout } from "../layout.ts";
import { flags } from "./controlPlane.ts";
import type { Command } from "../supervisor/process.ts";
import { inNamespace } from "../network/network.ts";
import type { NodePaths } from "./nodeConfiguration.ts";
import { nodeCommands, standardPath } from "./nodeNft.ts";
import { initPidFile, nodeRootScript } from "./nodeRoot.ts";

/** A node's directories, as paths inside the lab. */
export interface NodePlace extends NodePaths {
  /** The node's disk, its /var. */
  readonly disk: string;
  /** The directory in which its root file system is assembled. */
  readonly root: string;
}

/** The node's init, in new namespaces within the network namespace that network.ts made for it. */
export function nodeInit(node: NodeLayout, place: NodePlace, shared: readonly string[]): Command {
  const script = nodeRootScript({
    node,
    root: place.root,
    disk: place.disk,
    shared: [...shared, place.configuration],
    init: join(place.bin, "pause"),
  });
  const unshare = [
    "unshare",
    "--mount",
    "--uts",
    "--ipc",
    "--pid",
    "--cgroup",
    "--fork",
    "--kill-child",
    "--",
    "sh",
    "-c",
    script,
  ];
  const [program = "", ...args] = inNamespace(node.name, unshare);
  return { program, args };
}

/**
 * A command line that runs another one on a node. It looks the node up at each start, because a killed node comes back with another init. The command dies with
 * the process that entered the node.
 */
export function onNode({ disk }: Pick<NodePlace, "disk">, argv: readonly string[]): readonly string[] {
  const enter =
    'exec nsenter --target "$(cat "$0")" --mount --uts --ipc --net --pid --cgroup -- setpriv --pdeathsig KILL -- "$@"';
  return ["sh", "-c", enter, join(disk, initPidFile), ...argv];
}

function nodeProcess(place: NodePlace, argv: readonly string[]): Command {
  const [program = "", ...args] = onNode(place, argv);
  return { program, args };
}

export function containerd(place: NodePlace): Command {
  const { bin, configuration } = place;
  // containerd looks for its shim on the PATH.
  return nodeProcess(place, [
    "env",
    `PATH=${bin}:${standardPath}`,
    join(bin, "containerd"),
    "--config",
    join(configuration, "containerd.toml"),
    "--log-level",
    "warn",
  ]);
}

export function kubelet(node: NodeLayout, place: NodePlace, { labels }: Pick<Machine, "labels">): Command {
  const { bin, configuration } = place;
  return nodeProcess(place, [
    join(bin, "kubelet"),
    ...flags({
      config: join(configuration, "kubelet.json"),
      kubeconfig: join(configuration, "kubelet.kubeconfig"),
      "hostname-override": node.name,
      "node-ip": node.address,
      "node-labels": Object.entries(labels)
        .map(([name, value]) => `${name}=${value}`)
        .join(","),
      "root-dir": "/var/lib/kubelet",
    }),
  ]);
}

export function kubeProxy(place: NodePlace): Command {
  return nodeProcess(place, [
    "env",
    `PATH=${join(place.configuration, nodeCommands)}:${standardPath}`,
    join(place.bin, "kube-proxy"),
    `--config=${join(place.configuration, "kube-proxy.json")}`,
  ]);
}
