import { isDeepStrictEqual } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import * as v from "valibot";
import type { EchoAppArgs, ExposureOptions, Problem, ServicePort } from "./components/core/index.ts";
import { withoutUndefined } from "./components/core/withoutUndefined.ts";
import type { CloudSettings, CommonSettings, ProgramCloud, Way } from "./program/clouds/cloud.ts";
import { clouds as allClouds } from "./program/clouds/index.ts";

/** The stack's configuration after all checks. Pulumi.yaml describes its keys, types and defaults. */
export interface Settings extends CommonSettings {
  readonly app: EchoAppArgs;
  readonly cloud: CloudSettings;
}

/** A node port for each way. */
const ofBothWays = v.strictObject({ nodePort: v.optional(v.number()), loadBalancer: v.optional(v.number()) });

const portKeys = {
  name: v.string(),
  port: v.number(),
  protocol: v.optional(v.picklist(["TCP", "UDP"])),
  nodePorts: v.optional(ofBothWays),
};

const defaultPorts = [{ name: "http", port: 80 }];

/** The keys of this project that every cloud has. */
const commonKeys = {
  cloud: v.optional(v.string()),
  clusterName: v.pipe(v.string(), v.nonEmpty("some text")),
  loadBalancerSourceRanges: v.array(v.string()),
  ports: v.optional(v.array(v.object(portKeys)), defaultPorts),
  replicas: v.optional(v.pipe(v.number(), v.integer("a whole number"), v.minValue(1, "1 or more"))),
  image: v.optional(v.pipe(v.string(), v.nonEmpty("some text"))),
  scheme: v.optional(v.picklist(["internet-facing", "internal"])),
  externalTrafficPolicy: v.optional(v.picklist(["Cluster", "Local"])),
  healthCheckNodePorts: v.optional(ofBothWays, {}),
  sessionAffinity: v.optional(v.picklist(["None", "ClientIP"])),
  trafficDistribution: v.optional(v.picklist(["", "PreferSameZone", "PreferSameNode"]), ""),
};

const commonSchema = v.object(commonKeys);
type Common = v.InferOutput<typeof commonSchema>;

/** A key that no port has is an error, like any other. */
const portsOf = (cloud: ProgramCloud) =>
  v.optional(v.array(v.strictObject({ ...portKeys, ...cloud.portKeys })), defaultPorts);

/** Keys whose value is text. All other values are JSON, as Pulumi passes them to a program. */
const textKeys = [
  "cloud",
  "clusterName",
  "image",
  "scheme",
  "externalTrafficPolicy",
  "sessionAffinity",
  "trafficDistribution",
] satisfies (keyof Common)[];

const defaultCloud = "aws";

type Values = Readonly<Record<string, unknown>>;

/**
 * Reads the stack's configuration. Nothing else reads it.
 *
 * @param clouds the clouds that the program can deploy to, by name
 * @throws RunError that names every key with a problem, the value, and what is allowed
 */
export function readSettings(clouds: Readonly<Record<string, ProgramCloud>> = allClouds): Settings {
  const given = ownValues(Object.values(clouds));
  const cloud = cloudOf(given, clouds);
  const parsed = v.safeParse(
    v.strictObject({ ...commonKeys, ports: portsOf(cloud), ...cloud.keys }),
    withoutOthersDefaults(given, cloud, Object.values(clouds)),
  );
  if (!parsed.success) throw configurationError(parsed.issues.map(typeProblem));

  const values = v.parse(commonSchema, parsed.output);
  const common = commonSettings(values);
  const settings = cloud.settings(common, parsed.output);
  const problems = [
    ...inTerms("nodePort", settings.problems.nodePort),
    ...inTerms("loadBalancer", settings.problems.loadBalancer),
    ...sharedNodePortProblems(values),
    ...settings.problems.own,
  ];
  if (problems.length > 0)
    throw configurationError(problems.map(({ propertyPath, reason }) => `${propertyPath}: ${reason}`));
  return {
    ...common,
    app: withoutUndefined({ replicas: values.replicas, image: values.image }),
    cloud: settings,
  };
}

function ownValues(clouds: readonly ProgramCloud[]): Values {
  const prefix = `${pulumi.getProject()}:`;
  const texts = new Set<string>([...textKeys, ...clouds.flatMap((cloud) => cloud.textKeys)]);
  return Object.fromEntries(
    Object.entries(pulumi.runtime.allConfig())
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, value]) => [key.slice(prefix.length), value] as const)
      .map(([key, value]) => [key, texts.has(key) ? value : fromJson(value)]),
  );
}

