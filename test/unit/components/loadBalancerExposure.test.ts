import assert from "node:assert/strict";
import { LoadBalancerExposure } from "../../../components/index.ts";
import type { ExposureArgs } from "../../../components/index.ts";
import { declare, inputsOf, knowledgeOf, treeOf } from "./declaring.ts";

const args: ExposureArgs = {
  namespace: "shop",
  selector: { app: "web" },
  ports: [{ name: "http", port: 8443, targetPort: 8080, appProtocol: "https" }],
  loadBalancerSourceRanges: ["203.0.113.0/24"],
};

for (const preview of [true, false]) {
  describe(`LoadBalancerExposure (${preview ? "preview" : "update"})`, () => {
    const declareExposure = (changes: Partial<ExposureArgs> = {}) =>
      declare(() => new LoadBalancerExposure("web", { ...args, ...changes }), { preview });

    it("declares a LoadBalancer Service and nothing else", async () => {
      const { resources } = await declareExposure();
      assert.deepEqual(treeOf(resources), [
        "exposure:index:LoadBalancerExposure web",
        "  kubernetes:core/v1:Service web",
      ]);
      const { metadata, spec } = inputsOf(resources, "Service", "web");
      assert.deepEqual(metadata, {
        namespace: "shop",
        annotations: { "service.beta.kubernetes.io/aws-load-balancer-type": "nlb" },
      });
      assert.deepEqual(spec, {
        type: "LoadBalancer",
        selector: { app: "web" },
        ports: [{ name: "http", port: 8443, targetPort: 8080, protocol: "TCP", appProtocol: "https" }],
        externalTrafficPolicy: "Cluster",
        loadBalancerSourceRanges: ["203.0.113.0/24"],
      });
    });

    it("offers host name, URL and node ports, all unknown in a first preview", async () => {
      const { result } = await declareExposure();
      const expected = (value: unknown) => (preview ? { known: false } : { known: true, value });
      assert.deepEqual(await knowledgeOf(result.hostname), expected("web.elb.example.com"));
      assert.deepEqual(await knowledgeOf(result.url), expected("https://web.elb.example.com:8443"));
      assert.deepEqual(await knowledgeOf(result.nodePorts), expected({ http: 31000 }));
    });

    it("tells the controller in annotations what the options say", async () => {
      const { resources } = await declareExposure({ scheme: "internal", crossZoneLoadBalancing: true });
      const { metadata } = inputsOf(resources, "Service", "web") as { metadata: { annotations: unknown } };
      assert.deepEqual(metadata.annotations, {
        "service.beta.kubernetes.io/aws-load-balancer-type": "nlb",
        "service.beta.kubernetes.io/aws-load-balancer-internal": "true",
        "service.beta.kubernetes.io/aws-load-balancer-cross-zone-load-balancing-enabled": "true",
      });
    });

    it("refuses what the controller cannot do, instead of dropping it", async () => {
      await declare(
        () => {
          assert.throws(
            () =>
              new LoadBalancerExposure("web", {
                ...args,
                deregistrationDelaySeconds: 5,
                healthCheck: { timeoutSeconds: 5 },
              }),
            /healthCheck\.timeoutSeconds: 5 cannot be expressed.*\n.*deregistrationDelaySeconds: 5 cannot be expressed/,
          );
        },
        { preview },
      );
    });
  });
}
