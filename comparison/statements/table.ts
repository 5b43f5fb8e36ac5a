/**
 * The statements of the question and its two answers, paraphrased, one per row. The verdict holds for Kubernetes 1.35 today; where it depends on the cloud, the
 * cloud gives it. The evidence is computed from a run, and may contradict the verdict.
 */
import type { Statement } from "../result/comparison.ts";
import {
  additionally,
  alwaysByNodePort,
  automatically,
  forwardsToNodePorts,
  nothingPrevents,
  onlyHealthy,
  otherClouds,
  ownAddress,
} from "./evidence/loadBalancer.ts";
import {
  anyNode,
  clusterIpAndNodes,
  firstNode,
  kubeProxy,
  onlyByLoadBalancer,
  samePort,
} from "./evidence/nodes.ts";
import { withFinding } from "./evidence/scenarios.ts";
import { clusterIp, endpoints, nodePort, nothingReserved, range, reserved, udp } from "./evidence/service.ts";
import type { Judge } from "./run.ts";
import type { CloudStatement, Truth } from "./truth.ts";

export type Row = Told & ((Truth & { readonly id: string }) | { readonly id: CloudStatement });

interface Told extends Pick<Statement, "saidBy" | "statement"> {
  readonly evidence: Judge;
  /** Whether a plan can support it. The others need a deployed stack. */
  readonly shownByPlan?: true;
}

const service = "https://kubernetes.io/docs/concepts/services-networking/service/";
const virtualIps = "https://kubernetes.io/docs/reference/networking/virtual-ips/";

