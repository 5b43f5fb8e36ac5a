/** Every process of the lab, what its end by SIGKILL may cost, and how to tell that it is back. */
import {
  answeringAws,
  balancing,
  beingANode,
  cloudControlling,
  controlling,
  openingDoors,
  programmingRules,
  resolving,
  runningPods,
  scheduling,
  storing,
} from "./works.ts";
import type { Work } from "./works.ts";
import type { LoadId } from "./traffic.ts";

export interface Victim {
  /** As `npm run lab -- status` has it. */
  readonly process: string;
  readonly works: Work;
  /** Loads that may lose requests until it works again; the others lose none. */
  readonly costs: readonly LoadId[];
  /** Of the requests of a load that are sent until then, the share that may be lost. @default 1 of each */
  readonly most?: Readonly<Partial<Record<LoadId, number>>>;
  /** Processes that end with it. @default none */
  readonly takesAlong?: readonly string[];
}

/** On AWS, too, what decides has no part in the packets' way: load balancers, nodes and pods go on as they were told last. */
const nothing: readonly LoadId[] = [];

/** Without a resolver no name is found; who has an address needs none. */
const lookUps: readonly LoadId[] = ["by name"];

/** What goes by the node or to its pods, until its pods are in the Services and its target is healthy again. */
const theNodesShare: readonly LoadId[] = ["by name", "by address", "keep-alive"];

const node = "node-b";

export const victims: readonly Victim[] = [
  { process: "etcd", works: storing, costs: nothing },
  { process: "kube-apiserver", works: storing, costs: nothing },
  { process: "kube-controller-manager", works: controlling, costs: nothing },
  { process: "kube-scheduler", works: scheduling, costs: nothing },
  { process: "aws-cloud-controller-manager", works: cloudControlling, costs: nothing },
  { process: "aws-api", works: answeringAws, costs: nothing },
  { process: "nlb", works: balancing, costs: nothing },
  { process: "dns", works: resolving, costs: lookUps },
  { process: "entry-ports", works: openingDoors, costs: nothing },
  { process: `${node}-kubelet`, works: runningPods(node), costs: nothing },
  { process: `${node}-kube-proxy`, works: programmingRules(node), costs: nothing },
  { process: `${node}-containerd`, works: runningPods(node), costs: nothing },
  {
    process: node,
    works: beingANode(node),
    costs: theNodesShare,
    // Connections that were made before are few, and all of them may go by the node.
    most: {
      // The node's zone is one of three; of what the other two take, kube-proxy sends a third to the node's pod.
      "by name": 1 / 3 + (2 / 3) * (1 / 3),
      // The first zone is another node's.
      "by address": 1 / 3,
    },
    takesAlong: [`${node}-kubelet`, `${node}-kube-proxy`, `${node}-containerd`],
  },
];
