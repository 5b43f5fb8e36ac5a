import assert from "node:assert/strict";
import { Provider } from "@pulumi/kubernetes/provider.js";
import { LoadBalancerExposure, loadBalancerProblems } from "../../../../components/index.ts";
import type { NetworkLoadBalancerExposureArgs } from "../../../../components/index.ts";
import { declare, inputsOf, knowledgeOf, treeOf } from "../core/declaring.ts";

const args: NetworkLoadBalancerExposureArgs = {
  namespace: "shop",
  selector: { app: "web" },
  ports: [{ name: "http", port: 8443, targetPort: 8080, appProtocol: "https" }],
  loadBalancerSourceRanges: ["203.0.113.0/24"],
};

for (const preview of [true, false]) {
  describe(`LoadBalancerExposure (${preview ? "preview" : "update"})`, () => {
    const declareExposure = (changes: Partial<NetworkLoadBalancerExposureArgs> = {}) =>
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

    it("offers addresses, URL and node ports, all unknown in a first preview", async () => {
      const { result } = await declareExposure();
      const expected = (value: unknown) => (preview ? { known: false } : { known: true, value });
      assert.deepEqual(await knowledgeOf(result.addresses), expected(["web.elb.example.com"]));
      assert.deepEqual(await knowledgeOf(result.url), expected("https://web.elb.example.com:8443"));
      assert.deepEqual(await knowledgeOf(result.nodePorts), expected({ http: 31000 }));
    });

    it("offers the IP addresses of a load balancer that has no host name", async () => {
      const { result } = await declare(() => new LoadBalancerExposure("web", args), {
        preview,
        ingress: [{ ip: "203.0.113.9" }, { ip: "2001:db8::9" }],
      });
      const expected = (value: unknown) => (preview ? { known: false } : { known: true, value });
      assert.deepEqual(await knowledgeOf(result.addresses), expected(["203.0.113.9", "2001:db8::9"]));
      assert.deepEqual(await knowledgeOf(result.url), expected("https://203.0.113.9:8443"));
    });

    it("translates the options into annotations", async () => {
      const { resources } = await declareExposure({ scheme: "internal", crossZoneLoadBalancing: true });
      const { metadata } = inputsOf(resources, "Service", "web") as { metadata: { annotations: unknown } };
      assert.deepEqual(metadata.annotations, {
        "service.beta.kubernetes.io/aws-load-balancer-type": "nlb",
        "service.beta.kubernetes.io/aws-load-balancer-internal": "true",
        "service.beta.kubernetes.io/aws-load-balancer-cross-zone-load-balancing-enabled": "true",
      });
    });

    it("refuses options that the controller cannot implement", async () => {
      await declare(
        () => {
          assert.throws(
            () =>
              new LoadBalancerExposure("web", {
                ...args,
                deregistrationDelaySeconds: 5,
                healthCheck: { timeoutSeconds: 5 },
              }),
            /healthCheck\.timeoutSeconds: 5 cannot be set.*\n.*deregistrationDelaySeconds: 5 cannot be set/,
          );
        },
        { preview },
      );
    });

    /** An exposure that needs two rules: one for its port and one for path MTU discovery. */
    const another = (
      name: string,
      rulesPerSecurityGroup: number,
      changes: Partial<NetworkLoadBalancerExposureArgs> = {},
      provider?: Provider,
    ) =>
      new LoadBalancerExposure(
        name,
        { ...args, quotas: { rulesPerSecurityGroup }, ...changes },
        provider === undefined ? {} : { provider },
      );

    it("refuses the exposure whose rules exceed the quota together with earlier ones", async () => {
      const elsewhere = { loadBalancerSourceRanges: ["198.51.100.0/24"] };
      const program = () => {
        another("first", 4);
        // The rule for path MTU discovery from the same range already exists.
        another("second", 4);
        assert.throws(
          () => another("third", 4, elsewhere),
          /"third" cannot be declared:.* need 2 inbound rules .* earlier load balancers need 3; allowed are 4 /s,
        );
        // A refused exposure does not count.
        another("fourth", 4);
        assert.throws(
          () => another("fifth", 4),
          /need 1 inbound rules .* earlier load balancers need 4; allowed are 4 /,
        );
      };
      await declare(program, { preview });
      // Each run of a program starts from zero.
      await declare(program, { preview });
    });

    it("refuses the twentieth exposure with three ports under AWS's default quota", async () => {
      const ports = [80, 81, 82].map((port) => ({ name: `p${port}`, port }));
      await declare(
        () => {
          for (let count = 1; count < 20; count += 1) another(`web-${count}`, 60, { ports });
          assert.throws(
            () => another("web-20", 60, { ports }),
            /need 3 inbound rules .* earlier load balancers need 58; allowed are 60 /,
          );
        },
        { preview },
      );
    });

    it("counts another cluster separately", async () => {
      await declare(
        () => {
          another("here", 2);
          const there = new Provider("there");
          another("there", 2, {}, there);
          assert.throws(
            () => another("there-too", 2, {}, there),
            /need 1 inbound rules .* earlier load balancers need 2;/,
          );
        },
        { preview },
      );
    });

    it("counts only declared exposures, not those that are merely validated", async () => {
      await declare(
        () => {
          const quotas = { rulesPerSecurityGroup: 2 };
          for (const attempt of [1, 2])
            assert.deepEqual(loadBalancerProblems({ ...args, quotas }, args.ports), [], `${attempt}`);
          another("web", 2);
        },
        { preview },
      );
    });
  });
}
