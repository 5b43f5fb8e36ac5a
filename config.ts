import * as pulumi from "@pulumi/pulumi";
import * as v from "valibot";
import type {
  EchoAppArgs,
  NetworkLoadBalancerOptions,
  KnownNetwork,
  Problem,
  Quotas,
  ServicePort,
} from "./components/index.ts";
import { loadBalancerProblems, nodePortProblems, targetSourceProblems } from "./components/index.ts";

/** What the stack's configuration says, checked. Keys, types and defaults are described in Pulumi.yaml. */
export interface Settings {
  readonly clusterName: string;
  readonly network: KnownNetwork;
  readonly app: EchoAppArgs;
  /** What both exposures have alike. */
  readonly exposure: NetworkLoadBalancerOptions;
  /** The ports of each exposure: alike but for the node ports, which are unique in a cluster. */
  readonly ports: {
    readonly nodePort: readonly ServicePort[];
    readonly loadBalancer: readonly ServicePort[];
  };
  readonly sharedNodeRules: boolean;
}

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

const port = v.strictObject({
  name: v.string(),
  port: v.number(),
  protocol: v.optional(v.picklist(["TCP", "UDP"])),
  nodePorts: v.optional(
    v.strictObject({ nodePort: v.optional(v.number()), loadBalancer: v.optional(v.number()) }),
  ),
});

const quotas = v.strictObject({
  targetsPerZone: v.optional(v.number()),
  targetsPerLoadBalancer: v.optional(v.number()),
  targetsAcrossZones: v.optional(v.number()),
  targetsPerTargetGroup: v.optional(v.number()),
  rulesPerSecurityGroup: v.optional(v.number()),
} satisfies Record<keyof Quotas, unknown>);

/** Every key of this project's namespace. */
const schema = v.strictObject({
  clusterName: v.pipe(v.string(), v.nonEmpty("some text")),
  loadBalancerSourceRanges: v.array(v.string()),
  ports: v.optional(v.array(port), [{ name: "http", port: 80 }]),
  replicas: v.optional(v.pipe(v.number(), v.integer("a whole number"), v.minValue(1, "1 or more"))),
  image: v.optional(v.pipe(v.string(), v.nonEmpty("some text"))),
  scheme: v.optional(v.picklist(["internet-facing", "internal"])),
  externalTrafficPolicy: v.optional(v.picklist(["Cluster", "Local"])),
  crossZoneLoadBalancing: v.optional(v.boolean()),
  preserveClientIp: v.optional(v.boolean()),
  healthCheck: v.optional(healthCheck),
  subnetIds: v.optional(v.array(v.string()), []),
  nodeInstanceIds: v.optional(v.array(v.string()), []),
  autoscalingGroupNames: v.optional(v.array(v.string()), []),
  nodeSecurityGroupId: v.optional(v.string(), ""),
  sharedNodeRules: v.optional(v.boolean(), true),
  quotas: v.optional(quotas),
});

type Values = v.InferOutput<typeof schema>;

/** Keys whose value is text; the others' are JSON, as Pulumi hands them to a program. */
const textKeys = new Set<string>([
  "clusterName",
  "image",
  "scheme",
  "externalTrafficPolicy",
  "nodeSecurityGroupId",
] satisfies (keyof Values)[]);

/**
 * Reads the stack's configuration; nothing else does.
 *
 * @throws RunError that names every key with a problem, the value, and what is allowed
 */
export function readSettings(): Settings {
  const parsed = v.safeParse(schema, ownValues());
  if (!parsed.success) throw configurationError(parsed.issues.map(typeProblem));

  const settings = settingsOf(parsed.output);
  const problems = [
    ...inTerms("nodePort", nodePortProblems(settings.exposure, settings.ports.nodePort)),
    ...inTerms("loadBalancer", loadBalancerProblems(settings.exposure, settings.ports.loadBalancer)),
    ...sharedNodePortProblems(parsed.output),
    ...targetSourceProblems(settings.network),
  ];
  if (problems.length > 0)
    throw configurationError(problems.map(({ propertyPath, reason }) => `${propertyPath}: ${reason}`));
  return settings;
}

function ownValues(): Record<string, unknown> {
  const prefix = `${pulumi.getProject()}:`;
  return Object.fromEntries(
    Object.entries(pulumi.runtime.allConfig())
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, value]) => [key.slice(prefix.length), value] as const)
      .map(([key, value]) => [key, textKeys.has(key) ? value : fromJson(value)]),
  );
}

