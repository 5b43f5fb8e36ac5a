/** What the program would declare, without Pulumi's engine, a cluster or an account. */
import { runtime } from "@pulumi/pulumi";
import { AssumedAccount } from "../clouds/aws/plan/answers.ts";
import { assumedCluster } from "./cluster.ts";
import type { AssumedNode } from "./cluster.ts";
import { recordDeclared } from "./monitor.ts";
import type { PlannedResource } from "./monitor.ts";

/** A stack as its files describe it. */
export interface StackConfiguration {
  readonly project: string;
  readonly stack: string;
  /** Every value as Pulumi hands it to a program: by its full key, text as it is and the rest as JSON. */
  readonly values: Readonly<Record<string, string>>;
}

let plans = 0;

/**
 * Runs the program as a preview of a first update under Pulumi's mock monitor.
 *
 * @throws what the program throws, such as a RunError for unusable configuration
 */
export async function planProgram(
  configuration: StackConfiguration,
  nodes: readonly AssumedNode[],
): Promise<readonly PlannedResource[]> {
  const { project, stack, values } = configuration;
  const account = new AssumedAccount(assumedCluster(configuration, nodes));
  runtime.setAllConfig({ ...values });
  const declared = await recordDeclared(account, { project, stack, preview: true });
  // A module runs once; under another address it is another module.
  await import(`../../index.ts?plan=${plans++}`);
  await runtime.disconnect();
  return declared;
}
