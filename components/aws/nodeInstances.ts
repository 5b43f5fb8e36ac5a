import type { InvokeOptions } from "@pulumi/pulumi";
import { RunError } from "@pulumi/pulumi";
import { getInstances } from "@pulumi/aws/ec2/getInstances.js";
import { clusterTagPrefix } from "./clusterTags.ts";

/** A filter of the EC2 API. */
export interface Filter {
  readonly name: string;
  readonly values: string[];
}

/** How an instance belongs to a cluster. https://github.com/kubernetes/cloud-provider-aws/blob/v1.35.0/docs/prerequisites.md */
export function clusterFilter(clusterName: string): Filter {
  return { name: `tag:${clusterTagPrefix}${clusterName}`, values: ["owned", "shared"] };
}

/**
 * Keys of tags of instances that have the cluster's tag as well, but are no targets. kops marks bastions and control planes, and tags
 * instances with the labels of their nodes, such as the one by which the AWS cloud controller manager leaves a node out.
 * https://kops.sigs.k8s.io/labels/ and https://kubernetes.io/docs/reference/labels-annotations-taints/#node-kubernetes-io-exclude-from-external-load-balancers
 */
const marksOfOthers = [
  "k8s.io/role/apiserver",
  "k8s.io/role/bastion",
  "k8s.io/role/control-plane",
  "k8s.io/role/master",
  "k8s.io/cluster-autoscaler/node-template/label/node.kubernetes.io/exclude-from-external-load-balancers",
];

/** The Cluster API Provider AWS marks all its instances, nodes by the value `node`. https://cluster-api-aws.sigs.k8s.io/topics/accessing-ec2-instances */
const roleOfClusterApi = "sigs.k8s.io/cluster-api-provider-aws/role";

export async function runningInstances(
  filters: readonly Filter[],
  opts?: InvokeOptions,
): Promise<readonly string[]> {
  const { ids } = await getInstances({ filters: [...filters], instanceStateNames: ["running"] }, opts);
  // Sorted, so that the order of AWS's answer never shows up as a change.
  return [...ids].sort();
}

/**
 * The running instances with the cluster's tag, without those that their tags mark as bastions or control planes. Which of the others are
 * nodes only the cluster knows.
 *
 * @param mayBeNone Auto Scaling groups are attached, which may have no instances yet
 * @throws RunError if there is none
 */
export async function findNodes(
  clusterName: string,
  opts?: InvokeOptions,
  mayBeNone = false,
): Promise<readonly string[]> {
  const cluster = clusterFilter(clusterName);
  const [all, marked] = await Promise.all([
    runningInstances([cluster], opts),
    runningInstances([cluster, { name: "tag-key", values: [...marksOfOthers, roleOfClusterApi] }], opts),
  ]);
  const isNode = { name: `tag:${roleOfClusterApi}`, values: ["node"] };
  const markedNodes = marked.length === 0 ? [] : await runningInstances([cluster, isNode], opts);
  const found = all.filter((id) => !marked.includes(id) || markedNodes.includes(id));
  if (found.length > 0 || mayBeNone) return found;
  const tag = `${clusterTagPrefix}${clusterName}`;
  const what =
    marked.length === 0
      ? `No running instance has the tag ${tag}`
      : `Only bastions and control planes have the tag ${tag}: ${marked.join(", ")}`;
  throw new RunError(`${what}. Check the cluster's name and the AWS region, or set nodeInstanceIds.`);
}
