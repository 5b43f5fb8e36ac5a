import assert from "node:assert/strict";
import { cloudControllerManager } from "../../../../../../../comparison/clouds/aws/cloudControllerManager/index.ts";
import { aws } from "../../../../../../../comparison/clouds/aws/index.ts";
import { comparedOf } from "../../../../../../../comparison/difference/compared.ts";
import { differencesIn } from "../../../../../../../comparison/difference/differences.ts";
import { checkPrediction } from "../../../../../../../comparison/difference/prediction.ts";
import type { RuleFacts, SubnetFacts } from "../../../../../../../comparison/clouds/aws/model.ts";
import type { Exposure, Facts } from "../../../../../../../comparison/model/exposure.ts";
import { factsIn, known } from "../../../../../../../comparison/model/sourceResult.ts";
import { cluster, facts } from "../../../../difference/facts.ts";

const service = factsIn(facts.right.service) ?? assert.fail();
const firewall = factsIn(facts.right.firewall) ?? assert.fail();
const [port] = service.ports;
const ofClients = firewall.nodes.find(({ fromPort }) => fromPort === port?.nodePort) ?? assert.fail();
const balancer = factsIn(facts.right.loadBalancer) ?? assert.fail();

/** As the controller had it while clients came from an office. */
const ofHealth = ({ cidr }: SubnetFacts, changes: Partial<RuleFacts> = {}): RuleFacts => ({
  ...ofClients,
  identity: { id: `sgr-${cidr}`, name: `kubernetes.io/rule/nlb/health=${balancer.identity.name}` },
  source: cidr,
  ...changes,
});

function after(rules: readonly RuleFacts[]): Exposure {
  return { ...facts.right, firewall: known({ ...firewall, nodes: [...firewall.nodes, ...rules] }) };
}

function explanations(rules: readonly RuleFacts[]): (string | null)[] {
  const compared: Facts = { ...facts, right: after(rules) };
  const { found, missing } = differencesIn(comparedOf(compared, aws));
  assert.deepEqual(missing, []);
  const ofSubnets = found.filter(({ path }) =>
    cluster.subnets.some(({ cidr }) => path.includes(`from ${cidr}`)),
  );
  return [...new Set(ofSubnets.map(({ explanation }) => explanation))];
}

const wrong = (rules: readonly RuleFacts[]) => {
  const controller = cloudControllerManager;
  const predicted = { controller, ...controller.predict(service, cluster) };
  return checkPrediction(comparedOf({ ...facts, right: after(rules) }, aws), "right", predicted).wrong;
};

describe("rules for health checks, once clients may come from everywhere,", () => {
  const left = cluster.subnets.map((subnet) => ofHealth(subnet));

  it("are left where they are by the cloud controller manager, which is a known difference and no wrong prediction", () => {
    assert.ok(left.length > 0);
    assert.deepEqual(explanations(left), ["left-health-rules"]);
    assert.deepEqual(wrong(left), []);
  });

  it("are explained as few as there are", () => {
    assert.deepEqual(explanations(left.slice(1)), ["left-health-rules"]);
    assert.deepEqual(explanations([]), []);
  });

  it("are a wrong prediction where they are for anything else, although they let in the same clients", () => {
    const [subnet] = cluster.subnets;
    assert.ok(subnet !== undefined);
    const identity = { id: "sgr-1", name: `kubernetes.io/rule/nlb/client=${balancer.identity.name}` };
    assert.deepEqual(explanations([ofHealth(subnet, { identity })]), ["same-clients"]);
    assert.equal(wrong([ofHealth(subnet, { identity })]).length, 1);
    assert.deepEqual(explanations([ofHealth(subnet, { ipProtocol: "udp" })]), [null]);
  });
});
