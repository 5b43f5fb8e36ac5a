/** Both exposures as they are measured on the stack dev, every part known. */
import type {
  AwsExposure,
  AwsFacts,
  AwsClusterFacts,
  NlbFacts,
  RuleFacts,
} from "../../../../comparison/clouds/aws/model.ts";
import type { DataPathFacts } from "../../../../comparison/model/dataPath.ts";
import type { NameFacts } from "../../../../comparison/model/exposure.ts";
import type { FirewallFacts } from "../../../../comparison/model/firewall.ts";
import type { Owner } from "../../../../comparison/model/owner.ts";
import type { EndpointFacts, ServiceFacts } from "../../../../comparison/model/service.ts";
import { known } from "../../../../comparison/model/sourceResult.ts";
import {
  listenerAttributes,
  loadBalancerAttributes,
  targetGroupAttributes,
} from "../../../../comparison/clouds/aws/defaults.ts";

const zones = ["a", "b", "c"] as const;

export const cluster: AwsClusterFacts = {
  name: "dev",
  vpc: "vpc-1",
  nodes: zones.map((zone, index) => ({
    name: `node-${zone}`,
    instanceId: `i-${zone}`,
    zone: `us-west-2${zone}`,
    address: `10.0.${index * 16}.10`,
    ready: true,
  })),
  nodeSecurityGroups: ["sg-nodes"],
  subnets: zones.map((zone, index) => ({
    id: `subnet-${zone}`,
    zone: `us-west-2${zone}`,
    cidr: `10.0.${index * 16}.0/20`,
    public: true,
    tags: { "kubernetes.io/role/elb": "1" },
  })),
};

/** What one way has of its own. */
interface Way {
  readonly name: string;
  readonly uid: string;
  readonly loadBalancer: string;
  readonly targetGroup: string;
  readonly owner: Owner;
  readonly nodePort: number;
  /** Third part of addresses, so that none is on both sides. */
  readonly net: number;
  readonly service: Partial<ServiceFacts>;
  readonly tags: Readonly<Record<string, string>>;
}

const nodePortWay: Way = {
  name: "nodeport",
  uid: "00000000-0000-4000-8000-000000000001",
  loadBalancer: "nodeport-1a2b3c4",
  targetGroup: "nodeport-http-5d6e7f8",
  owner: "program",
  nodePort: 31301,
  net: 1,
  service: { type: "NodePort" },
  tags: {},
};

const loadBalancerWay: Way = {
  name: "loadbalancer",
  uid: "00000000-0000-4000-8000-000000000002",
  // As the cloud controller manager makes them of uid, namespace, name and ports.
  loadBalancer: "a0000000000004000800000000000000",
  targetGroup: "k8s-loadbala-loadbala-ea258807a2",
  owner: "cloud controller",
  nodePort: 31191,
  net: 2,
  service: {
    type: "LoadBalancer",
    allocateLoadBalancerNodePorts: true,
    loadBalancerSourceRanges: ["0.0.0.0/0"],
    ingress: ["loadbalancer.elb.us-west-2.amazonaws.com"],
    finalizers: ["service.kubernetes.io/load-balancer-cleanup"],
    annotations: { "service.beta.kubernetes.io/aws-load-balancer-type": "nlb" },
  },
  tags: {
    "kubernetes.io/cluster/dev": "owned",
    "kubernetes.io/service-name": "loadbalancer-1/loadbalancer-2",
  },
};

function service({ name, uid, nodePort, net, service: own }: Way): ServiceFacts {
  return {
    identity: { name: `${name}-2`, id: uid },
    namespace: `${name}-1`,
    owner: "program",
    type: "",
    selector: { "app.kubernetes.io/name": "echo" },
    clusterIPs: [`172.20.${net}.1`],
    ipFamilies: ["IPv4"],
    ipFamilyPolicy: "SingleStack",
    externalIPs: [],
    ports: [{ name: "http", protocol: "TCP", appProtocol: "http", port: 80, targetPort: "http", nodePort }],
    externalTrafficPolicy: "Cluster",
    internalTrafficPolicy: "Cluster",
    sessionAffinity: "None",
    publishNotReadyAddresses: false,
    loadBalancerSourceRanges: [],
    ingress: [],
    finalizers: [],
    annotations: {},
    ...own,
  };
}

