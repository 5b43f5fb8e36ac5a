/** Declares resources under Pulumi's mock monitor. The mocks know only the types and functions that the components use. */
import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import type { Output } from "@pulumi/pulumi";
import type { MockCallArgs, MockCallResult, MockResourceArgs, Mocks } from "@pulumi/pulumi/runtime/mocks.js";
import type { ClusterNetwork } from "../../../../components/index.ts";
import { recorded } from "../../../../comparison/plan/monitor.ts";
import type { PlannedResource } from "../../../../comparison/plan/monitor.ts";

/** A cluster of two nodes in two zones. */
export const network: ClusterNetwork = {
  vpcId: "vpc-1",
  nodeInstanceIds: ["i-1", "i-2"],
  nodeSecurityGroupId: "sg-1",
  subnets: [
    {
      id: "subnet-a",
      availabilityZone: "zone-a",
      cidrBlock: "10.0.0.0/20",
      tags: { "kubernetes.io/role/elb": "1" },
    },
    {
      id: "subnet-b",
      availabilityZone: "zone-b",
      cidrBlock: "10.0.16.0/20",
      tags: { "kubernetes.io/role/elb": "1" },
    },
  ],
};

interface Port {
  readonly name: string;
  readonly port: number;
  readonly nodePort?: number;
}

type Inputs = Readonly<Record<string, unknown>>;

/** What a controller writes into the status of a LoadBalancer Service. */
type Ingress = readonly { readonly hostname?: string; readonly ip?: string }[];

/** Outputs that only the provider can compute. A preview of a first update has none of them. */
const computed: Readonly<Record<string, (name: string, inputs: Inputs, ingress?: Ingress) => Inputs>> = {
  "pulumi:providers:kubernetes": () => ({}),
  "kubernetes:core/v1:Namespace": () => ({}),
  "kubernetes:apps/v1:Deployment": () => ({}),
  "kubernetes:policy/v1:PodDisruptionBudget": () => ({}),
  "kubernetes:core/v1:Service": (name, { spec }, ingress = [{ hostname: `${name}.elb.example.com` }]) => {
    const { type, ports, ...rest } = spec as { type: string; ports: Port[] };
    return {
      spec: {
        type,
        ...rest,
        // Kubernetes gives TCP and UDP on one number the same in a new Service.
        ports: ports.map((port) => ({
          nodePort: 31000 + ports.findIndex((each) => each.port === port.port),
          ...port,
        })),
      },
      status: { loadBalancer: type === "LoadBalancer" ? { ingress } : {} },
    };
  },
  "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition": () => ({}),
  "kubernetes:elbv2.k8s.aws/v1beta1:TargetGroupBinding": () => ({}),
  "aws:lb/loadBalancer:LoadBalancer": (name) => ({
    arn: `arn:lb:${name}`,
    arnSuffix: `net/${name}/1`,
    dnsName: `${name}.elb.example.com`,
  }),
  "aws:lb/targetGroup:TargetGroup": (name) => ({
    arn: `arn:tg:${name}`,
    arnSuffix: `targetgroup/${name}/1`,
  }),
  "aws:cloudwatch/metricAlarm:MetricAlarm": () => ({}),
  "aws:s3/bucket:Bucket": (_name, { bucket }) => ({
    arn: `arn:aws:s3:::${String(bucket)}`,
    region: "us-west-2",
  }),
  "aws:s3/bucketPolicy:BucketPolicy": () => ({}),
  "aws:lb/listener:Listener": (name) => ({ arn: `arn:listener:${name}` }),
  "aws:lb/listenerCertificate:ListenerCertificate": () => ({}),
  "aws:lb/targetGroupAttachment:TargetGroupAttachment": () => ({}),
  "aws:autoscaling/attachment:Attachment": () => ({}),
  "aws:ec2/securityGroup:SecurityGroup": () => ({}),
  "aws:route53/record:Record": () => ({}),
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": () => ({}),
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": (name) => ({ arn: `arn:rule:${name}` }),
  "openstack:loadbalancer/loadBalancer:LoadBalancer": (name) => ({
    vipAddress: "10.0.0.100",
    vipPortId: `${name}-vip`,
  }),
  "openstack:loadbalancer/listener:Listener": () => ({}),
  "openstack:loadbalancer/pool:Pool": () => ({}),
  "openstack:loadbalancer/member:Member": () => ({}),
  "openstack:loadbalancer/monitor:Monitor": () => ({}),
  "openstack:networking/floatingIp:FloatingIp": () => ({ address: "203.0.113.7" }),
  "openstack:networking/secGroupRule:SecGroupRule": () => ({}),
};

