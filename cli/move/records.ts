/** The records that lead clients: as the stack's state has them, and as its configuration wants them. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseDocument } from "yaml";
import type { StackConfiguration } from "../../comparison/plan/configuration.ts";
import type { WeightedRecord } from "../../comparison/model/weightedRecord.ts";
import { readStackConfiguration } from "../stackConfiguration.ts";
import type { Weights } from "./steps.ts";

export interface Records {
  readonly domainName: string;
  readonly ttlSeconds: number;
  readonly weights: Weights;
}

/** @returns undefined if there are none yet, as before the first deployment */
export function recordsIn(records: readonly WeightedRecord[]): Records | undefined {
  const [first] = records;
  if (first === undefined) return undefined;
  const { domainName, ttlSeconds } = first;
  return {
    domainName,
    ttlSeconds,
    weights: Object.fromEntries(records.map(({ setIdentifier, weight }) => [setIdentifier, weight])),
  };
}

const key = "weightedName";

/** @throws if the stack has no such name, saying how to give it one */
export function configuredRecords(checkout: string, stack: string): Records {
  const { project, values } = readStackConfiguration(checkout, stack);
  const configured = JSON.parse(values[`${project}:${key}`] ?? "{}") as Partial<Records>;
  const { domainName, weights, ttlSeconds = 60 } = configured;
  if (domainName !== undefined && weights !== undefined) return { domainName, ttlSeconds, weights };
  throw new Error(
    `the stack ${stack} has no name that leads to both ways; set ${project}:${key} in Pulumi.${stack}.yaml, which Pulumi.yaml describes; docs/moving.md has an example`,
  );
}

/**
 * The deployed records, and those that the stack's configuration has besides, without clients: a deployment that failed may have made some of them, and a way that was added by hand stays.
 * A removal that was killed has taken its way out of the configuration first. Records that lead no clients while others are missing are those of a first deployment that failed.
 */
export function recordsNow(deployed: Records | undefined, configured: Records): Records {
  if (deployed === undefined) return configured;
  const missing = Object.keys(configured.weights).filter((way) => deployed.weights[way] === undefined);
  const hasClients = Object.values(deployed.weights).some((weight) => weight > 0);
  if (missing.length > 0 && !hasClients) return configured;
  const idle = Object.fromEntries(missing.map((way) => [way, 0]));
  return { ...deployed, weights: { ...idle, ...deployed.weights } };
}

/** The stack's configuration with other weights; the file stays as it is. */
export function withWeights(checkout: string, stack: string, weights: Weights): StackConfiguration {
  const { project, values, ...rest } = readStackConfiguration(checkout, stack);
  const name = `${project}:${key}`;
  const named = JSON.parse(values[name] ?? "{}") as object;
  return { ...rest, project, values: { ...values, [name]: JSON.stringify({ ...named, weights }) } };
}

/**
 * Configures other weights and deploys them. If that fails, the file has the former ones again: the next `npm run up` must lead nobody to where only a move that checks may.
 *
 * @param change `from`: the weights that were deployed last
 */
export async function deployWeights<T>(
  checkout: string,
  stack: string,
  change: { readonly from: Weights; readonly to: Weights },
  deploy: () => Promise<T>,
): Promise<T> {
  configureWeights(checkout, stack, change.to);
  try {
    return await deploy();
  } catch (error) {
    configureWeights(checkout, stack, change.from);
    throw error;
  }
}

/** Everything else in the file stays as it is, comments too. */
export function configureWeights(checkout: string, stack: string, weights: Weights): void {
  const { project } = readStackConfiguration(checkout, stack);
  const file = join(checkout, `Pulumi.${stack}.yaml`);
  const document = parseDocument(readFileSync(file, "utf8"));
  const place = ["config", `${project}:${key}`, "weights"];
  const former = Object.keys(configuredRecords(checkout, stack).weights);
  for (const way of former) if (weights[way] === undefined) document.deleteIn([...place, way]);
  for (const [way, weight] of Object.entries(weights)) document.setIn([...place, way], weight);
  writeFileSync(file, document.toString({ lineWidth: 0 }));
}
