import assert from "node:assert/strict";
import { InputPropertiesError, output, secret, unknown } from "@pulumi/pulumi";
import type { Inputs } from "@pulumi/pulumi";
import { ExposureProvider } from "../../../../../components/aws/provider/provider.ts";
import {
  LoadBalancerExposure,
  NetworkLoadBalancer,
  NodePortExposure,
  WeightedName,
} from "../../../../../components/index.ts";
import type { NodePortExposureArgs } from "../../../../../components/index.ts";
import type { Addresses } from "../../../../../components/core/index.ts";
import { callsOf } from "../answeringAccount.ts";
import { declare, inputsOf, namesOf, network } from "../../core/declaring.ts";

const { network: _network, ...args }: NodePortExposureArgs = {
  namespace: "shop",
  selector: { app: "web" },
  ports: [{ name: "http", port: 80, targetPort: 8080, healthCheck: { protocol: "HTTP", path: "/ready" } }],
  loadBalancerSourceRanges: ["203.0.113.0/24"],
  securityGroups: "own",
  network,
};

const clients = { loadBalancerSourceRanges: ["203.0.113.0/24"] };
const own = { "kubernetes.io/cluster/production": "owned" };
const account = {
  instances: { "i-1": { tags: own, groups: ["sg-1"] }, "i-2": { tags: own, groups: ["sg-1"] } },
  securityGroups: { "sg-1": { tags: own } },
  subnets: { "subnet-a": { ...own, "kubernetes.io/role/elb": "1" } },
  autoscalingGroups: {},
};

const constructed = (kind: string, inputs: Inputs, preview = false) =>
  declare(() => new ExposureProvider().construct("web", `exposure:index:${kind}`, inputs, {}), { preview });

async function refusals(inputs: Inputs): Promise<string[]> {
  try {
    await constructed("NodePortExposure", { ...args, network, ...inputs }, true);
  } catch (error) {
    if (!InputPropertiesError.isInstance(error)) throw error;
    return error.errors.map(({ propertyPath, reason }) => `${propertyPath} ${reason}`);
  }
  return [];
}

for (const preview of [true, false])
  describe(`components for other languages (${preview ? "preview" : "update"})`, () => {
    it("declare what they declare for a TypeScript program", async () => {
      const own = await constructed("NodePortExposure", { ...args, network }, preview);
      const program = await declare(() => new NodePortExposure("web", { ...args, network }), { preview });
      assert.deepEqual(own.resources, program.resources);
      const { securityGroups: _, ...shared } = args;
      const controllers = await constructed("LoadBalancerExposure", shared, preview);
      const other = await declare(() => new LoadBalancerExposure("web", shared), { preview });
      assert.deepEqual(controllers.resources, other.resources);
    });

    it("declare a load balancer of its own, and a name that leads to addresses", async () => {
      const balancer = { network, ports: [{ name: "http", port: 80, nodePort: 30080 }], ...clients };
      const made = await constructed("NetworkLoadBalancer", balancer, preview);
      const program = await declare(() => new NetworkLoadBalancer("web", balancer), { preview });
      assert.deepEqual(made.resources, program.resources);
      const named = { hostedZoneId: "Z1", domainName: "shop.example.com" };
      const addresses = output<Addresses>(["a.example.com"]);
      const led = await constructed(
        "WeightedName",
        { ...named, exposures: { own: { addresses, weight: 10 }, other: { addresses, weight: 0 } } },
        preview,
      );
      const exposure = { addresses };
      const name = await declare(
        () =>
          new WeightedName("web", {
            ...named,
            exposures: { own: { exposure, weight: 10 }, other: { exposure, weight: 0 } },
          }),
        { preview },
      );
      assert.deepEqual(led.resources, name.resources);
      assert.deepEqual(Object.keys(led.result.state), ["domainName"]);
    });

    it("offer what the schema says", async () => {
      const { result } = await constructed("EchoApp", { replicas: output(2) }, preview);
      assert.deepEqual(Object.keys(result.state), ["namespace", "selector", "deployment"]);
      assert.ok(Object.values(result.state).every((value) => value !== undefined));
    });

    it("take outputs whose values are known for plain values", async () => {
      const { resources } = await constructed(
        "NodePortExposure",
        { ...args, ports: output([{ name: "http", port: output(8080) }]), network },
        preview,
      );
      assert.equal(inputsOf(resources, "Listener", "web-8080").port, 8080);
    });

    it("keep outputs where the components take outputs", async () => {
      const topic = output(preview ? (unknown as string) : "arn:aws:sns:us-west-2:1:topic");
      const { resources } = await constructed(
        "NodePortExposure",
        { ...args, network, unhealthyHostCountAlarm: { alarmActions: [topic] } },
        preview,
      );
      const alarm = resources.find(({ type }) => type.endsWith(":MetricAlarm")) ?? assert.fail();
      assert.deepEqual(alarm.inputs.alarmActions, preview ? [unknown] : ["arn:aws:sns:us-west-2:1:topic"]);
    });
  });

