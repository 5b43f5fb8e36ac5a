import assert from "node:assert/strict";
import { LoadBalancerExposure, NodePortExposure } from "../../../../components/index.ts";
import type {
  LoadBalancerExposureArgs,
  NetworkLoadBalancerExposureArgs,
} from "../../../../components/index.ts";
import { support } from "../../../../components/aws/support.ts";
import type { OptionName } from "../../../../components/aws/support/row.ts";
import { declare, network } from "../core/declaring.ts";
import { trials } from "./optionTrials.ts";

const args: NetworkLoadBalancerExposureArgs = {
  namespace: "shop",
  selector: { app: "web" },
  ports: [{ name: "http", port: 80 }],
  loadBalancerSourceRanges: ["203.0.113.0/24"],
};

/** The part of `actual` for which `expected` has values. */
function partOf(actual: unknown, expected: unknown): unknown {
  if (Array.isArray(actual) && Array.isArray(expected))
    return actual.map((item, index) => partOf(item, expected[index]));
  if (!isRecord(actual) || !isRecord(expected)) return actual;
  return Object.fromEntries(
    Object.entries(expected).map(([key, value]) => [key, partOf(actual[key], value)]),
  );
}

/** All attributes that the annotations of a Service name. */
function attributesIn(inputs: unknown): Readonly<Record<string, string>> {
  const annotations = partOf(inputs, { metadata: { annotations: undefined } }) as {
    readonly metadata: { readonly annotations: Readonly<Record<string, string>> };
  };
  const lists = Object.entries(annotations.metadata.annotations).filter(([name]) =>
    /-attributes(\.TCP-\d+)?$/.test(name),
  );
  const pairs = lists.flatMap(([, list]) => list.split(",").map((pair) => pair.split("=")));
  return Object.fromEntries(pairs.map(([key = "", value = ""]) => [key, value]));
}

/** The Service of a LoadBalancerExposure without the option. */
async function serviceWithout(more: Partial<LoadBalancerExposureArgs>): Promise<unknown> {
  const { resources } = await declare(() => new LoadBalancerExposure("web", { ...args, ...more }), {
    preview: false,
  });
  return resources.find(({ type }) => type.endsWith(":Service"))?.inputs;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

for (const name of Object.keys(support) as OptionName[]) {
  const row = support[name];
  const { given, nodePort, loadBalancer, loadBalancerController = loadBalancer, attributes } = trials[name];
  describe(`the option ${name}`, () => {
    it("is declared by a NodePortExposure where the table says", async () => {
      const { resources } = await declare(() => new NodePortExposure("web", { ...args, ...given, network }), {
        preview: false,
      });
      if (nodePort === undefined) {
        const { resources: without } = await declare(
          () => new NodePortExposure("web", { ...args, network }),
          { preview: false },
        );
        assert.deepEqual(resources, without);
        return;
      }
      assert.ok("by" in row.nodePort && row.nodePort.by.includes(nodePort.type), name);
      const found = resources.filter(({ type }) => type.endsWith(`:${nodePort.type}`));
      const [argument = ""] = Object.keys(nodePort.inputs);
      assert.ok(
        nodePort.type === "Service" || row.nodePort.by.includes(argument) || argument === "subnetMappings",
        `${row.nodePort.by} names ${argument}`,
      );
      const one = found.find(({ inputs }) => argument in inputs);
      assert.deepEqual(partOf(one?.inputs, nodePort.inputs), nodePort.inputs);
    });

    async function refused(more: Partial<LoadBalancerExposureArgs>, controller: string): Promise<void> {
      await declare(
        () => {
          assert.throws(
            () => new LoadBalancerExposure("web", { ...args, ...more }),
            (error: Error) => {
              assert.match(error.message, new RegExp(`\\n {2}${name}: .* cannot be set: the ${controller}`));
              assert.match(error.message, /omit it, or use a NodePortExposure/);
              return true;
            },
          );
        },
        { preview: false },
      );
    }

    if ("cannot" in row.loadBalancerController) {
      it("is refused where the AWS Load Balancer Controller serves the exposure, with the reason and the remedy", () =>
        refused({ ...given, controller: "aws-load-balancer-controller" }, "AWS Load Balancer Controller"));
    } else {
      const { by: declaredBy } = row.loadBalancerController;
      it("is declared as the table says where the AWS Load Balancer Controller serves the exposure", async () => {
        const controller = "aws-load-balancer-controller";
        const { resources } = await declare(
          () => new LoadBalancerExposure("web", { ...args, ...given, controller }),
          { preview: false },
        );
        const { inputs = {} } = resources.find(({ type }) => type.endsWith(":Service")) ?? {};
        if (attributes !== undefined) assert.deepEqual(partOf(attributesIn(inputs), attributes), attributes);
        else if (loadBalancerController !== undefined)
          assert.deepEqual(partOf(inputs, loadBalancerController), loadBalancerController);
        else assert.deepEqual(inputs, await serviceWithout({ controller }));
        const [, named] = /aws-load-balancer-([a-z4-]+)/.exec(declaredBy) ?? [];
        if (named !== undefined)
          assert.ok(JSON.stringify(inputs).includes(`aws-load-balancer-${named}`), named);
      });
    }

    if ("cannot" in row.loadBalancer) {
      it("is refused by a LoadBalancerExposure, with the reason and the remedy", async () => {
        await refused(given, "AWS cloud controller manager");
        assert.equal(loadBalancer, undefined);
      });
    } else {
      it("is declared by a LoadBalancerExposure as the table says", async () => {
        const { resources } = await declare(() => new LoadBalancerExposure("web", { ...args, ...given }), {
          preview: false,
        });
        const service = resources.find(({ type }) => type.endsWith(":Service"));
        if (loadBalancer !== undefined) assert.deepEqual(partOf(service?.inputs, loadBalancer), loadBalancer);
        else assert.deepEqual(service?.inputs, await serviceWithout({}));
      });
    }
  });
}
