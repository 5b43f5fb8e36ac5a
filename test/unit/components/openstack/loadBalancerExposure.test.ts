import assert from "node:assert/strict";
import { LoadBalancerExposure } from "../../../../components/openstack/index.ts";
import type { OctaviaExposureArgs } from "../../../../components/openstack/index.ts";
import { declare, inputsOf, knowledgeOf, treeOf } from "../core/declaring.ts";

const args: OctaviaExposureArgs = {
  namespace: "shop",
  selector: { app: "web" },
  ports: [{ name: "http", port: 80, targetPort: 8080, appProtocol: "http" }],
  loadBalancerSourceRanges: ["203.0.113.0/24"],
};

/** What a Service always says, as cloud.conf would decide it otherwise. An empty text wins as well. */
const none = {
  "loadbalancer.openstack.org/flavor-id": "",
  "loadbalancer.openstack.org/availability-zone": "",
  "loadbalancer.openstack.org/node-selector": "",
  "loadbalancer.openstack.org/default-tls-container-ref": "",
};
const always = {
  ...none,
  "loadbalancer.openstack.org/lb-method": "ROUND_ROBIN",
  "loadbalancer.openstack.org/enable-health-monitor": "true",
  "loadbalancer.openstack.org/health-monitor-delay": "5",
  "loadbalancer.openstack.org/health-monitor-timeout": "3",
  "loadbalancer.openstack.org/health-monitor-max-retries": "1",
  "loadbalancer.openstack.org/health-monitor-max-retries-down": "3",
};

for (const preview of [true, false]) {
  describe(`LoadBalancerExposure on OpenStack (${preview ? "preview" : "update"})`, () => {
    const declareExposure = (changes: Partial<OctaviaExposureArgs> = {}) =>
      declare(() => new LoadBalancerExposure("web", { ...args, ...changes }), {
        preview,
        ingress: [{ ip: "203.0.113.9" }],
      });
    const annotationsOf = async (changes: Partial<OctaviaExposureArgs>): Promise<unknown> => {
      const { resources } = await declareExposure(changes);
      return (inputsOf(resources, "Service", "web").metadata as { annotations: unknown }).annotations;
    };

    it("declares a LoadBalancer Service and nothing else", async () => {
      const { resources, result } = await declareExposure();
      assert.deepEqual(treeOf(resources), [
        "exposure:index:LoadBalancerExposure web",
        "  kubernetes:core/v1:Service web",
      ]);
      const { metadata, spec } = inputsOf(resources, "Service", "web");
      assert.deepEqual(metadata, { namespace: "shop", annotations: always });
      assert.deepEqual(spec, {
        type: "LoadBalancer",
        selector: { app: "web" },
        ports: [{ name: "http", port: 80, targetPort: 8080, protocol: "TCP", appProtocol: "http" }],
        externalTrafficPolicy: "Cluster",
        loadBalancerSourceRanges: ["203.0.113.0/24"],
      });
      const expected = (value: unknown) => (preview ? { known: false } : { known: true, value });
      assert.deepEqual(await knowledgeOf(result.addresses), expected(["203.0.113.9"]));
    });

    it("translates every option into an annotation", async () => {
      assert.deepEqual(
        await annotationsOf({
          scheme: "internal",
          healthMonitor: { delaySeconds: 10, timeoutSeconds: 4, maxRetries: 2, maxRetriesDown: 5 },
          lbMethod: "SOURCE_IP",
          clientAddress: "PROXYV2",
          connectionLimit: 100,
          timeouts: {
            clientDataMilliseconds: 1,
            memberConnectMilliseconds: 2,
            memberDataMilliseconds: 3,
            tcpInspectMilliseconds: 4,
          },
          flavorId: "two",
          availabilityZone: "zone-a",
          keepFloatingIp: true,
        }),
        {
          "service.beta.kubernetes.io/openstack-internal-load-balancer": "true",
          "loadbalancer.openstack.org/lb-method": "SOURCE_IP",
          "loadbalancer.openstack.org/enable-health-monitor": "true",
          "loadbalancer.openstack.org/health-monitor-delay": "10",
          "loadbalancer.openstack.org/health-monitor-timeout": "4",
          "loadbalancer.openstack.org/health-monitor-max-retries": "2",
          "loadbalancer.openstack.org/health-monitor-max-retries-down": "5",
          "loadbalancer.openstack.org/proxy-protocol": "v2",
          "loadbalancer.openstack.org/connection-limit": "100",
          "loadbalancer.openstack.org/timeout-client-data": "1",
          "loadbalancer.openstack.org/timeout-member-connect": "2",
          "loadbalancer.openstack.org/timeout-member-data": "3",
          "loadbalancer.openstack.org/timeout-tcp-inspect": "4",
          "loadbalancer.openstack.org/flavor-id": "two",
          "loadbalancer.openstack.org/availability-zone": "zone-a",
          "loadbalancer.openstack.org/node-selector": "",
          "loadbalancer.openstack.org/default-tls-container-ref": "",
          "loadbalancer.openstack.org/keep-floatingip": "true",
        },
      );
      assert.deepEqual(await annotationsOf({ clientAddress: "X-Forwarded-For" }), {
        ...always,
        "loadbalancer.openstack.org/x-forwarded-for": "true",
      });
      assert.deepEqual(await annotationsOf({ healthMonitor: false }), {
        ...none,
        "loadbalancer.openstack.org/lb-method": "ROUND_ROBIN",
        "loadbalancer.openstack.org/enable-health-monitor": "false",
      });
    });

    it("takes TCP and UDP in one Service", async () => {
      const { resources } = await declareExposure({
        ports: [
          { name: "dns", port: 53 },
          { name: "dns-udp", port: 53, protocol: "UDP" },
        ],
      });
      const { spec } = inputsOf(resources, "Service", "web") as { spec: { ports: unknown[] } };
      assert.equal(spec.ports.length, 2);
    });

    it("refuses what only the other way can do, and names it", async () => {
      const refusals: readonly [Partial<OctaviaExposureArgs>, RegExp][] = [
        [
          { loadbalancerProvider: "lab" },
          /loadbalancerProvider: "lab" cannot be set: the OpenStack cloud controller manager has one for all Services, lb-provider in its cloud\.conf; omit it, or use a NodePortExposure/,
        ],
        [{ tags: ["shop"] }, /tags: \["shop"\] cannot be set: .*; omit it, or use a NodePortExposure/],
      ];
      await declare(
        () => {
          for (const [changes, message] of refusals)
            assert.throws(() => new LoadBalancerExposure("web", { ...args, ...changes }), message);
        },
        { preview },
      );
    });
  });
}