function endpoints({ name, net }: Way): EndpointFacts[] {
  return zones.map((zone, index) => ({
    pod: { name: `${name}-pod-${zone}`, id: `uid-of-${name}-${zone}` },
    address: `10.244.${index + 1}.${net}`,
    ports: ["http: 8080/TCP"],
    node: `node-${zone}`,
    zone: `us-west-2${zone}`,
    ready: true,
    serving: true,
    terminating: false,
  }));
}

function loadBalancer(way: Way): NlbFacts {
  const { name, owner, nodePort, net, tags } = way;
  return {
    identity: { name: way.loadBalancer, id: `arn:loadbalancer/net/${name}` },
    owner,
    address: `${name}.elb.us-west-2.amazonaws.com`,
    type: "network",
    state: "active",
    scheme: "internet-facing",
    ipAddressType: "ipv4",
    vpc: "vpc-1",
    zones: zones.map((zone, index) => ({
      zone: `us-west-2${zone}`,
      subnet: `subnet-${zone}`,
      addresses: [`203.0.113.${net * 10 + index}`],
    })),
    securityGroups: [],
    attributes: loadBalancerAttributes,
    tags,
    listeners: [
      {
        identity: { name: "TCP 80", id: `arn:listener/net/${name}` },
        owner,
        protocol: "TCP",
        port: 80,
        alpnPolicy: [],
        certificates: [],
        attributes: listenerAttributes("TCP"),
        forwardsTo: [`arn:targetgroup/${name}`],
      },
    ],
    pools: [
      {
        identity: { name: way.targetGroup, id: `arn:targetgroup/${name}` },
        owner,
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
        attributes: targetGroupAttributes("TCP"),
        tags,
        members: zones.map((zone) => ({ id: `i-${zone}`, port: nodePort, owner, state: "healthy" })),
      },
    ],
  };
}

const sharedRule: RuleFacts = {
  identity: { name: "nodeport: path MTU discovery for load balancers", id: "sgr-shared" },
  owner: "program",
  securityGroup: "sg-nodes",
  ipProtocol: "icmp",
  fromPort: 3,
  toPort: 4,
  source: "0.0.0.0/0",
};

function firewall({ name, loadBalancer: balancer, owner, nodePort }: Way): FirewallFacts<RuleFacts> {
  const identity =
    owner === "program"
      ? { name: "nodeport: clients of http", id: "sgr-nodeport" }
      : { name: `kubernetes.io/rule/nlb/client=${balancer}`, id: `sgr-${name}` };
  return {
    nodes: [
      {
        identity,
        owner,
        securityGroup: "sg-nodes",
        ipProtocol: "tcp",
        fromPort: nodePort,
        toPort: nodePort,
        source: "0.0.0.0/0",
      },
      sharedRule,
    ],
    loadBalancer: [],
  };
}

function name({ name: way, net }: Way): NameFacts {
  return {
    name: `${way}.elb.us-west-2.amazonaws.com`,
    addresses: zones.map((_zone, index) => `203.0.113.${net * 10 + index}`),
  };
}

function dataPath({ nodePort, net }: Way): DataPathFacts[] {
  const pods = zones.map((_zone, index) => `10.244.${index + 1}.${net}:8080`);
  const entrance = {
    protocol: "TCP",
    endpoints: pods,
    sourceRanges: [],
    withoutEndpoints: "refused",
  } as const;
  return zones.map((zone) => ({
    node: `node-${zone}`,
    mode: "nftables",
    entrances: [
      {
        kind: "cluster IP",
        address: `172.20.${net}.1`,
        port: 80,
        masquerade: "from outside the cluster",
        ...entrance,
      },
      { kind: "node port", port: nodePort, masquerade: "always", ...entrance },
    ],
  }));
}

function exposure(way: Way): AwsExposure {
  return {
    service: known(service(way)),
    endpoints: known(endpoints(way)),
    loadBalancer: known(loadBalancer(way)),
    firewall: known(firewall(way)),
    name: known(name(way)),
    dataPath: known(dataPath(way)),
  };
}

const measured: AwsFacts = {
  basis: "measured",
  cloud: "aws",
  cluster: known(cluster),
  state: known("read"),
  left: exposure(nodePortWay),
  right: exposure(loadBalancerWay),
};

/** With nothing shared between the sides, so that one can be changed without the other. */
export const facts = JSON.parse(JSON.stringify(measured)) as AwsFacts;
