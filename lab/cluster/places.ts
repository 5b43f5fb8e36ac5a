/** The places of the cluster's files in the lab's directory. */
import { join } from "node:path";
import type { LabFiles } from "../files.ts";
import type { NodeLayout } from "../layout.ts";
import type { LabPlan, ProxyMode } from "../plan.ts";
import type { ControlPlaneFiles } from "./controlPlane.ts";
import type { NodePlace } from "./node.ts";

export interface ClusterPlaces extends ControlPlaneFiles {
  /** The containerd root from which the nodes get their images. */
  readonly images: string;
  readonly proxyMode: ProxyMode;
}

export function clusterPlaces(plan: LabPlan, files: LabFiles): ClusterPlaces {
  return {
    bin: plan.tools.bin,
    certificates: join(files.state, "certificates"),
    etcdData: join(files.state, "etcd"),
    kubeconfigs: join(files.state, "kubeconfigs"),
    images: join(files.state, "images"),
    proxyMode: plan.proxyMode ?? "nftables",
  };
}

export function nodePlace(plan: LabPlan, files: LabFiles, { name }: NodeLayout): NodePlace {
  const own = join(files.nodes, name);
  return {
    bin: plan.tools.bin,
    cni: plan.tools.cni,
    configuration: join(own, "configuration"),
    disk: join(own, "disk"),
    root: join(own, "root"),
  };
}