/** The value itself if it is not JSON: the schema then says what it should be. */
function fromJson(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function cloudOf(values: Values, clouds: Readonly<Record<string, ProgramCloud>>): ProgramCloud {
  const name = values.cloud ?? defaultCloud;
  const cloud = Object.entries(clouds).find(([each]) => each === name)?.[1];
  if (cloud !== undefined) return cloud;
  const allowed = Object.keys(clouds).map((each) => JSON.stringify(each));
  throw configurationError([
    `cloud: ${JSON.stringify(name)} is not allowed; allowed is ${allowed.join(", ")}`,
  ]);
}

/** Pulumi passes the defaults of all keys in Pulumi.yaml, also of keys that only other clouds have. Any other value of such a key is an error. */
function withoutOthersDefaults(values: Values, cloud: ProgramCloud, clouds: readonly ProgramCloud[]): Values {
  const isOthersDefault = (key: string, value: unknown) =>
    !(key in cloud.keys) &&
    clouds.some(({ defaults }) => key in defaults && isDeepStrictEqual(defaults[key], value));
  return Object.fromEntries(Object.entries(values).filter(([key, value]) => !isOthersDefault(key, value)));
}

function commonSettings({ ports, ...values }: Common): CommonSettings {
  const exposure = (way: Way): ExposureOptions => ({
    loadBalancerSourceRanges: values.loadBalancerSourceRanges,
    ...withoutUndefined({
      scheme: values.scheme,
      externalTrafficPolicy: values.externalTrafficPolicy,
      healthCheckNodePort: values.healthCheckNodePorts[way],
      sessionAffinity: values.sessionAffinity,
      trafficDistribution: values.trafficDistribution === "" ? undefined : values.trafficDistribution,
    }),
  });
  return {
    clusterName: values.clusterName,
    exposure: { nodePort: exposure("nodePort"), loadBalancer: exposure("loadBalancer") },
    ports: {
      nodePort: ports.map((port) => servicePort(port, port.nodePorts?.nodePort)),
      loadBalancer: ports.map((port) => servicePort(port, port.nodePorts?.loadBalancer)),
    },
  };
}

/** A port of the echo app, whose container ports are named `http` and `udp`. */
function servicePort(
  { name, port, protocol }: Common["ports"][number],
  nodePort: number | undefined,
): ServicePort {
  const app = protocol === "UDP" ? { targetPort: "udp" } : { targetPort: "http", appProtocol: "http" };
  return { name, port, ...app, ...withoutUndefined({ protocol, nodePort }) };
}

/** Problems with the configuration's own paths, where a port has one node port per way. */
function inTerms(way: Way, problems: readonly Problem[]): Problem[] {
  return problems.map(({ propertyPath, reason }) => ({
    propertyPath: propertyPath
      .replace(/\.nodePort$/, `.nodePorts.${way}`)
      .replace(/^healthCheckNodePort$/, `healthCheckNodePorts.${way}`),
    reason,
  }));
}

/** A node port belongs to one Service of the cluster, a port for health checks as well. */
function sharedNodePortProblems({ ports, healthCheckNodePorts: checks }: Common): Problem[] {
  const wanted = [
    ...ports.map(({ nodePorts }, index) => ({ path: `ports[${index}].nodePorts`, ...nodePorts })),
    { path: "healthCheckNodePorts", ...checks },
  ];
  const ofNodePort = new Set(wanted.flatMap(({ nodePort }) => nodePort ?? []));
  const ofPorts = (way: Way) => new Set(ports.flatMap(({ nodePorts }) => nodePorts?.[way] ?? []));
  const both = (Object.keys(checks) as Way[]).filter((way) => ofPorts(way).has(checks[way] ?? NaN));
  return [
    ...wanted.flatMap(({ path, loadBalancer }) =>
      loadBalancer === undefined || !ofNodePort.has(loadBalancer)
        ? []
        : [
            {
              propertyPath: `${path}.loadBalancer`,
              reason: `${loadBalancer} is also a node port of the NodePort Service; node ports are unique in a cluster; choose another`,
            },
          ],
    ),
    ...both.map((way) => ({
      propertyPath: `healthCheckNodePorts.${way}`,
      reason: `${checks[way]} is also the node port of one of the ports; node ports are unique in a cluster; choose another`,
    })),
  ];
}

/** Plain words for valibot's types. */
const names: Readonly<Record<string, string>> = {
  Array: "a list",
  Object: "a mapping",
  number: "a number",
  boolean: "true or false",
  string: "text",
};

function typeProblem(issue: v.BaseIssue<unknown>): string {
  const path = (v.getDotPath(issue) ?? "").replace(/\.(\d+)/g, "[$1]");
  if (issue.type === "strict_object" && issue.expected === "never") {
    return `${path}: there is no such key; Pulumi.yaml lists all keys and the cloud that a key belongs to`;
  }
  if (issue.received === "undefined") return `${path}: it is missing and has no default; set it`;
  // A restriction beyond the type has its own message, which says what is allowed.
  const allowed = issue.kind === "validation" ? issue.message : names[issue.expected ?? ""];
  return `${path}: ${JSON.stringify(issue.input)} is not allowed; allowed is ${allowed ?? issue.expected}`;
}

function configurationError(problems: readonly string[]): pulumi.RunError {
  const lines = [...new Set(problems)].map((problem) => `\n  ${problem}`).join("");
  return new pulumi.RunError(`The configuration of stack ${pulumi.getStack()} is not usable:${lines}`);
}