/** Types that are slow to create, so that a resource that does not wait for them is declared first. */
const slow: ReadonlySet<string> = new Set([
  "aws:s3/bucketPolicy:BucketPolicy",
  "aws:autoscaling/attachment:Attachment",
  "aws:lb/targetGroupAttachment:TargetGroupAttachment",
  "kubernetes:elbv2.k8s.aws/v1beta1:TargetGroupBinding",
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
]);

const components = [
  "EchoApp",
  "NodePortExposure",
  "LoadBalancerExposure",
  "NetworkLoadBalancer",
  "OctaviaLoadBalancer",
  "SharedNodeRules",
  "WeightedName",
].map((type) => `exposure:index:${type}`);

export type Calls = Readonly<Record<string, (inputs: Inputs) => MockCallResult>>;

export interface Surroundings {
  /** Whether this is the preview of a first update. */
  readonly preview: boolean;
  /** Functions of providers that may be called, by token. @default none */
  readonly calls?: Calls;
  readonly config?: Readonly<Record<string, string>>;
  /** Addresses of every LoadBalancer Service. @default one host name */
  readonly ingress?: Ingress;
  /** Called for every resource, with the provider that it uses. */
  readonly registered?: (args: MockResourceArgs) => void;
}

function mocks({ preview, calls = {}, ingress, registered }: Surroundings): Mocks {
  return {
    call({ token, inputs }: MockCallArgs) {
      const answer = calls[token];
      if (answer === undefined) throw new Error(`unexpected call of ${token}`);
      return answer(inputs as Inputs);
    },
    async newResource(resource: MockResourceArgs) {
      registered?.(resource);
      const { type, name } = resource;
      if (components.includes(type)) return { id: undefined, state: {} };
      const outputs = computed[type];
      if (outputs === undefined) throw new Error(`unexpected resource type ${type}`);
      if (slow.has(type)) await setTimeout(5);
      const args = resource.inputs as Inputs;
      const named = type.startsWith("kubernetes:")
        ? { ...args, metadata: { name: `${name}-1a2b3c4d`, ...(args.metadata as object) } }
        : args;
      return preview
        ? { id: undefined, state: named }
        : { id: `${name}-id`, state: { ...named, ...outputs(name, named, ingress) } };
    },
  };
}

export interface Declared<T> {
  readonly result: T;
  readonly resources: readonly PlannedResource[];
  readonly warnings: readonly string[];
}

/** Runs `program` and waits for everything that it declares. */
export async function declare<T>(
  program: () => T | Promise<T>,
  surroundings: Surroundings,
): Promise<Declared<T>> {
  const { result, declared, warnings } = await recorded(program, {
    mocks: mocks(surroundings),
    configuration: surroundings.config ?? {},
    project: "nodeport-vs-loadbalancer",
    stack: "test",
    preview: surroundings.preview,
  });
  return { result, resources: declared, warnings };
}

/** The only resource of a type whose name is `name`. */
export function inputsOf(resources: readonly PlannedResource[], type: string, name: string): Inputs {
  const found = resources.filter((resource) => resource.type.endsWith(`:${type}`) && resource.name === name);
  assert.equal(found.length, 1, `one ${type} "${name}" among ${namesOf(resources, type).join(", ")}`);
  return found[0]!.inputs;
}

export function namesOf(resources: readonly PlannedResource[], type: string): string[] {
  return resources.filter((resource) => resource.type.endsWith(`:${type}`)).map((resource) => resource.name);
}

/** One line per resource with type and name, indented below its parent. Siblings are sorted by type and name. */
export function treeOf(resources: readonly PlannedResource[], parent?: string, indent = ""): string[] {
  return resources
    .filter((resource) => resource.parent === parent)
    .sort((a, b) => (`${a.type} ${a.name}` < `${b.type} ${b.name}` ? -1 : 1))
    .flatMap(({ urn, type, name }) => [`${indent}${type} ${name}`, ...treeOf(resources, urn, `${indent}  `)]);
}

/** The value of an output, or that only an update can know it. */
export type Knowledge = { readonly known: true; readonly value: unknown } | { readonly known: false };

export async function knowledgeOf(output: Output<unknown>): Promise<Knowledge> {
  // These two are internal to Pulumi, but nothing else tells an unknown value from one that never resolves.
  const internals = output as unknown as { isKnown: Promise<boolean>; promise(): Promise<unknown> };
  const value = await internals.promise();
  return (await internals.isKnown) ? { known: true, value } : { known: false };
}
