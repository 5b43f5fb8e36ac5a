import assert from "node:assert/strict";
import { unknown } from "@pulumi/pulumi";
import type { ResourceTransformation } from "@pulumi/pulumi";
import { NodePortExposure } from "../../../../components/index.ts";
import type { NodePortExposureArgs } from "../../../../components/index.ts";
import { declare, inputsOf, namesOf, network, treeOf } from "../core/declaring.ts";

const args: NodePortExposureArgs = {
  namespace: "shop",
  selector: { app: "web" },
  ports: [
    { name: "http", port: 80, targetPort: 8080 },
    { name: "dns", port: 53, protocol: "UDP" },
  ],
  healthCheck: { port: 10256 },
  loadBalancerSourceRanges: ["0.0.0.0/0"],
  network,
  targetGroupBinding: true,
};

for (const preview of [true, false]) {
  describe(`a NodePortExposure with a target group binding (${preview ? "preview" : "update"})`, () => {
    const declareExposure = (
      changes: Partial<NodePortExposureArgs> = {},
      transformations: ResourceTransformation[] = [],
    ) =>
      declare(() => new NodePortExposure("web", { ...args, ...changes }, { transformations }), { preview });

    it("declares one for each target group instead of attachments, and the same rules of the nodes", async () => {
      const own = await declareExposure({ targetGroupBinding: false });
      const bound = await declareExposure();
      const others = (resources: typeof own.resources): string[] =>
        treeOf(resources)
          .filter((line) => !/Attachment|TargetGroupBinding/.test(line))
          .map((line) => line.replace(/-tgb$/, ""));
      assert.deepEqual(others(bound.resources), others(own.resources));
      assert.deepEqual(namesOf(bound.resources, "TargetGroupAttachment"), []);
      assert.deepEqual(namesOf(bound.resources, "TargetGroupBinding").sort(), ["web-53", "web-80"]);
    });

    it("gives the controller everything that it would fill in, and no rule to make", async () => {
      const { resources } = await declareExposure();
      const { metadata, spec } = inputsOf(resources, "TargetGroupBinding", "web-53");
      assert.deepEqual(spec, {
        targetGroupARN: preview ? unknown : "arn:tg:web-53-tgb",
        targetType: "instance",
        targetGroupProtocol: "UDP",
        ipAddressType: "ipv4",
        vpcID: "vpc-1",
        serviceRef: { name: "web-1a2b3c4d", port: "dns" },
      });
      assert.deepEqual(metadata, {
        namespace: "shop",
        annotations: { "pulumi.com/waitFor": "jsonpath={.status.observedGeneration}" },
      });
    });

    it("names the nodes by their labels if a selector is given", async () => {
      const nodeSelector = { "eks.amazonaws.com/nodegroup": "edge" };
      const { resources } = await declareExposure({ targetGroupBinding: { nodeSelector } });
      const { spec } = inputsOf(resources, "TargetGroupBinding", "web-80") as { spec: object };
      assert.deepEqual((spec as { nodeSelector: unknown }).nodeSelector, { matchLabels: nodeSelector });
    });

    it("lets a listener wait until the nodes are registered", async () => {
      const { resources } = await declareExposure();
      const order = resources.map(({ type, name }) => `${type.slice(type.lastIndexOf(":") + 1)} ${name}`);
      for (const port of ["web-80", "web-53"]) {
        const binding = order.indexOf(`TargetGroupBinding ${port}`);
        assert.ok(binding >= 0 && binding < order.indexOf(`Listener ${port}`), order.join(", "));
      }
    });

    it("looks the controller's kind up first, under a name that says what is needed", async () => {
      const seen = new Map<string, readonly unknown[]>();
      const note: ResourceTransformation = ({ resource, type, name, opts }) => {
        if (type.endsWith(":CustomResourceDefinition")) seen.set(name, [opts.id, resource]);
        if (type.endsWith(":TargetGroupBinding")) seen.set(name, [opts.dependsOn, opts.replaceOnChanges]);
        return undefined;
      };
      await declareExposure({}, [note]);
      const [id, definition] = seen.get("web-needs-aws-load-balancer-controller") ?? [];
      assert.equal(id, "targetgroupbindings.elbv2.k8s.aws");
      assert.deepEqual(seen.get("web-80"), [
        [definition],
        ["spec.targetGroupARN", "spec.targetType", "spec.vpcID"],
      ]);
    });

    it("looks nothing up without a binding", async () => {
      const seen: string[] = [];
      const note: ResourceTransformation = ({ type }) => {
        seen.push(type);
        return undefined;
      };
      await declareExposure({ targetGroupBinding: false }, [note]);
      assert.deepEqual(
        seen.filter((type) => /CustomResourceDefinition|TargetGroupBinding/.test(type)),
        [],
      );
    });

    const refused: readonly (readonly [
      what: string,
      changes: Partial<NodePortExposureArgs>,
      message: RegExp,
    ])[] = [
      [
        "with Auto Scaling groups, whose targets the controller would take out",
        { network: { ...network, autoscalingGroupNames: ["workers"] } },
        /targetGroupBinding: it is set together with network\.autoscalingGroupNames \(workers\); .*set one of them/,
      ],
      [
        "with what is no label's key",
        { targetGroupBinding: { nodeSelector: { "node group": "edge" } } },
        /targetGroupBinding\.nodeSelector\["node group"\]: "node group" is not allowed as a label's key/,
      ],
      [
        "with what is no label's value",
        { targetGroupBinding: { nodeSelector: { pool: "a b" } } },
        /targetGroupBinding\.nodeSelector\["pool"\]: "a b" is not allowed as a label's value/,
      ],
    ];
    for (const [what, changes, message] of refused) {
      it(`is refused ${what}`, async () => {
        await declare(
          () => {
            assert.throws(() => new NodePortExposure("web", { ...args, ...changes }), message);
          },
          { preview },
        );
      });
    }
  });
}
