/** Every process of the lab, what its loss may cost, and how to tell that it works again. */
import {
  answeringAwsApi,
  activatingLoadBalancer,
  runningNode,
  provisioningLoadBalancer,
  controlling,
  namingServices,
  servingEntryPorts,
  programmingRules,
  resolving,
  runningPods,
  scheduling,
  storing,
} from "./works.ts";
import type { Work } from "./works.ts";
import type { LoadId } from "./traffic.ts";

export interface Victim {
  /** The name in `npm run lab -- status`. */
  readonly process: string;
  readonly works: Work;
  /** Loads that may lose requests until the process works again. The others lose none. */
  readonly costs: readonly LoadId[];
  /** The share of a load's requests that may be lost until then. @default 1 for each */
  readonly most?: Readonly<Partial<Record<LoadId, number>>>;
  /** Processes that end with it. @default none */
  readonly endsWithIt?: readonly string[];
}

/** As on AWS, the control plane is not in the data path: load balancers, nodes and pods keep working with their last configuration. */
const nothing: readonly LoadId[] = [];

/** Without the resolver no name can be looked up, but known addresses still work. */
const lookUps: readonly LoadId[] = ["by name"];

/** Traffic through the node or to its pods, until the pods are back in the Services and the target is healthy. */
const throughOneNode: readonly LoadId[] = ["by name", "by address", "keep-alive"];

const node = "node-b";

export const victims: readonly Victim[] = [
  { process: "etcd", works: storing, costs: nothing },
  { process: "kube-apiserver", works: storing, costs: nothing },
  { process: "kube-controller-manager", works: controlling, costs: nothing },
  { process: "kube-scheduler", works: scheduling, costs: nothing },
  { process: "aws-cloud-controller-manager", works: provisioningLoadBalancer, costs: nothing },
  { process: "aws-api", works: answeringAwsApi, costs: nothing },
  { process: "nlb", works: activatingLoadBalancer, costs: nothing },
  { process: "dns", works: resolving, costs: lookUps },
  { process: "coredns", works: namingServices, costs: nothing },
  { process: "entry-ports", works: servingEntryPorts, costs: nothing },
  { process: `${node}-kubelet`, works: runningPods(node), costs: nothing },
  { process: `${node}-kube-proxy`, works: programmingRules(node), costs: nothing },
  { process: `${node}-containerd`, works: runningPods(node), costs: nothing },
  {
    process: node,
    works: runningNode(node),
    costs: throughOneNode,
    // There are few open connections, and all of them may go through the node.
    most: {
      // The node's zone is one of three. kube-proxy sends a third of the other two zones' traffic to the node's pod.
      "by name": 1 / 3 + (2 / 3) * (1 / 3),
      // The first zone belongs to another node.
      "by address": 1 / 3,
    },
    endsWithIt: [`${node}-kubelet`, `${node}-kube-proxy`, `${node}-containerd`],
  },
];
