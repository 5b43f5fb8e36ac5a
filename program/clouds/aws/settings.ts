import * as v from "valibot";
import { nodePortProblems } from "../../../components/aws/restrictions.ts";
import {
  defaultController,
  serviceControllerNames,
  serviceControllers,
} from "../../../components/aws/serviceControllers.ts";
import { targetSourceProblems } from "../../../components/aws/targets.ts";
import { podTargetProblems } from "../../../components/aws/targetType.ts";
import { alpnPolicies } from "../../../components/aws/tls.ts";
import { weightedNameProblems } from "../../../components/aws/weightedName.ts";
import type {
  KnownNetwork,
  NetworkLoadBalancerOptions,
  Quotas,
  ServiceControllerName,
} from "../../../components/aws/index.ts";
import type { Problem } from "../../../components/core/index.ts";
import { withoutUndefined } from "../../../components/core/withoutUndefined.ts";
import { bothWays } from "../cloud.ts";
import type { ProgramCloud, StackWay, Way } from "../cloud.ts";
import { adopted } from "./adopted.ts";
import type { Adopted } from "./adopted.ts";
import { portsOf } from "./portSettings.ts";
import type { PortSettings } from "./portSettings.ts";
import { awsWays, controllerOf } from "./ways.ts";
import type { AwsWayName } from "./ways.ts";

const healthCheckTiming = {
  port: v.optional(v.union([v.literal("traffic-port"), v.number()])),
  intervalSeconds: v.optional(v.number()),
  healthyThresholdCount: v.optional(v.number()),
  unhealthyThresholdCount: v.optional(v.number()),
};

const healthCheck = v.variant("protocol", [
  v.strictObject({ protocol: v.optional(v.literal("TCP")), ...healthCheckTiming }),
  v.strictObject({
    protocol: v.picklist(["HTTP", "HTTPS"]),
    path: v.optional(v.string()),
    ...healthCheckTiming,
  }),
]);

const tls = v.strictObject({
  certificateArn: v.string(),
  additionalCertificateArns: v.optional(v.array(v.string())),
  sslPolicy: v.optional(v.string()),
  alpnPolicy: v.optional(v.picklist(alpnPolicies)),
  targetProtocol: v.optional(v.picklist(["TCP", "TLS"])),
});

/** The values of a target group's attribute. https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupAttribute.html */
const asLoadBalancer = "use_load_balancer_configuration";
const crossZoneOfTargetGroups = ["true", "false", asLoadBalancer] as const;

const quotas = v.strictObject({
  targetsPerZone: v.optional(v.number()),
  targetsPerLoadBalancer: v.optional(v.number()),
  targetsAcrossZones: v.optional(v.number()),
  targetsPerTargetGroup: v.optional(v.number()),
  rulesPerSecurityGroup: v.optional(v.number()),
} satisfies Record<keyof Quotas, unknown>);

/** Where the address of the cluster and the credentials for it come from. */
const kubeconfigSources = ["kubectl", "eks"] as const;

const prefixList = v.strictObject({ id: v.string(), maxEntries: v.optional(v.number()) });

const weightedName = v.strictObject({
  hostedZone: v.pipe(v.string(), v.nonEmpty("some text")),
  domainName: v.string(),
  ttlSeconds: v.optional(v.number()),
  weights: v.strictObject(
    Object.fromEntries(awsWays.map(({ name }) => [name, v.optional(v.number())])) as Readonly<
      Record<AwsWayName, v.OptionalSchema<v.NumberSchema<undefined>, undefined>>
    >,
  ),
});

/** The name by which clients find both ways, and where it leads them. */
export type WeightedNameSettings = v.InferOutput<typeof weightedName>;

const keys = {
  controller: v.optional(v.picklist(serviceControllerNames)),
  crossZoneLoadBalancing: v.optional(v.boolean()),
  targetGroupCrossZoneLoadBalancing: v.optional(v.picklist(crossZoneOfTargetGroups), asLoadBalancer),
  targetType: v.optional(v.picklist(["instance", "ip"]), "instance"),
  preserveClientIp: v.optional(v.boolean()),
  healthCheck: v.optional(healthCheck),
  subnetIds: v.optional(v.array(v.string()), []),
  ipAddressType: v.optional(v.picklist(["ipv4", "dualstack"]), "ipv4"),
  securityGroups: v.optional(v.array(v.string()), []),
  sourcePrefixLists: v.optional(v.array(prefixList), []),
  nodeInstanceIds: v.optional(v.array(v.string()), []),
  autoscalingGroupNames: v.optional(v.array(v.string()), []),
  nodeGroupNames: v.optional(v.array(v.string()), []),
  targetGroupBinding: v.optional(v.boolean(), false),
  nodeSecurityGroupId: v.optional(v.string(), ""),
  sharedNodeRules: v.optional(v.boolean(), true),
  tags: v.optional(v.record(v.string(), v.string())),
  quotas: v.optional(quotas),
  weightedName: v.optional(v.union([weightedName, v.strictObject({})]), {}),
  adopted: v.optional(v.record(v.string(), adopted), {}),
  kubeconfigFrom: v.optional(v.picklist(kubeconfigSources), "kubectl"),
};

