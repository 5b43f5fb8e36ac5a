/**
 * A small account: one node, and two load balancers in front of it, `own` of Service web/plain and `theirs` of Service web/cloud, each with one listener and one target group.
 */
import type { V1EndpointSlice, V1Node, V1Service } from "@kubernetes/client-node";
import type { NodeFacts } from "../../../../comparison/model/cluster.ts";
import type { ServiceFacts } from "../../../../comparison/model/service.ts";
import type { Sources } from "../../../../comparison/sources/exposure.ts";
import { aws } from "../../../../comparison/clouds/aws/index.ts";
import { readerOf } from "../../../../comparison/clouds/aws/sources/reader.ts";
import { serviceFacts } from "../../../../comparison/sources/kubernetes/facts.ts";
import type { ServiceRef } from "../../../../comparison/sources/kubernetes/reader.ts";
import type { Answers, Call } from "./clients.ts";
import { ec2Client, elbClient, elbv2Client } from "./clients.ts";

export const plain: ServiceRef = { namespace: "web", name: "plain" };
export const cloud: ServiceRef = { namespace: "web", name: "cloud" };

export const nodePorts = { own: 30080, theirs: 30081 };

const prefix = "arn:aws:elasticloadbalancing:us-west-2:123456789012";
type Name = keyof typeof nodePorts;

export const arns = (name: Name) => ({
  loadBalancer: `${prefix}:loadbalancer/net/${name}/1`,
  listener: `${prefix}:listener/net/${name}/1/2`,
  targetGroup: `${prefix}:targetgroup/${name}-http/3`,
});

export const dnsName = (name: Name): string => `${name}-1.elb.us-west-2.amazonaws.com`;

/** An object as the API server sends it: plain JSON, of which the client makes no instances of its classes. */
export function received(object: object): never {
  return object as never;
}

export function v1Service(ref: ServiceRef, status?: object): V1Service {
  const isCloud = ref.name === cloud.name;
  return received({
    metadata: { ...ref, uid: `uid-of-${ref.name}` },
    spec: {
      type: isCloud ? "LoadBalancer" : "NodePort",
      sessionAffinity: "None",
      clusterIPs: ["172.20.0.10"],
      ports: [
        {
          name: "http",
          protocol: "TCP",
          port: 80,
          targetPort: 8080,
          nodePort: nodePorts[isCloud ? "theirs" : "own"],
        },
      ],
    },
    status: status ?? { loadBalancer: isCloud ? { ingress: [{ hostname: dnsName("theirs") }] } : {} },
  });
}

export function serviceOf(ref: ServiceRef, changes: Partial<ServiceFacts> = {}): ServiceFacts {
  return { ...serviceFacts(v1Service(ref), aws.controllers), ...changes };
}

export const v1Node: V1Node = received({
  metadata: { name: "node-a", labels: { "topology.kubernetes.io/zone": "us-west-2a" } },
  spec: { providerID: "aws:///us-west-2a/i-0a" },
  status: {
    addresses: [{ type: "InternalIP", address: "10.0.0.10" }],
    conditions: [{ type: "Ready", status: "True" }],
    nodeInfo: { kubeletVersion: "v1.35.4" },
  },
});

const slice: V1EndpointSlice = received({
  addressType: "IPv4",
  endpoints: [{ addresses: ["10.244.1.7"], nodeName: "node-a" }],
});

export const node: NodeFacts = {
  name: "node-a",
  instanceId: "i-0a",
  zone: "us-west-2a",
  address: "10.0.0.10",
  ready: true,
  kubeletVersion: "v1.35.4",
  labels: { "topology.kubernetes.io/zone": "us-west-2a" },
};

export const loadBalancer = (name: Name) => ({
  LoadBalancerArn: arns(name).loadBalancer,
  LoadBalancerName: name,
  DNSName: dnsName(name),
  Type: "network",
  State: { Code: "active" },
  Scheme: "internet-facing",
  IpAddressType: "ipv4",
  VpcId: "vpc-1",
  SecurityGroups: [],
  AvailabilityZones: [
    { ZoneName: "us-west-2a", SubnetId: "subnet-a", LoadBalancerAddresses: [{ IpAddress: "203.0.113.1" }] },
  ],
});

export const targetGroup = (name: Name) => ({
  TargetGroupArn: arns(name).targetGroup,
  TargetGroupName: `${name}-http`,
  TargetType: "instance",
  Protocol: "TCP",
  Port: nodePorts[name],
  IpAddressType: "ipv4",
  VpcId: "vpc-1",
  LoadBalancerArns: [arns(name).loadBalancer],
  HealthCheckEnabled: true,
  HealthCheckProtocol: "TCP",
  HealthCheckPort: "traffic-port",
  HealthCheckIntervalSeconds: 30,
  HealthCheckTimeoutSeconds: 10,
  HealthyThresholdCount: 3,
  UnhealthyThresholdCount: 3,
});

const nameIn = (arn: unknown): Name => (String(arn).includes("theirs") ? "theirs" : "own");

