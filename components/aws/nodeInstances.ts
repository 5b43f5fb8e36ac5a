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

/**
 * The running instances that EKS Auto Mode has launched for node pools of a cluster. AWS's policy lets it launch none without these tags.
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonEKSComputePolicy.html
 */
export const autoModeNodes = (clusterName: string, opts?: InvokeOptions): Promise<readonly string[]> =>
  runningInstances(
    [
      { name: "tag-key", values: ["eks:kubernetes-node-pool-name"] },
      { name: "tag:eks:eks-cluster-name", values: [clusterName] },
    ],
    opts,
  );

const none: readonly string[] = [];

export async function runningInstances(
  filters: readonly Filter[],
  opts?: InvokeOptions,
): Promise<readonly string[]> {
  const { ids } = await getInstances({ filters: [...filters], instanceStateNames: ["running"] }, opts);
  // Sorted, so that the order of AWS's answer never shows up as a change.
  return [...ids].sort();
}

/** How the nodes become targets: each by itself, by Auto Scaling groups that are named, or by a controller that follows all nodes. */
export type Registration = "separate" | "groups" | "controller";

function refuseAutomatic(clusterName: string, automatic: readonly string[]): void {
  if (automatic.length === 0) return;
  throw new RunError(
    `${automatic.join(", ")}: EKS Auto Mode launched these nodes of the cluster ${clusterName}, and replaces them without an update of this program. Its nodes are outside any Auto Scaling group, so a replacement node would not become a target. ` +
      "Name the node groups whose nodes are targets in nodeGroupNames or autoscalingGroupNames; or set targetGroupBinding, if the AWS Load Balancer Controller is installed; or have Auto Mode make the load balancer, with a LoadBalancer Service alone.",
  );
}

/**
 * The nodes that are named, each of which would be attached separately. Auto Mode's other nodes may be there beside them.
 *
 * @throws RunError if EKS Auto Mode launched one of them
 */
export async function namedNodes(
  clusterName: string,
  nodeInstanceIds: readonly string[],
  opts?: InvokeOptions,
): Promise<readonly string[]> {
  const automatic = await autoModeNodes(clusterName, opts);
  refuseAutomatic(
    clusterName,
    automatic.filter((id) => nodeInstanceIds.includes(id)),
  );
  return nodeInstanceIds;
}

/**
 * The running instances with the cluster's tag, without those that their tags mark as bastions or control planes. Which of the others are
 * nodes only the cluster knows.
 *
 * EKS Auto Mode replaces its nodes, at the latest after 21 days, and has no Auto Scaling groups: a controller can follow them, an attachment cannot.
 * https://docs.aws.amazon.com/eks/latest/userguide/automode-learn-instances.html
 *
 * @param registration Auto Scaling groups may have no instances yet
 * @throws RunError if there is none, or if nodes of EKS Auto Mode would be attached separately
 */
export async function findNodes(
  clusterName: string,
  opts?: InvokeOptions,
  registration: Registration = "separate",
): Promise<readonly string[]> {
  const cluster = clusterFilter(clusterName);
  const [all, automatic, marked] = await Promise.all([
    runningInstances([cluster], opts),
    registration === "controller" ? none : autoModeNodes(clusterName, opts),
    runningInstances([cluster, { name: "tag-key", values: [...marksOfOthers, roleOfClusterApi] }], opts),
  ]);
  const isNode = { name: `tag:${roleOfClusterApi}`, values: ["node"] };
  const markedNodes = marked.length === 0 ? [] : await runningInstances([cluster, isNode], opts);
  if (registration === "separate") refuseAutomatic(clusterName, automatic);
  const found = all.filter(
    (id) => !automatic.includes(id) && (!marked.includes(id) || markedNodes.includes(id)),
  );
  if (found.length > 0 || registration === "groups") return found;
  const tag = `${clusterTagPrefix}${clusterName}`;
  const what =
    marked.length === 0
      ? `No running instance has the tag ${tag}`
      : `Only bastions and control planes have the tag ${tag}: ${marked.join(", ")}`;
  throw new RunError(
    `${what}. Check the cluster's name and the AWS region, or set nodeInstanceIds. A cluster with Fargate alone has no instances, and nothing on it serves node ports: only load balancers with pods as targets lead to its pods.`,
  );
}