const portKeys = { healthCheck: v.optional(healthCheck), tls: v.optional(tls) };

const ownValues = v.object({
  ...keys,
  ports: v.optional(v.array(v.object({ name: v.string(), ...portKeys })), []),
});

/** The settings that only AWS has. */
export interface AwsSettings {
  readonly network: KnownNetwork;
  readonly options: Partial<NetworkLoadBalancerOptions>;
  /** Makes the load balancer of the LoadBalancer Service. */
  readonly controller: ServiceControllerName;
  readonly sharedNodeRules: boolean;
  /** Whether the AWS Load Balancer Controller registers the nodes of the program's load balancer. */
  readonly targetGroupBinding: boolean;
  readonly ports: PortSettings;
  readonly weightedName?: WeightedNameSettings;
  /** By their Services. */
  readonly adopted: Readonly<Record<string, Adopted>>;
  /** `kubectl`: the key kubernetes:kubeconfig, or else what kubectl uses. `eks`: the EKS API, by the cluster's name. */
  readonly kubeconfigFrom: (typeof kubeconfigSources)[number];
}

function ownSettings(values: unknown): AwsSettings {
  const own = v.parse(ownValues, values);
  return {
    network: withoutUndefined({
      nodeInstanceIds: nonEmpty(own.nodeInstanceIds),
      autoscalingGroupNames: nonEmpty(own.autoscalingGroupNames),
      nodeGroupNames: nonEmpty(own.nodeGroupNames),
      nodeSecurityGroupId: nonEmpty(own.nodeSecurityGroupId),
    }),
    options: withoutUndefined({
      crossZoneLoadBalancing: own.crossZoneLoadBalancing,
      targetGroupCrossZoneLoadBalancing:
        own.targetGroupCrossZoneLoadBalancing === asLoadBalancer
          ? undefined
          : own.targetGroupCrossZoneLoadBalancing === "true",
      // The default is an option that not every controller has.
      targetType: own.targetType === "ip" ? own.targetType : undefined,
      preserveClientIp: own.preserveClientIp,
      healthCheck: own.healthCheck && withoutUndefined(own.healthCheck),
      quotas: own.quotas && withoutUndefined(own.quotas),
      subnetIds: nonEmpty(own.subnetIds),
      // The default is an option that not every controller has.
      ipAddressType: own.ipAddressType === "dualstack" ? own.ipAddressType : undefined,
      securityGroups: isOwnGroup(own.securityGroups) ? ("own" as const) : nonEmpty(own.securityGroups),
      sourcePrefixLists: nonEmpty(
        own.sourcePrefixLists.map(({ id, maxEntries }) => ({ id, ...withoutUndefined({ maxEntries }) })),
      ),
      tags: own.tags && Object.keys(own.tags).length > 0 ? own.tags : undefined,
    }),
    controller: own.controller ?? defaultController,
    sharedNodeRules: own.sharedNodeRules,
    targetGroupBinding: own.targetGroupBinding,
    ports: Object.fromEntries(
      own.ports
        .filter((port) => port.healthCheck !== undefined || port.tls !== undefined)
        .map((port) => [
          port.name,
          withoutUndefined({
            healthCheck: port.healthCheck && withoutUndefined(port.healthCheck),
            tls: port.tls && { certificateArn: port.tls.certificateArn, ...withoutUndefined(port.tls) },
          }),
        ]),
    ),
    ...("domainName" in own.weightedName ? { weightedName: own.weightedName } : {}),
    adopted: own.adopted,
    kubeconfigFrom: own.kubeconfigFrom,
  };
}

/** The ways that have a weight. */
function waysOf({ weightedName: named }: AwsSettings): readonly StackWay[] {
  return named === undefined ? bothWays : awsWays.filter(({ name }) => named.weights[name] !== undefined);
}

