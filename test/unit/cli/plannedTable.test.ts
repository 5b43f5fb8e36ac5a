import assert from "node:assert/strict";
import { stripVTControlCharacters } from "node:util";
import { bySide, plannedTable } from "../../../cli/plannedTable.ts";
import type { PlannedResource } from "../../../comparison/plan/monitor.ts";

function resource(type: string, name: string, parent?: PlannedResource): PlannedResource {
  const urn = `urn:pulumi:dev::project::${type}::${name}`;
  const custom = !type.startsWith("exposure:");
  const above = parent === undefined ? {} : { parent: parent.urn };
  return { urn, type, name, custom, inputs: {}, dependencies: {}, ...above };
}

const nodePort = resource("exposure:index:NodePortExposure", "nodeport");
const own = resource("exposure:index:NetworkLoadBalancer", "nodeport", nodePort);
const loadBalancer = resource("exposure:index:LoadBalancerExposure", "loadbalancer");
const declared = [
  nodePort,
  own,
  resource("aws:lb/targetGroup:TargetGroup", "nodeport-http", own),
  resource("aws:lb/targetGroup:TargetGroup", "nodeport-https", own),
  resource(
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    "nodeport-clients-http-203.0.113.128/25",
    own,
  ),
  resource("kubernetes:core/v1:Service", "nodeport", nodePort),
  loadBalancer,
  resource("kubernetes:core/v1:Service", "loadbalancer", loadBalancer),
];

const ways = { left: "nodeport", right: "loadbalancer" };
const names = (resources: readonly PlannedResource[]) => resources.map(({ name }) => name);

describe("the planned resources of each way", () => {
  it("belong to the way whose component is their ancestor, at any distance", () => {
    const plan = bySide(declared, ways);
    assert.deepEqual(names(plan.left), [
      "nodeport-http",
      "nodeport-https",
      "nodeport-clients-http-203.0.113.128/25",
      "nodeport",
    ]);
    assert.deepEqual(names(plan.right), ["loadbalancer"]);
  });
});

describe("the table of planned resources", () => {
  const titles = ["NodePort + own NLB", "LoadBalancer"] as const;
  const cloudTypes = [
    "aws:lb/targetGroup:TargetGroup",
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  ];
  const tableOf = (colour: boolean): string =>
    plannedTable(bySide(declared, ways), { titles, cloudTypes, colour });
  const lines = tableOf(false).split("\n");

  it("lists the cluster's resources, then AWS's, and counts both", () => {
    const cells = lines
      .filter((line) => line.startsWith("│"))
      .map((line) =>
        line
          .split("│")
          .slice(1, -1)
          .map((cell) => cell.trim()),
      );
    assert.deepEqual(cells, [
      ["Resource", "NodePort + own NLB", "LoadBalancer"],
      ["Service", "nodeport", "loadbalancer"],
      ["TargetGroup", "nodeport-http", "(controller)"],
      ["", "nodeport-https", ""],
      ["SecurityGroupIngressRule", "nodeport-clients-http-203.0.113", "(controller)"],
      ["", ".128/25", ""],
      ["declared in total", "4", "1"],
    ]);
  });

  it("fits into 80 columns even with long names", () => {
    assert.equal(Math.max(...lines.map((line) => line.length)), 80);
  });

  it("has colour only if asked for, and the same text", () => {
    const plain = lines.join("\n");
    assert.equal(stripVTControlCharacters(plain), plain);
    assert.equal(stripVTControlCharacters(tableOf(true)), plain);
  });
});
