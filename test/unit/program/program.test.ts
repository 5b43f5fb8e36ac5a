import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Output } from "@pulumi/pulumi";
import type { PlannedResource } from "../../../comparison/plan/monitor.ts";
import type { ShortForm } from "../../../comparison/report/shortForm.ts";
import { declare, inputsOf, knowledgeOf, namesOf, treeOf } from "../components/core/declaring.ts";
import type { Calls } from "../components/core/declaring.ts";
import { devConfig } from "./stackFiles.ts";

interface Outputs {
  readonly clusterName: string;
  readonly nodePort: Readonly<Record<string, Output<unknown>>>;
  readonly loadBalancer: Readonly<Record<string, Output<unknown>>>;

  readonly comparison: Output<unknown>;
}

/** The lab's account: three nodes in three zones. */
const calls: Calls = {
  "aws:route53/getZone:getZone": ({ name }) => ({ name, zoneId: "Z1" }),
  "aws:ec2/getSecurityGroups:getSecurityGroups": () => ({ ids: ["sg-nodes"], vpcIds: ["vpc-dev"] }),
  "aws:ec2/getInstances:getInstances": ({ filters }) => ({
    ids: JSON.stringify(filters).includes("tag-key") ? [] : ["i-a", "i-b", "i-c"],
  }),
  "aws:vpc/getSecurityGroupRules:getSecurityGroupRules": () => ({ ids: [] }),
  "aws:ec2/getSubnets:getSubnets": () => ({ ids: ["subnet-a", "subnet-b", "subnet-c"] }),
  "aws:ec2/getSubnet:getSubnet": ({ id }) => ({
    id,
    availabilityZone: `us-west-2${String(id).slice(-1)}`,
    cidrBlock: { "subnet-a": "10.0.0.0/20", "subnet-b": "10.0.16.0/20", "subnet-c": "10.0.32.0/20" }[
      String(id)
    ],
    tags: { "kubernetes.io/role/elb": "1", "kubernetes.io/cluster/dev": "owned" },
  }),
};

let runs = 0;

/** Runs index.ts as a new module each time. */
async function run(preview: boolean, changes: Readonly<Record<string, string>> = {}) {
  const program = () => import(`../../../index.ts?run=${runs++}`) as Promise<Outputs>;
  const { result, resources } = await declare(program, {
    preview,
    calls,
    config: devConfig(changes),
  });
  return { outputs: result, resources };
}