/** @returns nothing if the ways of both names are different ones */
function sameControllerProblems({ weightedName: named, controller }: AwsSettings): Problem[] {
  if (named?.weights.lbc === undefined || controller !== controllerOf("lbc", controller)) return [];
  const reason = `with controller ${controller}, loadBalancer is the same way; set weightedName.weights.loadBalancer instead`;
  return [{ propertyPath: "weightedName.weights.lbc", reason }];
}

function nameProblems({ weightedName: named }: AwsSettings): Problem[] {
  if (named === undefined) return [];
  const exposures = Object.fromEntries(
    Object.entries(withoutUndefined(named.weights)).map(([way, weight]) => [way, { weight }] as const),
  );
  const { domainName, ttlSeconds } = named;
  const problems = weightedNameProblems({ domainName, ...withoutUndefined({ ttlSeconds }), exposures });
  const isName = problems.every(({ propertyPath }) => propertyPath !== "domainName");
  return [...problems, ...(isName ? zoneProblems(named) : [])].map(({ propertyPath, reason }) => ({
    propertyPath: `weightedName.${propertyPath.replace(/^exposures(?:\.(\w+)\.weight)?$/, (_, way?: string) => (way === undefined ? "weights" : `weights.${way}`))}`,
    reason,
  }));
}

/** Route 53 refuses both. https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/ResourceRecordTypes.html#CNAMEFormat */
function zoneProblems({ domainName, hostedZone }: WeightedNameSettings): Problem[] {
  const [name, zone] = [domainName, hostedZone].map((each) => each.toLowerCase().replace(/\.$/, ""));
  if (name?.endsWith(`.${zone ?? ""}`) === true) return [];
  const wrong =
    name === zone
      ? "is the hosted zone's own name, which cannot have a CNAME record"
      : `is not in the hosted zone "${hostedZone}"`;
  const reason = `"${domainName}" ${wrong}; allowed is a name that ends with ".${zone ?? ""}", such as shop.${zone ?? ""}`;
  return [{ propertyPath: "domainName", reason }];
}

/** A key of Pulumi.yaml has one type, so the word is in a list as well. */
const isOwnGroup = (groups: readonly string[]): boolean => groups.length === 1 && groups[0] === "own";

function nonEmpty<T extends string | readonly unknown[]>(value: T): T | undefined {
  return value.length === 0 ? undefined : value;
}

export const aws: ProgramCloud = {
  keys,
  portKeys,
  textKeys: [
    "controller",
    "ipAddressType",
    "kubeconfigFrom",
    "nodeSecurityGroupId",
    "targetGroupCrossZoneLoadBalancing",
    "targetType",
  ],
  defaults: {
    controller: defaultController,
    crossZoneLoadBalancing: false,
    targetGroupCrossZoneLoadBalancing: asLoadBalancer,
    targetType: "instance",
    preserveClientIp: true,
    healthCheck: {},
    subnetIds: [],
    ipAddressType: "ipv4",
    securityGroups: [],
    sourcePrefixLists: [],
    nodeInstanceIds: [],
    autoscalingGroupNames: [],
    nodeGroupNames: [],
    targetGroupBinding: false,
    nodeSecurityGroupId: "",
    sharedNodeRules: true,
    tags: {},
    quotas: {},
    weightedName: {},
    adopted: {},
    kubeconfigFrom: "kubectl",
  } satisfies Record<keyof typeof keys, unknown>,
  settings({ clusterName, exposure, ports }, values) {
    const own = ownSettings(values);
    const asked = (way: Way) =>
      [{ ...exposure[way], ...own.options }, portsOf(ports[way], { ...own, ...own.options })] as const;
    const ways = waysOf(own);
    const controllers = new Set(
      ways.flatMap(({ name, type }) => (type === "loadBalancer" ? [controllerOf(name, own.controller)] : [])),
    );
    return {
      own,
      ways,
      samePods: own.weightedName !== undefined,
      problems: {
        nodePort: ways.some(({ type }) => type === "nodePort") ? nodePortProblems(...asked("nodePort")) : [],
        loadBalancer: [...controllers].flatMap((controller) =>
          serviceControllers[controller].problems(...asked("loadBalancer")),
        ),
        own: [
          ...targetSourceProblems(own.network, own.targetGroupBinding),
          ...nameProblems(own),
          ...sameControllerProblems(own),
          ...podTargetProblems(own.options, own.targetGroupBinding ? {} : undefined),
        ],
      },
      connect: async () => (await import("./connection.ts")).connect(clusterName, own),
    };
  },
};
