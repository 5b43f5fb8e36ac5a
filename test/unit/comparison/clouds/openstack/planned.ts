/** The program's plan of the stack openstack, with another configuration. */
import { readStackConfiguration } from "../../../../../cli/stackConfiguration.ts";
import { openstack } from "../../../../../comparison/clouds/openstack/index.ts";
import type { OpenStackFacts } from "../../../../../comparison/clouds/openstack/model.ts";
import { judge } from "../../../../../comparison/difference/compare.ts";
import { comparedOf } from "../../../../../comparison/difference/compared.ts";
import type { Facts } from "../../../../../comparison/model/exposure.ts";
import { plannedFacts } from "../../../../../comparison/plan/facts.ts";
import { planProgram } from "../../../../../comparison/plan/plan.ts";
import { assumedNodes } from "../../../../../lab/clouds/index.ts";
import { checkout, project } from "../../../program/stackFiles.ts";
import { names, program } from "../../plan/planned.ts";

export type Config = Readonly<Record<string, unknown>>;

const { values } = readStackConfiguration(checkout, "openstack");

/** Plans by configuration: many tests need the same. */
const plans: Record<string, ReturnType<typeof planProgram>> = {};

export async function planned(config: Config = {}): Promise<OpenStackFacts> {
  const changes = Object.entries(config).map(([key, value]): [string, string] => [
    `${project}:${key}`,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  const configuration = {
    project,
    stack: "openstack",
    values: { ...values, ...Object.fromEntries(changes) },
  };
  const plan = await (plans[JSON.stringify(config)] ??= planProgram(
    configuration,
    assumedNodes("openstack"),
    program,
  ));
  return plannedFacts(plan, names) as OpenStackFacts;
}

export const judged = (facts: Facts) => judge(comparedOf(facts, openstack), { traffic: [], statements: [] });
