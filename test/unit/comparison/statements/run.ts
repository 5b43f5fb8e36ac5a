/** A run in which all is as it should be: two nodes, a NodePort Service behind its own load balancer on the left, a LoadBalancer Service on the right. */
import { aws } from "../../../../comparison/clouds/aws/index.ts";
import type { NodeFacts } from "../../../../comparison/model/cluster.ts";
import type { NlbFacts } from "../../../../comparison/clouds/aws/model.ts";
import type { DataPathFacts } from "../../../../comparison/model/dataPath.ts";
import type { Exposure, Facts } from "../../../../comparison/model/exposure.ts";
import type { EndpointFacts, ServiceFacts } from "../../../../comparison/model/service.ts";
import { known } from "../../../../comparison/model/sourceResult.ts";
import { answered } from "../../../../comparison/probes/asked.ts";
import type {
  DryRunService,
  NodePortAnswer,
  NodePortTarget,
  Probes,
} from "../../../../comparison/probes/probes.ts";
import type { TrafficReport } from "../../../../comparison/result/comparison.ts";
import type { Run } from "../../../../comparison/statements/run.ts";

export const nodes: readonly NodeFacts[] = [
  { name: "node-a", instanceId: "i-a", zone: "us-west-2a", address: "10.0.0.10", ready: true },
  { name: "node-b", instanceId: "i-b", zone: "us-west-2b", address: "10.0.16.10", ready: true },
];

export function service(changes: Partial<ServiceFacts> = {}): ServiceFacts {
  return {
    identity: { name: "ours", id: "uid-1" },
    namespace: "app",
    owner: "program",
    type: "NodePort",
    selector: { app: "echo" },
    clusterIPs: ["172.20.0.7"],
    ipFamilies: ["IPv4"],
    ipFamilyPolicy: "SingleStack",
    externalIPs: [],
    ports: [{ name: "http", protocol: "TCP", port: 80, targetPort: "http", nodePort: 32001 }],
    externalTrafficPolicy: "Cluster",
    internalTrafficPolicy: "Cluster",
    sessionAffinity: "None",
    publishNotReadyAddresses: false,
    loadBalancerSourceRanges: [],
    ingress: [],
    finalizers: [],
    annotations: {},
    ...changes,
  };
}

export const loadBalancerService = (changes: Partial<ServiceFacts> = {}): ServiceFacts =>
  service({
    identity: { name: "theirs", id: "uid-2" },
    type: "LoadBalancer",
    allocateLoadBalancerNodePorts: true,
    clusterIPs: ["172.20.0.8"],
    ports: [{ name: "http", protocol: "TCP", port: 80, targetPort: "http", nodePort: 32002 }],
    ingress: ["theirs.elb.us-west-2.amazonaws.com"],
    finalizers: ["service.kubernetes.io/load-balancer-cleanup"],
    ...changes,
  });

export const endpoint = (node: string, address: string): EndpointFacts => ({
  pod: { name: `pod-${node}`, id: `uid-${node}` },
  address,
  node,
  ready: true,
  serving: true,
  ports: ["http: 8080/TCP"],
  terminating: false,
});

export function loadBalancer(nodePort: number, changes: Partial<NlbFacts> = {}): NlbFacts {
  return {
    identity: { name: "ours", id: "arn:ours" },
    owner: "program",
    address: "ours.elb.us-west-2.amazonaws.com",
    type: "network",
    state: "active",
    scheme: "internet-facing",
    ipAddressType: "ipv4",
    vpc: "vpc-1",
    zones: [],
    securityGroups: [],
    attributes: {},
    tags: {},
    listeners: [
      {
        identity: { name: "TCP 80", id: "arn:listener" },
        owner: "program",
        protocol: "TCP",
        port: 80,
        alpnPolicy: [],
        certificates: [],
        attributes: {},
        forwardsTo: ["arn:group"],
      },
    ],
    pools: [
      {
        identity: { name: "group", id: "arn:group" },
        owner: "program",
        targetType: "instance",
        protocol: "TCP",
        port: nodePort,
        ipAddressType: "ipv4",
        vpc: "vpc-1",
        healthCheck: {
          enabled: true,
          protocol: "TCP",
          port: "traffic-port",
          intervalSeconds: 30,
          timeoutSeconds: 10,
          healthyThresholdCount: 3,
          unhealthyThresholdCount: 3,
        },
        attributes: {},
        tags: {},
        members: nodes.map(({ instanceId }) => ({
          id: instanceId,
          port: nodePort,
          owner: "program",
          state: "healthy",
        })),
      },
    ],
    ...changes,
  };
}