export const rows: readonly Row[] = [
  {
    id: "cluster-ip",
    saidBy: "question",
    statement: "Both types get a cluster IP and a port on it.",
    verdict: "true",
    why: "Each type builds on the one before: NodePort on ClusterIP, LoadBalancer on NodePort.",
    source: `${service}#publishing-services-service-types`,
    evidence: clusterIp,
  },
  {
    id: "node-port",
    saidBy: "question",
    statement: "Both types get a node port.",
    verdict: "true by default",
    why: "A LoadBalancer Service gets one as well, unless allocateLoadBalancerNodePorts is false.",
    source: `${service}#load-balancer-nodeport-allocation`,
    evidence: nodePort,
  },
  {
    id: "endpoints",
    saidBy: "question",
    statement: "Both types get endpoints.",
    verdict: "true by default",
    why: "EndpointSlices follow from the selector, for every type. A Service without a selector gets none automatically.",
    source: `${service}#services-without-selectors`,
    evidence: endpoints,
  },
  {
    id: "no-udp",
    saidBy: "question",
    statement: "A LoadBalancer Service does not support UDP.",
    evidence: withFinding(udp, { scenario: "udp", finding: ({ name }) => `answered by ${name}` }),
  },
  {
    id: "same-port",
    saidBy: "question",
    statement: "A node port is the same on each node.",
    verdict: "true",
    why: "It is allocated once for the whole cluster, and every node's kube-proxy programs it.",
    source: `${service}#type-nodeport`,
    evidence: samePort,
  },
  {
    id: "any-node",
    saidBy: "question",
    statement: "Any NodeIP:NodePort reaches the Service.",
    verdict: "true by default",
    why: "With externalTrafficPolicy Local only nodes with a pod of the Service answer, --nodeport-addresses can narrow the addresses, and a firewall must let the port in.",
    source: `${virtualIps}#external-traffic-policy`,
    evidence: withFinding(anyNode, {
      scenario: "answers",
      finding: "answered by each node's address and node port",
    }),
  },
  {
    id: "forwards-to-node-ports",
    saidBy: "question",
    statement:
      "LoadBalancer asks the cloud for a load balancer, which forwards to NodeIP:NodePort of each node.",
    evidence: forwardsToNodePorts,
  },
  {
    id: "always-by-node-port",
    saidBy: "question",
    statement: "So the Service is always reached on NodeIP:NodePort.",
    verdict: "imprecise",
    why: "Clients reach the load balancer's name, and pods the cluster IP. The node port is a hop between load balancer and node that clients need not know.",
    source: `${service}#publishing-services-service-types`,
    evidence: alwaysByNodePort,
  },
  {
    id: "kube-proxy",
    saidBy: "question",
    statement: "kube-proxy intercepts a request to the node port and forwards it to a pod.",
    verdict: "imprecise",
    why: "kube-proxy writes rules, and the kernel forwards; no request has passed through kube-proxy since Kubernetes 1.26 removed its userspace mode. Some clusters use another data path.",
    source: `${virtualIps}#proxy-modes`,
    evidence: kubeProxy,
  },
  {
    id: "nothing-prevents",
    saidBy: "answer 1",
    statement: "Nothing prevents an external load balancer in front of the nodes with a NodePort Service.",
    verdict: "true",
    why: "A load balancer needs only the nodes' addresses and the node port. The Kubernetes API gives both.",
    source: `${service}#type-nodeport`,
    evidence: nothingPrevents,
    shownByPlan: true,
  },
  {
    id: "only-additionally",
    saidBy: "answer 1",
    statement: "LoadBalancer only asks for a load balancer in addition.",
    verdict: "true by default",
    why: "The rest of the Service is a NodePort Service, unless allocateLoadBalancerNodePorts is false or another controller takes it by loadBalancerClass.",
    source: `${service}#loadbalancer`,
    evidence: additionally,
  },
  {
    id: "automatically",
    saidBy: "answer 1",
    statement: "The cloud makes the load balancer automatically, in the background.",
    verdict: "true",
    why: "The cloud controller manager watches Services and makes it; where no such controller runs, the Service stays pending.",
    source: "https://kubernetes.io/docs/concepts/architecture/cloud-controller/#service-controller",
    evidence: automatically,
  },
  {
    id: "other-clouds",
    saidBy: "answer 1",
    statement: "LoadBalancer works on Compute Engine and OpenStack.",
    evidence: otherClouds,
  },
  {
    id: "reserves-a-port",
    saidBy: "answer 2",
    statement: "NodePort reserves a port on all nodes and forwards its connections to the Service's pods.",
    verdict: "true",
    why: "The API server reserves it, once for the cluster. On the nodes, rules implement it; no process needs to listen.",
    source: `${service}#type-nodeport`,
    evidence: reserved,
  },
  {
    id: "reserves-no-port",
    saidBy: "answer 2",
    statement: "With LoadBalancer no port is reserved on the nodes.",
    verdict: "false by default",
    why: "A node port is reserved just as with NodePort. It is true with allocateLoadBalancerNodePorts: false, which suits only load balancers that do not need node ports.",
    source: `${service}#load-balancer-nodeport-allocation`,
    evidence: nothingReserved,
  },
  {
    id: "cluster-ip-and-nodes",
    saidBy: "answer 2",
    statement: "A NodePort Service is reached by its cluster IP and by any node's address and the node port.",
    verdict: "true by default",
    why: "The cluster IP works only inside the cluster. Nodes answer if the traffic policy and the firewall allow it.",
    source: `${service}#type-nodeport`,
    evidence: clusterIpAndNodes,
  },
  {
    id: "only-by-load-balancer",
    saidBy: "answer 2",
    statement: "A LoadBalancer Service is reached only by its load balancer's public address.",
    evidence: withFinding(onlyByLoadBalancer, {
      scenario: "answers",
      finding: "answered by each node's address and node port",
    }),
  },
  {
    id: "random-port",
    saidBy: "answer 2",
    statement: "A node port that is not named is chosen at random from 30000-32767.",
    verdict: "true by default",
    why: "--service-node-port-range changes the range. Since Kubernetes 1.29 the first ports of the range are kept for Services that name one, as long as others are free.",
    source: `${service}#avoid-nodeport-collisions`,
    evidence: range,
  },
  {
    id: "own-address",
    saidBy: "answer 2",
    statement: "The load balancer has its own public IP address.",
    evidence: ownAddress,
  },
  {
    id: "first-node",
    saidBy: "answer 2",
    statement: "Clients that use only the first node lose the Service when that node fails.",
    verdict: "true",
    why: "A node's address fails with the node; Kubernetes does not move it.",
    source: `${service}#type-nodeport`,
    evidence: firstNode,
  },
  {
    id: "only-healthy",
    saidBy: "answer 2",
    statement:
      "A load balancer in front spreads requests over healthy nodes, and never sends one to a node that is down.",
    evidence: onlyHealthy,
  },
];
