/** What a comparison contains besides aspects: statements, life cycle, cost. */
import type { Cost, LifeCycle, Statement } from "../../../../../comparison/result/comparison.ts";

const service = "https://kubernetes.io/docs/concepts/services-networking/service/";

export const statements: Statement[] = [
  {
    id: "both-get-all-three",
    saidBy: "question",
    statement: "Both types get a cluster IP, a node port and endpoints.",
    verdict: "true by default",
    why: "A LoadBalancer Service does without node ports if allocateLoadBalancerNodePorts is false.",
    evidence: "172.20.123.33, node port 32089, 3 endpoints; 172.20.88.65, node port 32565, 3 endpoints",
    contradicts: false,
    notTried: null,
    source: `${service}#load-balancer-nodeport-allocation`,
  },
  {
    id: "no-udp",
    saidBy: "question",
    statement: "LoadBalancer does not support UDP.",
    verdict: "outdated",
    why: "Kubernetes passes any protocol on; whether UDP works is the cloud's matter, and Network Load Balancers take it.",
    evidence: null,
    contradicts: false,
    notTried: "not tried in this run; it needs a Service with a UDP port",
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-listeners.html",
  },
  {
    id: "nothing-prevents",
    saidBy: "answer 1",
    statement: "Nothing prevents an external load balancer in front of a NodePort Service.",
    verdict: "true",
    why: "A node port is an ordinary port of the nodes.",
    evidence: "200 of 200 requests answered through the program's own load balancer",
    contradicts: false,
    notTried: null,
    source: `${service}#type-nodeport`,
  },
  {
    id: "no-port-reserved",
    saidBy: "answer 2",
    statement: "With LoadBalancer no port is reserved on the nodes.",
    verdict: "false by default",
    why: "A LoadBalancer Service reserves a node port too, unless allocateLoadBalancerNodePorts is false.",
    evidence: "node port 32565 is reserved for loadbalancer, and each of 3 nodes answers at it",
    contradicts: false,
    notTried: null,
    source: `${service}#load-balancer-nodeport-allocation`,
  },
  {
    id: "only-first-node",
    saidBy: "answer 2",
    statement: "Clients that use only the first node fail with it; a load balancer uses healthy nodes only.",
    verdict: "imprecise",
    why: "True of either way with a load balancer in front; a load balancer whose targets are all unhealthy uses all of them.",
    evidence: null,
    contradicts: false,
    notTried: "not tried in this run; it needs a Service with a UDP port",
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html",
  },
];

const atUp = "Pulumi, at pulumi up";
const inSeconds = "cloud controller manager, within seconds";
const never = "not updated";

function row(
  object: string,
  source: string,
  ways: Record<"creates" | "updates" | "repairs" | "deletes", [string, string]>,
): LifeCycle {
  const by = ([nodePort, loadBalancer]: [string, string]) => ({
    nodePort,
    loadBalancer,
    left: nodePort,
    right: loadBalancer,
  });
  const { creates, updates, repairs, deletes } = ways;
  return {
    object,
    source,
    creates: by(creates),
    updates: by(updates),
    repairs: by(repairs),
    deletes: by(deletes),
  };
}

const controller =
  "https://github.com/kubernetes/cloud-provider/blob/v0.35.4/controllers/service/controller.go";

export const lifeCycle: LifeCycle[] = [
  row("Service", service, {
    creates: [atUp, atUp],
    updates: [atUp, atUp],
    repairs: [atUp, atUp],
    deletes: ["Pulumi, at pulumi destroy", "Pulumi; the finalizer waits for the cloud controller manager"],
  }),
  row("load balancer", controller, {
    creates: [atUp, inSeconds],
    updates: [atUp, "cloud controller manager; scheme and subnets never"],
    repairs: [atUp, "cloud controller manager, at the next event of the Service or the nodes"],
    deletes: ["Pulumi, at pulumi destroy", inSeconds],
  }),
  row("targets", controller, {
    creates: [atUp, inSeconds],
    updates: ["Pulumi, at the next pulumi up: a new node gets no traffic until then", inSeconds],
    repairs: [atUp, "cloud controller manager, at the next event of the nodes"],
    deletes: [atUp, inSeconds],
  }),
  row("node port", service, {
    creates: ["kube-apiserver, at once", "kube-apiserver, at once"],
    updates: [never, never],
    repairs: ["kube-apiserver", "kube-apiserver"],
    deletes: ["with the Service", "with the Service"],
  }),
];

const hoursPerMonth = 730;
const balancer = 0.0225 * hoursPerMonth;
const addresses = 3 * 0.005 * hoursPerMonth;
const dollars = (value: number): number => Math.round(value * 100) / 100;

export const cost: Cost = {
  prices: [
    { item: "Network Load Balancer", unit: "hour", dollars: 0.0225, quantity: "1 a load balancer" },
    { item: "public IPv4 address", unit: "hour", dollars: 0.005, quantity: "3, one a zone" },
    { item: "NLCU", unit: "hour", dollars: 0.006, quantity: "by traffic; none counted" },
  ],
  region: "us-west-2",
  date: "2026-11-20",
  source: "https://aws.amazon.com/elasticloadbalancing/pricing/",
  hoursPerMonth,
  here: [
    {
      way: "NodePort + own NLB",
      monthly: dollars(balancer + addresses),
      formula: "730 h x (1 x $0.0225 + 3 x $0.005)",
    },
    {
      way: "LoadBalancer",
      monthly: dollars(balancer + addresses),
      formula: "730 h x (1 x $0.0225 + 3 x $0.005)",
    },
  ],
  byServices: [1, 2, 5, 10, 20, 50].map((services) => ({
    services,
    oneEach: dollars(services * (balancer + addresses)),
    oneShared: dollars(balancer + addresses),
  })),
  notes: [
    "A Network Load Balancer has room for 50 listeners, so one is shared by at most 50 ports.",
    "Traffic costs the same in both ways and is left out.",
  ],
};

/** Of a cloud without prices of its own. */
export const unpriced: Cost = {
  ...cost,
  prices: [],
  region: "any cloud that runs OpenStack",
  date: "",
  source: "https://docs.openstack.org/octavia/latest/reference/introduction.html",
  here: [],
  byServices: [],
  notes: ["either way: 1 load balancer, 1 floating IP", "There are no prices."],
};
