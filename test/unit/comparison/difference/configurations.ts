/** What the cloud controller manager makes of the Service on the right with other configurations than its default one. */
import assert from "node:assert/strict";
import { defaultConfiguration } from "../../../../comparison/clouds/aws/cloudControllerManager/configuration.ts";
import { predict } from "../../../../comparison/clouds/aws/cloudControllerManager/predict.ts";
import type { AwsExposure, RuleFacts } from "../../../../comparison/clouds/aws/model.ts";
import { factsIn, known } from "../../../../comparison/model/sourceResult.ts";
import { cluster } from "./facts.ts";

/** With a security group of the load balancer, and its rules. */
export function managed(exposure: AwsExposure): AwsExposure {
  const balancer = factsIn(exposure.loadBalancer) ?? assert.fail();
  const firewall = factsIn(exposure.firewall) ?? assert.fail();
  const rule = (ipProtocol: string, fromPort: number, toPort: number): RuleFacts => ({
    identity: { name: `sgr-${ipProtocol}`, id: `sgr-${ipProtocol}` },
    owner: "other",
    securityGroup: "sg-lb",
    ipProtocol,
    fromPort,
    toPort,
    source: "0.0.0.0/0",
  });
  return {
    ...exposure,
    loadBalancer: known({
      ...balancer,
      securityGroups: ["sg-lb"],
      enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: "on",
    }),
    firewall: known({ ...firewall, loadBalancer: [rule("tcp", 80, 80), rule("icmp", 3, 4)] }),
  };
}

/** As with the health probe that all Services share. */
export function sharedProbe(exposure: AwsExposure, probe = { port: 10256, path: "/healthz" }): AwsExposure {
  const balancer = factsIn(exposure.loadBalancer) ?? assert.fail();
  const service = factsIn(exposure.service) ?? assert.fail();
  const predicted = predict(service, cluster, balancer, {
    ...defaultConfiguration,
    sharedHealthProbe: probe,
  });
  assert.ok(predicted.kind === "made");
  // The check is written out: it must not follow the model alone.
  const healthCheck = {
    enabled: true,
    protocol: "HTTP",
    ...probe,
    matcher: "200-399",
    intervalSeconds: 30,
    timeoutSeconds: 6,
    healthyThresholdCount: 3,
    unhealthyThresholdCount: 3,
  };
  const [name = ""] = predicted.loadBalancer.pools.map(({ identity }) => identity.name);
  const pools = balancer.pools.map((pool) => ({
    ...pool,
    identity: { ...pool.identity, name },
    healthCheck,
  }));
  return { ...exposure, loadBalancer: known({ ...balancer, pools }) };
}

/** @param rules in the place of the controller's own */
export function withRules(
  exposure: AwsExposure,
  rules: (own: readonly RuleFacts[]) => RuleFacts[],
): AwsExposure {
  const firewall = factsIn(exposure.firewall) ?? assert.fail();
  const isOwn = ({ owner }: RuleFacts): boolean => owner === "cloud controller";
  const others = firewall.nodes.filter((rule) => !isOwn(rule));
  return {
    ...exposure,
    firewall: known({ ...firewall, nodes: [...others, ...rules(firewall.nodes.filter(isOwn))] }),
  };
}

/** With the rules for health checks at kube-proxy's port from each subnet. */
export function health(own: readonly RuleFacts[], port = 10256): RuleFacts[] {
  return [
    ...own,
    ...own.flatMap((rule) =>
      cluster.subnets.map(({ cidr }) => ({
        ...rule,
        identity: { ...rule.identity, name: rule.identity.name.replace("/client=", "/health=") },
        fromPort: port,
        toPort: port,
        source: cidr,
      })),
    ),
  ];
}

/** What the controller makes with other settings than its defaults. */
export const otherwise: readonly [settings: string, change: (exposure: AwsExposure) => AwsExposure][] = [
  [
    "ClusterServiceLoadBalancerHealthProbeMode=Shared",
    (exposure) => withRules(sharedProbe(exposure), health),
  ],
  [
    "ClusterServiceLoadBalancerHealthProbeMode=Shared, ClusterServiceSharedLoadBalancerHealthProbePort=10257, ClusterServiceSharedLoadBalancerHealthProbePath=/livez",
    (exposure) =>
      withRules(sharedProbe(exposure, { port: 10257, path: "/livez" }), (own) => health(own, 10257)),
  ],
  ["NLBSecurityGroupMode=Managed", managed],
  [
    "NLBSecurityGroupMode=Managed, DisableSecurityGroupIngress=true",
    (exposure) => managed(withRules(exposure, () => [])),
  ],
  ["DisableSecurityGroupIngress=true", (exposure) => withRules(exposure, () => [])],
  [
    "ClusterServiceLoadBalancerHealthProbeMode=Shared, DisableSecurityGroupIngress=true",
    (exposure) => withRules(sharedProbe(exposure), () => []),
  ],
];
