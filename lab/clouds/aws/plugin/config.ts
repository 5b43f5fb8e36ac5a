/** The plug-in's configuration: `aws:*` keys of the stack. Structured values arrive as JSON text. */
import type { ProviderArgs } from "@pulumi/aws/provider.js";
import { ConfigError, configurationFailures } from "../../../providers/configuration.ts";
import type { Variables } from "../../../providers/configuration.ts";
import type { Failure } from "../../../providers/protocol.ts";
import { officialPlugin } from "./schema.ts";

export interface Config {
  readonly region: string;
  /** Undefined: the AWS SDK's usual sources (environment, shared files). */
  readonly credentials:
    | { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken?: string }
    | undefined;
  readonly profile: string | undefined;
  readonly endpoints: Readonly<Record<Service, string | undefined>>;
  /** Added to every object that can have tags; an object's own tags take precedence. */
  readonly defaultTags: Readonly<Record<string, string>>;
  readonly maxAttempts: number | undefined;
}

/**
 * Every key that this plug-in accepts. The skip... flags make the official plug-in omit start-up calls that this one never makes.
 */
const keys = [
  "accessKey",
  "defaultTags",
  "endpoints",
  "maxRetries",
  "profile",
  "region",
  "secretKey",
  "skipCredentialsValidation",
  "skipMetadataApiCheck",
  "skipRegionValidation",
  "skipRequestingAccountId",
  "token",
] as const satisfies readonly (keyof ProviderArgs)[];

type Key = (typeof keys)[number];

const refuse = (key: Key, reason: string): ConfigError => new ConfigError("aws", key, reason);

/** `elasticloadbalancingv2` and `elbv2` name the same service: https://www.pulumi.com/registry/packages/aws/api-docs/provider/ */
const serviceKeys = {
  autoscaling: ["autoscaling"],
  cloudwatch: ["cloudwatch"],
  ec2: ["ec2"],
  elbv2: ["elbv2", "elasticloadbalancingv2"],
  route53: ["route53"],
  s3: ["s3"],
  sts: ["sts"],
} as const;

type Service = keyof typeof serviceKeys;

function json(variables: Variables, key: Key): unknown {
  const text = variables[key];
  if (text === undefined || text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    throw refuse(key, `expected JSON, got ${JSON.stringify(text)}: ${(error as Error).message}`);
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function endpoints(variables: Variables): Config["endpoints"] {
  const list = json(variables, "endpoints") ?? [];
  if (!Array.isArray(list) || !list.every(isRecord))
    throw refuse("endpoints", `expected a list such as [{"ec2": "http://..."}], got ${JSON.stringify(list)}`);
  const merged = Object.fromEntries(list.flatMap((services) => Object.entries(services)));
  for (const [service, url] of Object.entries(merged)) {
    if (typeof url !== "string" || !URL.canParse(url))
      throw refuse("endpoints", `${service}: expected a URL, got ${JSON.stringify(url)}`);
  }
  const urlOf = (names: readonly string[]) =>
    names.map((name) => merged[name] as string | undefined).find(Boolean);
  return {
    autoscaling: urlOf(serviceKeys.autoscaling),
    cloudwatch: urlOf(serviceKeys.cloudwatch),
    ec2: urlOf(serviceKeys.ec2),
    elbv2: urlOf(serviceKeys.elbv2),
    route53: urlOf(serviceKeys.route53),
    s3: urlOf(serviceKeys.s3),
    sts: urlOf(serviceKeys.sts),
  };
}

function defaultTags(variables: Variables): Config["defaultTags"] {
  const value = json(variables, "defaultTags") ?? {};
  const tags = isRecord(value) ? (value.tags ?? {}) : undefined;
  if (!isRecord(tags) || !Object.values(tags).every((tag) => typeof tag === "string"))
    throw refuse("defaultTags", `expected {"tags": {"key": "value"}}, got ${JSON.stringify(value)}`);
  return tags as Record<string, string>;
}

function credentials(variables: Variables): Config["credentials"] {
  const { accessKey, secretKey, token } = variables;
  if (accessKey === undefined && secretKey === undefined) return undefined;
  if (accessKey === undefined) throw refuse("accessKey", "missing, although aws:secretKey is set");
  if (secretKey === undefined) throw refuse("secretKey", "missing, although aws:accessKey is set");
  const sessionToken = token === undefined ? {} : { sessionToken: token };
  return { accessKeyId: accessKey, secretAccessKey: secretKey, ...sessionToken };
}

/** @throws {ConfigError} naming the key, the value and what is expected */
export function parseConfig(variables: Variables, environment: NodeJS.ProcessEnv = process.env): Config {
  const region = variables.region ?? environment.AWS_REGION ?? environment.AWS_DEFAULT_REGION;
  if (region === undefined || region === "")
    throw refuse("region", "missing: set it with `pulumi config set aws:region us-west-2`, or AWS_REGION");
  const retries = variables.maxRetries;
  if (retries !== undefined && !/^\d+$/.test(retries))
    throw refuse("maxRetries", `expected an integer from 0, got ${JSON.stringify(retries)}`);
  return {
    region,
    credentials: credentials(variables),
    profile: variables.profile,
    endpoints: endpoints(variables),
    defaultTags: defaultTags(variables),
    maxAttempts: retries === undefined ? undefined : Number(retries) + 1,
  };
}

/** The faults of the configuration. */
export const configFailures = (variables: Variables): Failure[] =>
  configurationFailures(variables, { pluginName: "aws", keys, officialPlugin, parse: parseConfig });