const controllersTags = [
  { Key: "kubernetes.io/service-name", Value: "web/cloud" },
  { Key: "kubernetes.io/cluster/dev", Value: "owned" },
];

export const elbAnswers: Answers = { DescribeLoadBalancers: { LoadBalancerDescriptions: [] } };

export const elbv2Answers: Answers = {
  DescribeLoadBalancers: { LoadBalancers: [loadBalancer("own"), loadBalancer("theirs")] },
  DescribeTargetGroups: { TargetGroups: [targetGroup("own"), targetGroup("theirs")] },
  DescribeTargetHealth: ({ TargetGroupArn }) => ({
    TargetHealthDescriptions: [
      { Target: { Id: "i-0a", Port: nodePorts[nameIn(TargetGroupArn)] }, TargetHealth: { State: "healthy" } },
    ],
  }),
  DescribeLoadBalancerAttributes: { Attributes: [{ Key: "deletion_protection.enabled", Value: "false" }] },
  DescribeListeners: ({ LoadBalancerArn }) => ({
    Listeners: [
      {
        ListenerArn: arns(nameIn(LoadBalancerArn)).listener,
        Protocol: "TCP",
        Port: 80,
        DefaultActions: [{ Type: "forward", TargetGroupArn: arns(nameIn(LoadBalancerArn)).targetGroup }],
      },
    ],
  }),
  DescribeListenerAttributes: { Attributes: [{ Key: "tcp.idle_timeout.seconds", Value: "350" }] },
  DescribeTargetGroupAttributes: { Attributes: [{ Key: "preserve_client_ip.enabled", Value: "true" }] },
  DescribeTags: ({ ResourceArns }) => ({
    TagDescriptions: (ResourceArns as string[]).map((ResourceArn) => ({
      ResourceArn,
      Tags: nameIn(ResourceArn) === "theirs" ? controllersTags : [],
    })),
  }),
};

export const clusterTags = [{ Key: "kubernetes.io/cluster/dev", Value: "owned" }];

export const ec2Answers: Answers = {
  DescribeInstances: {
    Reservations: [
      {
        Instances: [
          {
            InstanceId: "i-0a",
            VpcId: "vpc-1",
            Tags: clusterTags,
            SecurityGroups: [{ GroupId: "sg-nodes" }],
          },
        ],
      },
    ],
  },
  // It is asked for those of Classic Load Balancers by their names.
  DescribeSecurityGroups: ({ Filters }) => ({
    SecurityGroups: Filters === undefined ? [{ GroupId: "sg-nodes", Tags: clusterTags }] : [],
  }),
  DescribeSubnets: {
    Subnets: [
      { SubnetId: "subnet-a", AvailabilityZone: "us-west-2a", CidrBlock: "10.0.0.0/20", Tags: clusterTags },
    ],
  },
  DescribeRouteTables: {
    RouteTables: [{ Associations: [{ Main: true }], Routes: [{ GatewayId: "igw-1" }] }],
  },
  DescribeNetworkInterfaces: { NetworkInterfaces: [] },
  DescribeAddresses: { Addresses: [] },
  DescribeSecurityGroupRules: {
    SecurityGroupRules: [
      {
        SecurityGroupRuleId: "sgr-own",
        GroupId: "sg-nodes",
        IsEgress: false,
        IpProtocol: "tcp",
        FromPort: nodePorts.own,
        ToPort: nodePorts.own,
        CidrIpv4: "0.0.0.0/0",
        Description: "clients",
      },
      {
        SecurityGroupRuleId: "sgr-theirs",
        GroupId: "sg-nodes",
        IsEgress: false,
        IpProtocol: "tcp",
        FromPort: nodePorts.theirs,
        ToPort: nodePorts.theirs,
        CidrIpv4: "0.0.0.0/0",
        Description: "kubernetes.io/rule/nlb/client=theirs",
      },
    ],
  },
};

/**
 * All sources, with other answers where a test wants them.
 * @param calls filled with what AWS is asked
 */
export function sources({
  elb = {},
  elbv2 = {},
  ec2 = {},
  calls = [],
  ...others
}: { elb?: Answers; elbv2?: Answers; ec2?: Answers; calls?: Call[] } & Partial<Sources> = {}): Sources {
  return {
    kubernetes: {
      service: (ref) => Promise.resolve(v1Service(ref)),
      endpointSlices: () => Promise.resolve([slice]),
      warnings: () => Promise.resolve([]),
      services: () => Promise.resolve([v1Service(plain), v1Service(cloud)]),
      namespaces: () => Promise.resolve([]),
      nodes: () => Promise.resolve([v1Node]),
      version: () => Promise.resolve("v1.35.4"),
    },
    cloud: readerOf(aws, {
      elb: elbClient({ ...elbAnswers, ...elb }, calls),
      elbv2: elbv2Client({ ...elbv2Answers, ...elbv2 }, calls),
      ec2: ec2Client({ ...ec2Answers, ...ec2 }, calls),
    }),
    resolve4: () => Promise.resolve(["203.0.113.1"]),
    ...others,
  };
}
