/** The two exposures of the stack dev with a second port, https, on both sides. */
import assert from "node:assert/strict";
import { predict } from "../../../../comparison/clouds/aws/cloudControllerManager/predict.ts";
import type { AwsExposure, AwsFacts, NlbFacts, RuleFacts } from "../../../../comparison/clouds/aws/model.ts";
import type { DataPathFacts } from "../../../../comparison/model/dataPath.ts";
import type { FirewallFacts } from "../../../../comparison/model/firewall.ts";
import type { ServiceFacts } from "../../../../comparison/model/service.ts";
import { factsIn, known } from "../../../../comparison/model/sourceResult.ts";
import { cluster, facts } from "./facts.ts";

const second = "arn:targetgroup/https";

export const serviceOf = (side: AwsExposure): ServiceFacts => factsIn(side.service) ?? assert.fail();
export const balancerOf = (side: AwsExposure): NlbFacts => factsIn(side.loadBalancer) ?? assert.fail();
export const firewallOf = (side: AwsExposure): FirewallFacts<RuleFacts> =>
  factsIn(side.firewall) ?? assert.fail();

function withHttps(side: AwsExposure, nodePort: number): AwsExposure {
  const [service, balancer, firewall] = [serviceOf(side), balancerOf(side), firewallOf(side)];
  const both = {
    ...service,
    ports: service.ports.flatMap((port) => [
      port,
      { ...port, name: "https", port: 443, targetPort: "https", nodePort },
    ]),
  };
  const predicted = predict(both, cluster);
  const names = predicted.kind === "made" ? predicted.loadBalancer.pools.map(({ identity }) => identity) : [];
  return {
    ...side,
    service: known(both),
    loadBalancer: known({
      ...balancer,
      listeners: balancer.listeners.flatMap((listener) => [
        listener,
        { ...listener, identity: { name: "TCP 443", id: "2" }, port: 443, forwardsTo: [second] },
      ]),
      pools: balancer.pools.flatMap((pool) => [
        pool,
        {
          ...pool,
          identity: { name: names[1]?.name ?? "nodeport-https", id: second },
          port: nodePort,
          members: pool.members.map((member) => ({ ...member, port: nodePort })),
        },
      ]),
    }),
    firewall: known({
      ...firewall,
      nodes: firewall.nodes.flatMap((rule) =>
        rule.ipProtocol === "tcp" ? [rule, { ...rule, fromPort: nodePort, toPort: nodePort }] : [rule],
      ),
    }),
    endpoints: known(
      (factsIn(side.endpoints) ?? []).map((each) => ({ ...each, ports: [...each.ports, "https: 8443/TCP"] })),
    ),
    dataPath: known(
      (factsIn(side.dataPath) ?? []).map((node): DataPathFacts => ({
        ...node,
        entrances: node.entrances.flatMap((entrance) => [
          entrance,
          {
            ...entrance,
            port: entrance.kind === "node port" ? nodePort : 443,
            endpoints: entrance.endpoints.map((each) => each.replace("8080", "8443")),
          },
        ]),
      })),
    ),
  };
}

export const twoPorts: AwsFacts = {
  ...facts,
  left: withHttps(facts.left, 31443),
  right: withHttps(facts.right, 31444),
};
