/** Writes the files that a node needs before its first process starts. */
import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Machine } from "../clouds/cloud.ts";
import { writeWhole } from "../files.ts";
import type { NodeLayout } from "../layout.ts";
import { apiServerUrl } from "./controlPlane.ts";
import { stockNode } from "./images.ts";
import { kubeconfig } from "./kubeconfig.ts";
import type { NodePlace } from "./node.ts";
import {
  cniConfiguration,
  containerdConfiguration,
  kubeProxyConfiguration,
  kubeletConfiguration,
} from "./nodeConfiguration.ts";
import { nftInParts, nodeCommands } from "./nodeNft.ts";
import type { ClusterPlaces } from "./places.ts";

/** Everything except what depends on the node's machine: see `writeKubeletConfiguration`. */
export async function furnishNode(node: NodeLayout, place: NodePlace, cluster: ClusterPlaces): Promise<void> {
  const { configuration, disk, root } = place;
  for (const directory of [configuration, disk, root]) mkdirSync(directory, { recursive: true });
  const write = (file: string, text: string): void => {
    writeWhole(join(configuration, file), text);
  };
  copyFileSync(join(cluster.certificates, "ca.crt"), join(configuration, "ca.crt"));
  for (const kind of ["crt", "key"]) {
    copyFileSync(join(cluster.certificates, `${node.name}.${kind}`), join(configuration, `node.${kind}`));
  }
  write("kubelet.kubeconfig", kubeconfig(cluster.certificates, node.name, apiServerUrl));
  write("kube-proxy.kubeconfig", kubeconfig(cluster.certificates, "kube-proxy", apiServerUrl));
  write("containerd.toml", containerdConfiguration(place));
  write("cni/10-pods.conflist", cniConfiguration(node));
  write("kube-proxy.json", kubeProxyConfiguration(place, node, cluster.proxyMode));
  writeWhole(join(configuration, nodeCommands, "nft"), nftInParts(), 0o755);
  await stockNode(cluster.images, join(disk, "lib/containerd"));
}

export function writeKubeletConfiguration(node: NodeLayout, place: NodePlace, machine: Machine): void {
  writeWhole(join(place.configuration, "kubelet.json"), kubeletConfiguration(place, node, machine));
}