async function known(outputs: Readonly<Record<string, Output<unknown>>>): Promise<Record<string, unknown>> {
  const entries = Object.entries(outputs).map(async ([key, output]) => {
    const knowledge = await knowledgeOf(output);
    return [key, knowledge.known ? knowledge.value : "unknown"] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

/** The specs of both Services. */
function services(resources: readonly PlannedResource[]) {
  return ["nodeport", "loadbalancer"].map(
    (name) => inputsOf(resources, "Service", name).spec as Record<string, unknown>,
  );
}

describe("the program", () => {
  for (const preview of [true, false]) {
    const when = preview ? "preview" : "update";

    it(`declares the reviewed tree of resources (${when})`, async () => {
      const reviewed = readFileSync(join(import.meta.dirname, "tree.txt"), "utf8");
      // Rules are named after node ports, which Kubernetes allocates in the update.
      const expected = preview ? reviewed.replaceAll("tcp-31000", "tcp-of-80") : reviewed;
      assert.equal(`${treeOf((await run(preview)).resources).join("\n")}\n`, expected);
    });
  }

  it("opens the pods' port once for two ways that lead to the same pods", async () => {
    const weightedName = JSON.stringify({
      hostedZone: "example.com",
      domainName: "shop.example.com",
      weights: { nodePort: 90, shared: 10 },
    });
    const { resources } = await run(false, {
      weightedName,
      controller: "aws-load-balancer-controller",
      targetType: "ip",
      targetGroupBinding: "true",
    });
    assert.deepEqual(namesOf(resources, "SecurityGroupIngressRule").sort(), [
      "nodeport-icmp-3-4-0.0.0.0/0",
      "nodeport-tcp-8080-0.0.0.0/0",
    ]);
  });

  it("has the rule for the pods' port apart from the ways, also if another program has the shared rules", async () => {
    const { resources } = await run(false, {
      weightedName: JSON.stringify({
        ...{ hostedZone: "example.com", domainName: "shop.example.com" },
        weights: { nodePort: 90, shared: 10 },
      }),
      controller: "aws-load-balancer-controller",
      targetType: "ip",
      targetGroupBinding: "true",
      sharedNodeRules: "false",
    });
    const rules = resources.filter(({ type }) => type.endsWith("SecurityGroupIngressRule"));
    assert.deepEqual(
      rules.map(({ name, parent }) => [name, parent?.split("::").at(-2)]),
      [["nodeport-tcp-8080-0.0.0.0/0", "exposure:index:SharedNodeRules"]],
    );
  });

  it("leads clients to both ways, which then stand in front of the same pods", async () => {
    const weightedName = JSON.stringify({
      hostedZone: "example.com",
      domainName: "shop.example.com",
      weights: { nodePort: 90, loadBalancer: 10 },
    });
    const { resources } = await run(false, { weightedName });
    assert.deepEqual(namesOf(resources, "Deployment"), ["nodeport"]);
    const [nodePort, loadBalancer] = ["nodeport", "loadbalancer"].map((name) => {
      const { metadata, spec } = inputsOf(resources, "Service", name) as {
        metadata: { namespace: string };
        spec: { selector: unknown };
      };
      return [metadata.namespace, spec.selector];
    });
    assert.deepEqual(nodePort, loadBalancer);
    const recordOf = (way: string) => inputsOf(resources, "Record", `clients-${way}`);
    assert.deepEqual(
      ["nodePort", "loadBalancer"].map((way) => [
        recordOf(way).records,
        recordOf(way).weightedRoutingPolicies,
      ]),
      [
        [["nodeport.elb.example.com"], [{ weight: 90 }]],
        [["loadbalancer.elb.example.com"], [{ weight: 10 }]],
      ],
    );
    assert.equal(recordOf("nodePort").zoneId, "Z1");
  });

  it("has the ways with a weight, and the rules that they share apart from them", async () => {
    const weightedName = JSON.stringify({
      ...{ hostedZone: "example.com", domainName: "shop.example.com" },
      weights: { shared: 90, lbc: 10 },
    });
    const { resources, outputs } = await run(false, { weightedName });
    assert.deepEqual(namesOf(resources, "Service").sort(), ["lbc", "shared", "shared-neighbour"]);
    assert.deepEqual(namesOf(resources, "LoadBalancer"), ["shared-front"]);
    assert.deepEqual(namesOf(resources, "Record").sort(), ["clients-lbc", "clients-shared"]);
    const shared = namesOf(resources, "SecurityGroupIngressRule").filter((name) => name.includes("icmp"));
    assert.deepEqual(shared, ["nodeport-icmp-3-4-0.0.0.0/0"]);
    assert.equal(outputs.nodePort, undefined);
  });

  it("gives the tags to the load balancer that Services share as well", async () => {
    const weightedName = JSON.stringify({
      ...{ hostedZone: "example.com", domainName: "shop.example.com" },
      weights: { shared: 90, loadBalancer: 10 },
    });
    const { resources } = await run(false, { weightedName, tags: '{"team":"shop"}' });
    const tagged = ["LoadBalancer shared-front", "TargetGroup shared-80"].map((each) => {
      const [type = "", name = ""] = each.split(" ");
      return inputsOf(resources, type, name).tags;
    });
    assert.deepEqual(tagged, [{ team: "shop" }, { team: "shop" }]);
  });

  for (const way of ["nodePort", "shared", "loadBalancer", "lbc"])
    it(`compares nothing where ${way} is the only way`, async () => {
      const weightedName = JSON.stringify({
        ...{ hostedZone: "example.com", domainName: "shop.example.com" },
        weights: { [way]: 100 },
      });
      for (const preview of [true, false]) {
        const { outputs } = await run(preview, { weightedName });
        const { known: isKnown, ...knowledge } = await knowledgeOf(outputs.comparison);
        const verdict = `Not compared: the stack has one way, ${way.toLowerCase()}`;
        assert.deepEqual([isKnown, knowledge], [true, { value: { verdict } }]);
      }
    });

  it("refuses the AWS Load Balancer Controller's way twice", async () => {
    const weightedName = JSON.stringify({
      ...{ hostedZone: "example.com", domainName: "shop.example.com" },
      weights: { nodePort: 90, lbc: 10 },
    });
    await assert.rejects(
      run(true, { weightedName, controller: "aws-load-balancer-controller" }),
      /weightedName\.weights\.lbc: with controller aws-load-balancer-controller, loadBalancer is the same way/,
    );
  });

  it("offers only names in a first preview", async () => {
    const { outputs } = await run(true);
    assert.equal(outputs.clusterName, "dev");
    assert.deepEqual(await known(outputs.nodePort), {
      url: "unknown",
      hostname: "unknown",
      addresses: "unknown",
      namespace: "nodeport-1a2b3c4d",
      service: "nodeport-1a2b3c4d",
      nodePorts: "unknown",
      loadBalancerArn: "unknown",
      targetGroupArns: "unknown",
    });
    assert.deepEqual(await known(outputs.loadBalancer), {
      url: "unknown",
      hostname: "unknown",
      addresses: "unknown",
      namespace: "loadbalancer-1a2b3c4d",
      service: "loadbalancer-1a2b3c4d",
      nodePorts: "unknown",
    });
  });

  it("offers the addresses of both exposures after an update", async () => {
    const { outputs } = await run(false);
    assert.deepEqual(await known(outputs.nodePort), {
      url: "http://nodeport.elb.example.com",
      hostname: "nodeport.elb.example.com",
      addresses: ["nodeport.elb.example.com"],
      namespace: "nodeport-1a2b3c4d",
      service: "nodeport-1a2b3c4d",
      nodePorts: { http: 31000 },
      loadBalancerArn: "arn:lb:nodeport",
      targetGroupArns: { http: "arn:tg:nodeport-80" },
    });
    assert.deepEqual(await known(outputs.loadBalancer), {
      url: "http://loadbalancer.elb.example.com",
      hostname: "loadbalancer.elb.example.com",
      addresses: ["loadbalancer.elb.example.com"],
      namespace: "loadbalancer-1a2b3c4d",
      service: "loadbalancer-1a2b3c4d",
      nodePorts: { http: 31000 },
    });
  });

  it("compares in a preview also where a rule of the nodes' security group has no description", async () => {
    const program = () => import(`../../../index.ts?run=${runs++}`) as Promise<Outputs>;
    const { result } = await declare(program, {
      preview: true,
      calls: {
        ...calls,
        "aws:vpc/getSecurityGroupRules:getSecurityGroupRules": () => ({
          ids: Array.from({ length: 60 }, (_, index) => `sgr-${index}`),
        }),
        "aws:vpc/getSecurityGroupRule:getSecurityGroupRule": () => ({
          isEgress: false,
          ipProtocol: "-1",
          fromPort: -1,
          toPort: -1,
          referencedSecurityGroupId: "sg-nodes",
        }),
      },
      // So few that the rules have to be read.
      config: devConfig({ quotas: '{"rulesPerSecurityGroup":62}' }),
    });
    const knowledge = await knowledgeOf(result.comparison);
    assert.ok(knowledge.known);
    assert.match((knowledge.value as ShortForm).verdict, /^Equivalent as planned: /);
  });

  it("offers the same comparison in a preview and after the update", async () => {
    const knowledge = async (preview: boolean) => knowledgeOf((await run(preview)).outputs.comparison);
    const before = await knowledge(true);
    assert.ok(before.known);
    const { verdict, aspects } = before.value as ShortForm;
    assert.match(verdict, /^Equivalent as planned: /);
    assert.deepEqual([aspects.different, aspects.unknown], [0, 0]);
    assert.deepEqual(await knowledge(false), before);
  });

  const certificateArn = "arn:aws:acm:us-west-2:123456789012:certificate/1";
  const sameInBothWays: Readonly<Record<string, Record<string, string>>> = {
    "TLS at some ports": {
      ports: JSON.stringify([
        { name: "http", port: 80 },
        { name: "https", port: 443, tls: { certificateArn } },
      ]),
    },
    "pods as targets": {
      controller: "aws-load-balancer-controller",
      targetType: "ip",
      targetGroupBinding: "true",
      securityGroups: '["own"]',
    },
    "ports for health checks": {
      externalTrafficPolicy: "Local",
      healthCheckNodePorts: '{"nodePort":30010,"loadBalancer":30011}',
    },
    "cross-zone load balancing of target groups": {
      controller: "aws-load-balancer-controller",
      targetGroupCrossZoneLoadBalancing: "true",
      securityGroups: '["own"]',
    },
  };
  for (const [what, changes] of Object.entries(sameInBothWays)) {
    it(`predicts the same of both ways with ${what}`, async () => {
      const { outputs } = await run(true, changes);
      const knowledge = await knowledgeOf(outputs.comparison);
      assert.ok(knowledge.known);
      assert.match((knowledge.value as ShortForm).verdict, /^Equivalent as planned: .* 0 unexplained/);
    });
  }

  it("leads to the pods' own port with pods as targets, and to kube-proxy's with a port for health checks", async () => {
    const pods = await run(true, sameInBothWays["pods as targets"]);
    const { targetType, port } = inputsOf(pods.resources, "TargetGroup", "nodeport-80-ip-sg");
    assert.deepEqual([targetType, port], ["ip", 8080]);
    const { resources } = await run(true, sameInBothWays["ports for health checks"]);
    const { healthCheck } = inputsOf(resources, "TargetGroup", "nodeport-80");
    assert.equal((healthCheck as { port: string }).port, "30010");
    assert.deepEqual(
      services(resources).map((spec) => spec.healthCheckNodePort),
      [undefined, 30011],
    );
  });

  it("declares the same app twice, and the same Service except for its type and source ranges", async () => {
    const { resources } = await run(false);
    const [nodePort, loadBalancer] = services(resources);
    assert.deepEqual(
      { ...nodePort, type: "LoadBalancer", loadBalancerSourceRanges: ["0.0.0.0/0"] },
      loadBalancer,
    );
    const [first, second] = ["nodeport", "loadbalancer"].map(
      (name) => inputsOf(resources, "Deployment", name).spec,
    );
    assert.deepEqual(first, second);
  });

  it("passes every option to both ways", async () => {
    const { resources } = await run(false, {
      scheme: "internal",
      externalTrafficPolicy: "Local",
      crossZoneLoadBalancing: "true",
      preserveClientIp: "false",
      healthCheck: '{"protocol":"HTTP","path":"/healthz","intervalSeconds":20}',
      subnetIds: '["subnet-b"]',
      tags: '{"team":"shop"}',
    });
    assert.deepEqual(
      services(resources).map((spec) => spec.externalTrafficPolicy),
      ["Local", "Local"],
    );
    assert.deepEqual(inputsOf(resources, "LoadBalancer", "nodeport"), {
      loadBalancerType: "network",
      internal: true,
      subnets: ["subnet-b"],
      enableCrossZoneLoadBalancing: true,
      tags: { team: "shop" },
    });
    const { preserveClientIp, healthCheck } = inputsOf(resources, "TargetGroup", "nodeport-80");
    assert.equal(preserveClientIp, "false");
    assert.deepEqual(healthCheck, {
      protocol: "HTTP",
      port: "traffic-port",
      path: "/healthz",
      interval: 20,
      timeout: 6,
      healthyThreshold: 2,
      unhealthyThreshold: 2,
    });
    const { metadata } = inputsOf(resources, "Service", "loadbalancer") as {
      metadata: { annotations: Record<string, string> };
    };
    const annotations = Object.entries(metadata.annotations).map(([key, value]) => [
      key.replace("service.beta.kubernetes.io/aws-load-balancer-", ""),
      value,
    ]);
    assert.deepEqual(Object.fromEntries(annotations), {
      type: "nlb",
      internal: "true",
      subnets: "subnet-b",
      "cross-zone-load-balancing-enabled": "true",
      "additional-resource-tags": "team=shop",
      "target-group-attributes": "preserve_client_ip.enabled=false",
      "healthcheck-protocol": "HTTP",
      "healthcheck-path": "/healthz",
      "healthcheck-interval": "20",
    });
  });

  it("declares the rules that both ways need before the LoadBalancer Service", async () => {
    const { resources } = await run(false);
    const order = resources.map(({ type, name }) => `${type} ${name}`);
    const rule = order.indexOf(
      "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule nodeport-icmp-3-4-0.0.0.0/0",
    );
    assert.ok(rule >= 0 && rule < order.indexOf("kubernetes:core/v1:Service loadbalancer"), order.join("\n"));
  });

  it("imports the load balancers that it has taken over", async () => {
    const adopted = JSON.stringify({
      "shop/web": {
        ports: [{ name: "http", port: 80, nodePort: 30080 }],
        loadBalancerSourceRanges: ["0.0.0.0/0"],
        sharedNodeRules: false,
        import: { name: "a0123456789abcdef", arn: "arn:a0", listeners: [], rules: [] },
      },
    });
    const { resources } = await run(true, { adopted });
    assert.equal(inputsOf(resources, "LoadBalancer", "a0123456789a-fixed").name, "a0123456789abcdef");
  });

  it("omits the shared rules if another load balancer has them", async () => {
    const { resources } = await run(true, { sharedNodeRules: "false" });
    assert.deepEqual(namesOf(resources, "SecurityGroupIngressRule"), ["nodeport-tcp-of-80-0.0.0.0/0"]);
  });
});
