/** The aspects in which the project's two Services are compared. */
import type { Aspect, Explanation } from "../../../../../comparison/result/comparison.ts";

type Section = Aspect["section"];
/** Path, left, right, id of the explanation. */
type Explained = readonly [path: string, left: string | null, right: string | null, explanation: string];

function same(section: Section, title: string, value: string, values = 2): Aspect {
  const id = `${section} / ${title}`;
  return { id, section, title, left: value, right: value, verdict: "same", values, differences: [] };
}

function equivalent(
  section: Section,
  title: string,
  left: string,
  right: string,
  differences: readonly Explained[],
): Aspect {
  return {
    ...same(section, title, left, 2 * differences.length),
    right,
    verdict: "equivalent",
    differences: differences.map(([path, a, b, explanation]) => ({ path, left: a, right: b, explanation })),
  };
}

export const aspects: Aspect[] = [
  equivalent("Service", "type", "NodePort", "LoadBalancer", [
    ["service / type", "NodePort", "LoadBalancer", "service-type"],
  ]),
  same("Service", "cluster IP", "172.20.123.33 / 172.20.88.65", 2),
  same("Service", "port http", "TCP 80 to http, own node port", 10),
  same("Service", "external traffic policy", "Cluster"),
  same("Service", "internal traffic policy", "Cluster"),
  same("Service", "session affinity", "None"),
  same("Service", "selector", "app.kubernetes.io/name=echo"),
  same("Service", "endpoints", "3 pods ready, one on each of node-a, node-b, node-c", 36),
  equivalent("Service", "node ports may be waived", "-", "true", [
    ["service / allocateLoadBalancerNodePorts", null, "true", "node-ports-can-be-waived"],
  ]),
  equivalent("Service", "address in the status", "none", "own DNS name", [
    ["service / ingress", "none", "<own DNS name>", "address-in-status"],
  ]),
  equivalent("Service", "finalizers", "none", "service.kubernetes.io/load-balancer-cleanup", [
    ["service / finalizers", "none", "service.kubernetes.io/load-balancer-cleanup", "finalizer"],
  ]),
  equivalent("Service", "who may connect", "none", "0.0.0.0/0", [
    ["service / loadBalancerSourceRanges", "none", "0.0.0.0/0", "source-ranges-in-service"],
  ]),
  same("load balancer", "type", "network"),
  same("load balancer", "state", "active"),
  same("load balancer", "scheme", "internet-facing"),
  same("load balancer", "IP address type", "ipv4"),
  same("load balancer", "zones", "us-west-2a, us-west-2b, us-west-2c", 12),
  same("load balancer", "security groups", "none"),
  same("load balancer", "attributes", "cross-zone off, access logs off, deletion protection off", 16),
  equivalent("load balancer", "owner", "program", "cloud controller", [
    ["loadBalancer / owner", "program", "cloud controller", "who-owns-it"],
  ]),
  equivalent("load balancer", "tags", "none", "2 tags of the controller's", [
    ["loadBalancer / tags / kubernetes.io/cluster/dev", null, "owned", "tags-of-the-controller"],
    ["loadBalancer / tags / kubernetes.io/service-name", null, "<this Service>", "tags-of-the-controller"],
  ]),
  same("listeners", "TCP 80", "forwards to the target group of TCP 80", 8),
  same("listeners", "TCP 80: target group", "instances, TCP, the node port of http", 12),
  same("listeners", "TCP 80: health check", "TCP, the node port, every 30 s, time-out 10 s, 3 / 3", 16),
  same("listeners", "TCP 80: attributes", "client IP kept, deregistration delay 300 s", 14),
  same(
    "listeners",
    "TCP 80: targets",
    "i-21f659acd29a8b194, i-9c676c1a92216dd3c, i-f1d8f1dd051681649: healthy",
    24,
  ),
  equivalent("listeners", "TCP 80: owners", "program", "cloud controller", [
    ["loadBalancer / listeners / TCP 80 / owner", "program", "cloud controller", "who-owns-it"],
    [
      "loadBalancer / targetGroups / <target group of TCP 80> / owner",
      "program",
      "cloud controller",
      "who-owns-it",
    ],
  ]),
  same("firewall", "nodes: tcp from 0.0.0.0/0 to the node port of http", "open", 10),
  same("firewall", "nodes: icmp 3/4 from 0.0.0.0/0", "open", 10),
  same("name", "addresses", "one in each of us-west-2a, us-west-2b, us-west-2c", 6),
  same("data path", "node port, each node", "to 3 pods; masquerade always", 42),
  same("data path", "cluster IP, each node", "to 3 pods; masquerade from outside the cluster", 42),
];

export const explanations: Explanation[] = [
  {
    id: "service-type",
    why: "The type is the subject of the question: LoadBalancer is NodePort plus a request to the cloud.",
    affects: "nobody by itself; only readers of the Service",
    remedy: null,
    source: "https://kubernetes.io/docs/concepts/services-networking/service/#loadbalancer",
  },
  {
    id: "node-ports-can-be-waived",
    why: "Only a LoadBalancer Service has the field allocateLoadBalancerNodePorts; its default, true, reserves node ports as NodePort does.",
    affects: "nobody; with false, the cloud controller manager has no node port to send traffic to",
    remedy: null,
    source: "https://kubernetes.io/docs/reference/kubernetes-api/service-resources/service-v1/#ServiceSpec",
  },
  {
    id: "address-in-status",
    why: "The cloud controller manager writes the load balancer's DNS name into the Service's status, but only for load balancers that it created.",
    affects: "tools that read status.loadBalancer, such as external-dns and kubectl get service",
    remedy: "take the address from the program's outputs, or set the DNS record in the program",
    source: "https://kubernetes.io/docs/reference/kubernetes-api/service-resources/service-v1/#ServiceStatus",
  },
  {
    id: "finalizer",
    why: "A finalizer keeps a deleted LoadBalancer Service until the cloud controller manager has deleted what it created; a program deletes in its own order.",
    affects:
      "anyone who deletes the Service or the cluster while the controller is not running: the Service stays",
    remedy: null,
    source:
      "https://kubernetes.io/docs/tasks/access-application-cluster/create-external-load-balancer/#garbage-collecting-load-balancers",
  },
  {
    id: "source-ranges-in-service",
    why: "A LoadBalancer Service lists who may connect, and the controller opens these ranges; the program opens the same ranges with its own rules.",
    affects: "nobody: the rules on the nodes are the same",
    remedy: null,
    source: "https://kubernetes.io/docs/reference/kubernetes-api/service-resources/service-v1/#ServiceSpec",
  },
  {
    id: "who-owns-it",
    why: "A program declares one load balancer with its listeners, targets and rules; the cloud controller manager creates the other because a Service asks for it.",
    affects: "anyone who adds nodes, repairs drift or deletes: see the life cycle",
    remedy: null,
    source: "https://kubernetes.io/docs/concepts/architecture/cloud-controller/#service-controller",
  },
  {
    id: "tags-of-the-controller",
    why: "The cloud controller manager tags what it creates with the cluster and the Service, to find it again; a program finds its objects in its state.",
    affects: "anyone who searches or bills by tags",
    remedy:
      "give your own load balancer tags, but not those of the controller, which would treat it as its own",
    source: "kubernetes/cloud-provider-aws v1.35.0, pkg/providers/v1/tags.go",
  },
];