/** The value itself if it is no JSON: the schema then says what it should be. */
function fromJson(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function settingsOf(values: Values): Settings {
  const { ports, healthCheck, subnetIds } = values;
  return {
    clusterName: values.clusterName,
    network: given({
      nodeInstanceIds: nonEmpty(values.nodeInstanceIds),
      autoscalingGroupNames: nonEmpty(values.autoscalingGroupNames),
      nodeSecurityGroupId: nonEmpty(values.nodeSecurityGroupId),
    }),
    app: given({ replicas: values.replicas, image: values.image }),
    exposure: {
      loadBalancerSourceRanges: values.loadBalancerSourceRanges,
      ...given({
        scheme: values.scheme,
        externalTrafficPolicy: values.externalTrafficPolicy,
        crossZoneLoadBalancing: values.crossZoneLoadBalancing,
        preserveClientIp: values.preserveClientIp,
        healthCheck: healthCheck === undefined ? undefined : given(healthCheck),
        quotas: values.quotas === undefined ? undefined : given(values.quotas),
        subnetIds: nonEmpty(subnetIds),
      }),
    },
    ports: {
      nodePort: ports.map((port) => servicePort(port, port.nodePorts?.nodePort)),
      loadBalancer: ports.map((port) => servicePort(port, port.nodePorts?.loadBalancer)),
    },
    sharedNodeRules: values.sharedNodeRules,
  };
}

/** A port of the echo app, which calls its container ports `http` and `udp`. */
function servicePort(
  { name, port, protocol }: Values["ports"][number],
  nodePort: number | undefined,
): ServicePort {
  const app = protocol === "UDP" ? { targetPort: "udp" } : { targetPort: "http", appProtocol: "http" };
  return { name, port, ...app, ...given({ protocol, nodePort }) };
}

/** Problems with the configuration's own paths: here a port has a node port in each way. */
function inTerms(way: keyof Settings["ports"], problems: readonly Problem[]): Problem[] {
  return problems.map(({ propertyPath, reason }) => ({
    propertyPath: propertyPath.replace(/\.nodePort$/, `.nodePorts.${way}`),
    reason,
  }));
}

/** A node port belongs to one Service of the cluster. */
function sharedNodePortProblems({ ports }: Values): Problem[] {
  const ofNodePort = new Set(ports.flatMap((port) => port.nodePorts?.nodePort ?? []));
  return ports.flatMap((port, index) => {
    const nodePort = port.nodePorts?.loadBalancer;
    if (nodePort === undefined || !ofNodePort.has(nodePort)) return [];
    const reason = `${nodePort} is also a node port of the NodePort Service; a cluster has each only once`;
    return [{ propertyPath: `ports[${index}].nodePorts.loadBalancer`, reason }];
  });
}

/** valibot's words for types, where they are not a reader's. */
const names: Readonly<Record<string, string>> = {
  Array: "a list",
  Object: "a mapping",
  number: "a number",
  boolean: "true or false",
  string: "text",
};

function typeProblem(issue: v.InferIssue<typeof schema>): string {
  const path = (v.getDotPath(issue) ?? "").replace(/\.(\d+)/g, "[$1]");
  if (issue.type === "strict_object" && issue.expected === "never") {
    return `${path}: there is no such key; Pulumi.yaml lists them all`;
  }
  if (issue.received === "undefined") return `${path}: it is missing, and has no default`;
  // Restrictions beyond the type say themselves what is allowed.
  const allowed = issue.kind === "validation" ? issue.message : names[issue.expected];
  return `${path}: ${JSON.stringify(issue.input)} is not allowed; allowed is ${allowed ?? issue.expected}`;
}

function configurationError(problems: readonly string[]): pulumi.RunError {
  const lines = [...new Set(problems)].map((problem) => `\n  ${problem}`).join("");
  return new pulumi.RunError(`The configuration of stack ${pulumi.getStack()} is not usable:${lines}`);
}

function nonEmpty<T extends string | readonly unknown[]>(value: T): T | undefined {
  return value.length === 0 ? undefined : value;
}

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Without what is undefined, so that defaults apply where the components know them. */
function given<T extends object>(values: T): Given<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Given<T>;
}