describe("components for other languages", () => {
  it("declare no rule twice for pods at one port if each load balancer but one has its own group", async () => {
    const rules = async (name: string, more: Inputs) => {
      const inputs = { network, ports: [{ name: "http", port: 80, nodePort: 8080 }], targetType: "ip" };
      const targetGroupBinding = { namespace: "shop", serviceName: "web" };
      const given = { ...inputs, ...clients, targetGroupBinding, ...more };
      const type = "exposure:index:NetworkLoadBalancer";
      // A run of its own: the engine makes each component with a connection of its own.
      const { resources } = await declare(() => new ExposureProvider().construct(name, type, given, {}), {
        preview: false,
      });
      return namesOf(resources, "SecurityGroupIngressRule")
        .map((each) => inputsOf(resources, "SecurityGroupIngressRule", each))
        .map(({ description: _, ...rule }) => JSON.stringify(rule));
    };
    const first = await rules("first", {});
    const twice = (others: readonly string[]) => others.filter((rule) => first.includes(rule));
    assert.notDeepEqual(twice(await rules("second", { sharedNodeRules: false })), []);
    const own = await rules("second", { securityGroups: "own" });
    assert.ok(own.length > 0);
    assert.deepEqual(twice(own), []);
    const third = await rules("third", { securityGroups: "own" });
    assert.deepEqual(
      third.filter((rule) => own.includes(rule)),
      [],
    );
  });

  it("look a cluster's network up by its name", async () => {
    const { resources } = await declare(
      () =>
        new ExposureProvider().construct(
          "web",
          "exposure:index:NodePortExposure",
          { ...args, cluster: { name: "production" } },
          {},
        ),
      { preview: false, calls: callsOf(account) },
    );
    const targets = resources.filter(({ type }) => type.endsWith(":TargetGroupAttachment"));
    assert.deepEqual(targets.map(({ inputs }) => inputs.targetId).sort(), ["i-1", "i-2"]);
  });

  it("need the cluster or its network, and only one", async () => {
    assert.deepEqual(await refusals({ cluster: { name: "production" } }), [
      "cluster is set, and so is network; set one of them",
    ]);
    assert.deepEqual(await refusals({ network: undefined }), [
      "cluster is missing, and so is network; set one of them",
    ]);
  });

  it("refuse what is no argument, has another type or is missing, each by its path", async () => {
    assert.deepEqual(
      await refusals({
        loadBalancerSourceRanges: undefined,
        sourceRanges: ["0.0.0.0/0"],
        ports: [{ name: "http", port: "80", healthCheck: { protocol: "UDP" } }],
        tags: { team: 1 },
        scheme: "public",
        targetGroupBinding: { selector: {} },
        securityGroups: 7,
      }).then((found) =>
        found.map((each) => each.replace(/allowed are cluster, .*/, "allowed are …")).sort(),
      ),
      [
        "loadBalancerSourceRanges is missing; set it",
        "sourceRanges is unknown; allowed are …",
        'ports[0].port "80" is not allowed; allowed is a whole number',
        'ports[0].healthCheck.protocol "UDP" is not allowed; allowed is "TCP" or "HTTP" or "HTTPS"',
        'tags["team"] 1 is not allowed; allowed is a string',
        'scheme "public" is not allowed; allowed is "internal" or "internet-facing"',
        "targetGroupBinding.selector is unknown; allowed are nodeSelector",
        'securityGroups 7 is not allowed; allowed is "own" or a list',
      ].sort(),
    );
  });

  it("refuse values that are not known yet, and secrets", async () => {
    const found = await refusals({
      loadBalancerName: output(unknown as string),
      tags: { team: secret("x") },
    });
    assert.deepEqual(
      found.map((each) => each.split(",")[0]),
      ["tags.team is a secret", "loadBalancerName is not known yet"],
    );
  });

  it("refuse what the components refuse, by the same rules", async () => {
    const [found = ""] = await refusals({ loadBalancerSourceRanges: ["203.0.113.0/33"] });
    assert.match(found, /^loadBalancerSourceRanges\[0\] /);
  });

  it("are those of the schema", async () => {
    await assert.rejects(
      constructed("SharedNodeRules", {}),
      /there is no component exposure:index:SharedNodeRules; there are EchoApp, LoadBalancerExposure, NetworkLoadBalancer, NodePortExposure, WeightedName$/,
    );
  });
});
