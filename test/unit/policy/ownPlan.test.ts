/** The policies on this project's own plan, as Pulumi's mocks record it. */
import assert from "node:assert/strict";
import { readStackConfiguration } from "../../../cli/stackConfiguration.ts";
import { planProgram } from "../../../comparison/plan/plan.ts";
import { labCloud, nodesOn } from "../../../lab/clouds/index.ts";
import type { DeclaredResource } from "../../../policy/resource.ts";
import { openNodePorts } from "../../../policy/rules/openNodePorts.ts";
import { openServices } from "../../../policy/rules/openServices.ts";
import { plainSecrets } from "../../../policy/rules/plainSecrets.ts";
import { restrictedNamespaces, restrictedPods } from "../../../policy/rules/podSecurity.ts";
import { targetsGroup } from "../../../policy/rules/targetsGroup.ts";

const rules = { openNodePorts, openServices, plainSecrets, restrictedNamespaces, restrictedPods };

/** Known node ports: a plan knows no others. */
const ports = JSON.stringify([
  { name: "http", port: 80, nodePorts: { nodePort: 30080, loadBalancer: 30081 } },
]);

let plans = 0;

async function planOf(
  stack: string,
  changes: Readonly<Record<string, string>> = {},
): Promise<DeclaredResource[]> {
  const configuration = readStackConfiguration(process.cwd(), stack);
  const ours = Object.entries({ ports, ...changes }).map(([key, value]) => [
    `${configuration.project}:${key}`,
    value,
  ]);
  const values = { ...configuration.values, ...(Object.fromEntries(ours) as Record<string, string>) };
  const plan = (plans += 1);
  const { declared } = await planProgram(
    { ...configuration, values },
    nodesOn(labCloud()),
    (run) => import(`../../../index.ts?policy=${plan}-${run}`),
  );
  return declared.map(({ type, name, urn, inputs, dependencies }) => ({
    type,
    name,
    urn,
    props: inputs,
    references: dependencies,
  }));
}

/** What is wrong with a plan: rule and resource. */
const violations = (resources: readonly DeclaredResource[]): string[] => [
  ...Object.entries(rules).flatMap(([rule, judge]) =>
    resources.flatMap((resource) => judge(resource).map(() => `${rule}: ${resource.name}`)),
  ),
  ...targetsGroup(resources).map(({ urn }) => `targetsGroup: ${urn.split("::").at(-1) ?? ""}`),
];

describe("this project's own plan", function () {
  this.timeout(20_000);

  it("breaks no policy on a cluster of one's own", async () => {
    const plan = await planOf("eks");
    assert.ok(plan.length > 10);
    assert.deepEqual(violations(plan), []);
  });

  it("breaks those about the world on the lab, whose whole internet may connect", async () => {
    assert.deepEqual(violations(await planOf("dev")), [
      "openNodePorts: nodeport-tcp-30080-0.0.0.0/0",
      "openServices: loadbalancer",
    ]);
  });

  it("breaks none even there if the load balancers have security groups", async () => {
    const groups = { securityGroups: '["own"]', controller: "aws-load-balancer-controller" };
    assert.deepEqual(violations(await planOf("dev", groups)), []);
  });
});
