import assert from "node:assert/strict";
import { aws } from "../../../../../../../comparison/clouds/aws/index.ts";
import { judge } from "../../../../../../../comparison/difference/compare.ts";
import { comparedOf } from "../../../../../../../comparison/difference/compared.ts";
import type { ServiceFacts } from "../../../../../../../comparison/model/service.ts";
import { factsIn, known } from "../../../../../../../comparison/model/sourceResult.ts";
import { facts } from "../../../../difference/facts.ts";

function judged(changes: Partial<ServiceFacts>, ipAddressType = "ipv4") {
  const service = factsIn(facts.right.service) ?? assert.fail();
  const balancer = factsIn(facts.right.loadBalancer) ?? assert.fail();
  const right = {
    ...facts.right,
    service: known({ ...service, ...changes }),
    loadBalancer: known({ ...balancer, ipAddressType }),
  };
  return judge(comparedOf({ ...facts, right }, aws), { traffic: [], statements: [] });
}

const dual: Partial<ServiceFacts> = {
  ipFamilies: ["IPv4", "IPv6"],
  ipFamilyPolicy: "PreferDualStack",
  clusterIPs: ["172.20.2.1", "fd00::1"],
};

describe("IP families that differ", () => {
  it("are explained where both load balancers have IPv4 only", () => {
    const { explanations, aspects } = judged(dual);
    assert.ok(explanations.some(({ id }) => id === "ip-families"));
    const rows = aspects.flatMap(({ differences }) =>
      differences.filter(({ path }) => path.startsWith("service / ip")),
    );
    assert.deepEqual(
      rows.map(({ path, explanation }) => [path, explanation]),
      [
        ["service / ipFamilies", "ip-families"],
        ["service / ipFamilyPolicy", "ip-families"],
      ],
    );
  });

  it("are not explained where one load balancer has two families", () => {
    assert.ok(judged(dual, "dualstack").explanations.every(({ id }) => id !== "ip-families"));
  });

  it("are not explained where a Service has no IPv4", () => {
    const six = { ipFamilies: ["IPv6"], ipFamilyPolicy: "SingleStack" };
    assert.ok(judged(six).explanations.every(({ id }) => id !== "ip-families"));
  });
});
