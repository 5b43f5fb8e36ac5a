/** A cluster and a Service to begin with: those of the lab, in which the real controller made what the expected names and hashes say. */
import assert from "node:assert/strict";
import { predict } from "../../../../../../comparison/clouds/aws/cloudControllerManager/predict.ts";
import type {
  AwsClusterFacts,
  NlbFacts,
  RuleFacts,
  SubnetFacts,
} from "../../../../../../comparison/clouds/aws/model.ts";
import type { ServiceFacts, ServicePortFacts } from "../../../../../../comparison/model/service.ts";

export const prefix = "service.beta.kubernetes.io/aws-load-balancer-";

export const subnet = (zone: string, cidr: string, changes: Partial<SubnetFacts> = {}): SubnetFacts => ({
  id: `subnet-${zone}`,
  zone,
  cidr,
  public: true,
  tags: { "kubernetes.io/cluster/dev": "shared", "kubernetes.io/role/elb": "1" },
  ...changes,
});

const node = (name: string, zone: string): AwsClusterFacts["nodes"][number] => ({
  name,
  instanceId: `i-${name}`,
  zone,
  address: "10.0.0.10",
  ready: true,
  labels: {},
});

export const cluster: AwsClusterFacts = {
  name: "dev",
  vpc: "vpc-1",
  nodes: [node("a", "us-west-2a"), node("b", "us-west-2b")],
  nodeSecurityGroups: ["sg-nodes"],
  subnets: [subnet("us-west-2b", "10.0.16.0/20"), subnet("us-west-2a", "10.0.0.0/20")],
};

export const http: ServicePortFacts = {
  name: "http",
  protocol: "TCP",
  port: 80,
  targetPort: "http",
  nodePort: 32565,
};

export const https: ServicePortFacts = {
  name: "https",
  protocol: "TCP",
  port: 443,
  targetPort: "https",
  nodePort: 30443,
};

export const dns: ServicePortFacts = {
  name: "dns",
  protocol: "UDP",
  port: 53,
  targetPort: 53,
  nodePort: 30053,
};

/** @param annotations by what follows the common prefix; `undefined` takes one away */
export function service(
  changes: Partial<ServiceFacts> = {},
  annotations: Readonly<Record<string, string | undefined>> = {},
): ServiceFacts {
  const wanted: Readonly<Record<string, string | undefined>> = { type: "nlb", ...annotations };
  const named = Object.entries(wanted).flatMap(([key, value]) =>
    value === undefined ? [] : [[`${prefix}${key}`, value]],
  );
  return {
    identity: { name: "loadbalancer-ac3fdf8d", id: "126f6206-d989-46c8-968d-32088723ea51" },
    namespace: "loadbalancer-22f2a3a0",
    owner: "program",
    type: "LoadBalancer",
    allocateLoadBalancerNodePorts: true,
    selector: { app: "echo" },
    clusterIPs: ["172.20.88.65"],
    ipFamilies: ["IPv4"],
    ipFamilyPolicy: "SingleStack",
    externalIPs: [],
    ports: [http],
    externalTrafficPolicy: "Cluster",
    internalTrafficPolicy: "Cluster",
    sessionAffinity: "None",
    publishNotReadyAddresses: false,
    loadBalancerSourceRanges: ["0.0.0.0/0"],
    ingress: [],
    finalizers: [],
    annotations: Object.fromEntries(named) as Record<string, string>,
    ...changes,
  };
}

export interface Made {
  readonly loadBalancer: NlbFacts;
  readonly rules: readonly RuleFacts[];
}

/** A load balancer that the controller has made, still without listeners. */
export const existing: NlbFacts = {
  identity: { name: "made", id: "arn:loadbalancer/net/made" },
  owner: "cloud controller",
  address: "made.elb.us-west-2.amazonaws.com",
  type: "network",
  state: "active",
  scheme: "internet-facing",
  ipAddressType: "ipv4",
  vpc: "vpc-1",
  zones: [],
  securityGroups: [],
  attributes: {},
  tags: {},
  listeners: [],
  pools: [],
};

/** @param existing its load balancer, if it exists already */
export function made(of: ServiceFacts, inCluster: AwsClusterFacts = cluster, existing?: NlbFacts): Made {
  const predicted = predict(of, inCluster, existing);
  if (predicted.kind !== "made") throw new Error(`${predicted.kind}: ${predicted.reason}`);
  return { loadBalancer: predicted.loadBalancer, rules: predicted.firewall.nodes };
}

export function refusal(of: ServiceFacts, inCluster: AwsClusterFacts = cluster): string {
  const predicted = predict(of, inCluster);
  if (predicted.kind !== "refused") throw new Error(`not refused: ${predicted.kind}`);
  return predicted.reason;
}

/** The Service's only target group. */
export function onlyGroup(of: ServiceFacts): NlbFacts["pools"][number] {
  const [group, ...others] = made(of).loadBalancer.pools;
  assert.ok(group !== undefined && others.length === 0);
  return group;
}
