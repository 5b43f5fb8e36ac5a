import assert from "node:assert/strict";
import { defaultConfiguration } from "../../../../../../../comparison/clouds/aws/cloudControllerManager/configuration.ts";
import type { Configuration } from "../../../../../../../comparison/clouds/aws/cloudControllerManager/configuration.ts";
import { predict } from "../../../../../../../comparison/clouds/aws/cloudControllerManager/predict.ts";
import { aws } from "../../../../../../../comparison/clouds/aws/index.ts";
import type { AwsExposure, NlbFacts } from "../../../../../../../comparison/clouds/aws/model.ts";
import { judge } from "../../../../../../../comparison/difference/compare.ts";
import { comparedOf } from "../../../../../../../comparison/difference/compared.ts";
import { factsIn, known } from "../../../../../../../comparison/model/sourceResult.ts";
import { cluster, facts } from "../../../../difference/facts.ts";

const shared: Configuration = {
  ...defaultConfiguration,
  sharedHealthProbe: { port: 10256, path: "/healthz" },
};

/** With the health checks and the rules that the controller makes with this configuration. */
function controlled(configuration: Configuration): AwsExposure {
  const { right } = facts;
  const [service, balancer, firewall] = [
    factsIn(right.service),
    factsIn(right.loadBalancer),
    factsIn(right.firewall),
  ];
  assert.ok(service !== undefined && balancer !== undefined && firewall !== undefined);
  const predicted = predict(service, cluster, balancer, configuration);
  assert.ok(predicted.kind === "made");
  const [group] = predicted.loadBalancer.pools;
  assert.ok(group !== undefined);
  const { healthCheck } = group;
  const pools = balancer.pools.map((pool) => ({
    ...pool,
    identity: { ...pool.identity, name: group.identity.name },
    healthCheck,
  }));
  const added = predicted.firewall.nodes
    .filter(({ identity }) => identity.name.includes("/health="))
    .map((rule, index) => ({ ...rule, identity: { ...rule.identity, id: `sgr-${index}` } }));
  return {
    ...right,
    loadBalancer: known({ ...balancer, pools }),
    firewall: known({ ...firewall, nodes: [...firewall.nodes, ...added] }),
  };
}

function verdictOn(right: AwsExposure, left = facts.left) {
  const { verdict, explanations } = judge(comparedOf({ ...facts, left, right }, aws), {
    traffic: [],
    statements: [],
  });
  return { kind: verdict.kind, reasons: verdict.reasons, used: explanations.map(({ id }) => id) };
}

function checked(
  exposure: AwsExposure,
  change: Partial<NlbFacts["pools"][number]["healthCheck"]>,
): AwsExposure {
  const balancer = factsIn(exposure.loadBalancer) ?? assert.fail();
  const pools = balancer.pools.map((pool) => ({ ...pool, healthCheck: { ...pool.healthCheck, ...change } }));
  return { ...exposure, loadBalancer: known({ ...balancer, pools }) };
}

describe("the health probe that all Services share", () => {
  it("is a known difference, with its rules", () => {
    const { kind, reasons, used } = verdictOn(controlled(shared));
    assert.deepEqual([kind, reasons], ["equivalent", []]);
    assert.ok(used.includes("shared-health-probe"));
  });

  it("explains nothing where the controller checks the node ports", () => {
    assert.ok(!verdictOn(controlled(defaultConfiguration)).used.includes("shared-health-probe"));
  });

  it("explains nothing where the hand-made way has the same check", () => {
    const left = checked(facts.left, factsIn(controlled(shared).loadBalancer)?.pools[0]?.healthCheck ?? {});
    const { reasons } = verdictOn(controlled(shared), left);
    assert.deepEqual(
      reasons.filter((reason) => reason.startsWith("listeners")),
      [],
    );
  });

  it("does not explain another interval, nor a hand-made check that the Service does not ask for", () => {
    assert.equal(verdictOn(checked(controlled(shared), { intervalSeconds: 10 })).kind, "different");
    const left = checked(facts.left, { port: 8080 });
    assert.equal(verdictOn(controlled(shared), left).kind, "different");
  });
});