export const dataPath = (nodePort: number, changes: Partial<DataPathFacts> = {}): DataPathFacts[] =>
  nodes.map(({ name }) => ({
    node: name,
    mode: "nftables",
    entrances: (["cluster IP", "node port"] as const).map((kind) => ({
      kind,
      protocol: "TCP",
      port: kind === "node port" ? nodePort : 80,
      endpoints: ["10.244.1.2:8080"],
      masquerade: "always",
      sourceRanges: [],
      withoutEndpoints: "refused",
    })),
    ...changes,
  }));

export const traffic = (changes: Partial<TrafficReport> = {}): TrafficReport => ({
  side: "NodePort + own NLB",
  sent: 200,
  answered: 200,
  byPod: {},
  byNode: {},
  clientAddresses: [],
  shortcomings: [],
  ...changes,
});

export const answerOf = (
  target: NodePortTarget,
  outcome: NodePortAnswer["outcome"] = answered({ pod: "pod-node-a", clientAddress: "10.0.0.10" }),
): NodePortAnswer => ({ ...target, outcome });

export const answersAt = (port: number): NodePortAnswer[] =>
  nodes.map(({ name, address }) => answerOf({ node: name, address, port }));

export const made = (type: string, protocols: readonly string[], hasNodePort = true) =>
  answered<DryRunService>({
    type,
    ports: protocols.map((protocol) => ({ protocol, port: 80, hasNodePort })),
  });

const taken = (port: number) =>
  ({ kind: "refused", message: `${port}: provided port is already allocated` }) as const;

export const probes = (changes: Partial<Probes> = {}): Probes => ({
  dryRuns: {
    nodePortOmitted: made("NodePort", ["TCP"]),
    loadBalancer: made("LoadBalancer", ["TCP"]),
    withoutNodePorts: made("LoadBalancer", ["TCP"], false),
    udp: made("LoadBalancer", ["UDP"]),
    tcpAndUdp: made("LoadBalancer", ["UDP", "TCP"]),
    takenNodePort: { left: taken(32001), right: taken(32002) },
  },
  allocator: answered({ allocated: 2, available: 2766, chosenByServer: 2, namedByUser: 0 }),
  events: {
    left: answered([]),
    right: answered([
      {
        reason: "EnsuringLoadBalancer",
        component: "service-controller",
        time: "2026-11-24T03:15:04.000Z",
      },
    ]),
  },
  nodePorts: { left: answersAt(32001), right: answersAt(32002) },
  ...changes,
});

const exposure = (serviceFacts: ServiceFacts, nodePort: number, balancer: NlbFacts): Exposure => ({
  service: known(serviceFacts),
  endpoints: known([endpoint("node-a", "10.244.1.2"), endpoint("node-b", "10.244.2.2")]),
  loadBalancer: known(balancer),
  firewall: known({ nodes: [], loadBalancer: [] }),
  name: known({ name: balancer.address, addresses: ["203.0.113.1", "203.0.113.2"] }),
  dataPath: known(dataPath(nodePort)),
});

interface Changes {
  readonly left?: Partial<Exposure>;
  readonly right?: Partial<Exposure>;
  readonly facts?: Partial<Facts>;
  readonly probes?: Partial<Probes>;
  readonly traffic?: Partial<Run["traffic"]>;
  readonly scenarios?: Run["scenarios"];
}

export function run(changes: Changes = {}): Run {
  const theirs = loadBalancer(32002, {
    identity: { name: "theirs", id: "arn:theirs" },
    owner: "cloud controller",
    address: "theirs.elb.us-west-2.amazonaws.com",
  });
  return {
    cloud: aws,
    facts: {
      basis: "measured",
      cloud: "aws",
      cluster: known({ name: "dev", nodes }),
      state: known("read"),
      left: { ...exposure(service(), 32001, loadBalancer(32001)), ...changes.left },
      right: { ...exposure(loadBalancerService(), 32002, theirs), ...changes.right },
      ...changes.facts,
    },
    probes: probes(changes.probes),
    titles: { left: "NodePort + own NLB", right: "LoadBalancer" },
    traffic: { left: traffic(), right: traffic({ side: "LoadBalancer" }), ...changes.traffic },
    scenarios: changes.scenarios ?? [],
  };
}
