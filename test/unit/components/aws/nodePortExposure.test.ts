import assert from "node:assert/strict";
import { output, unknown } from "@pulumi/pulumi";
import { listenersOf } from "../../../../components/aws/listeners.ts";
import { NodePortExposure } from "../../../../components/index.ts";
import type { NodePortExposureArgs } from "../../../../components/index.ts";
import { declare, inputsOf, knowledgeOf, namesOf, network, treeOf } from "../core/declaring.ts";

const args: NodePortExposureArgs = {
  namespace: "shop",
  selector: { app: "web" },
  ports: [{ name: "http", port: 80, targetPort: 8080, appProtocol: "http" }],
  loadBalancerSourceRanges: ["0.0.0.0/0"],
  network,
};

for (const preview of [true, false]) {
  describe(`NodePortExposure (${preview ? "preview" : "update"})`, () => {
    const declareExposure = (changes: Partial<NodePortExposureArgs> = {}) =>
      declare(() => new NodePortExposure("web", { ...args, ...changes }), { preview });

    it("declares a NodePort Service and a load balancer", async () => {
      const { resources } = await declareExposure();
      assert.deepEqual(treeOf(resources).slice(0, 3), [
        "exposure:index:NodePortExposure web",
        "  exposure:index:NetworkLoadBalancer web",
        "    aws:lb/listener:Listener web-80",
      ]);
      const { metadata, spec } = inputsOf(resources, "Service", "web");
      assert.deepEqual(metadata, { namespace: "shop" });
      assert.deepEqual(spec, {
        type: "NodePort",
        selector: { app: "web" },
        ports: [{ name: "http", port: 80, targetPort: 8080, protocol: "TCP", appProtocol: "http" }],
        externalTrafficPolicy: "Cluster",
      });
    });

    it("has a second Service under the policy Local, whose port its health check uses", async () => {
      const { resources } = await declareExposure({
        externalTrafficPolicy: "Local",
        healthCheckNodePort: 30080,
        healthCheck: { intervalSeconds: 5 },
        sharedNodeRules: false,
        loadBalancerSourceRanges: ["203.0.113.0/24"],
      });
      const { metadata, spec } = inputsOf(resources, "Service", "web-health");
      assert.deepEqual(metadata, { namespace: "shop", annotations: { "pulumi.com/skipAwait": "true" } });
      assert.deepEqual(spec, {
        type: "LoadBalancer",
        loadBalancerClass: "exposure/health-check-only",
        allocateLoadBalancerNodePorts: false,
        externalTrafficPolicy: "Local",
        healthCheckNodePort: 30080,
        selector: { app: "web" },
        ports: [{ name: "http", port: 80, targetPort: 8080, protocol: "TCP", appProtocol: "http" }],
      });
      assert.deepEqual(inputsOf(resources, "Service", "web").metadata, {
        namespace: "shop",
        annotations: { "exposure/health-check-node-port": "30080" },
      });
      assert.deepEqual(inputsOf(resources, "TargetGroup", "web-80").healthCheck, {
        protocol: "HTTP",
        port: "30080",
        path: "/healthz",
        interval: 5,
        timeout: 5,
        healthyThreshold: 2,
        unhealthyThreshold: 2,
      });
      // The port is this exposure's alone, so its rules are not those that load balancers share.
      const rules = namesOf(resources, "SecurityGroupIngressRule");
      for (const cidr of ["10.0.0.0/20", "10.0.16.0/20"])
        assert.ok(rules.includes(`web-tcp-30080-${cidr}`), rules.join());
    });

    it("refuses a port for health checks that Kubernetes does not have, and another check besides", async () => {
      const refusals: readonly [Partial<NodePortExposureArgs>, RegExp][] = [
        [
          { healthCheckNodePort: 30080 },
          /healthCheckNodePort: 30080 is not allowed with externalTrafficPolicy "Cluster": .*; set externalTrafficPolicy to "Local", or omit it/,
        ],
        [
          { healthCheckNodePort: 8080, externalTrafficPolicy: "Local" },
          /healthCheckNodePort: 8080 is not allowed; allowed are whole numbers from 30000 to 32767/,
        ],
        [
          { healthCheckNodePort: 30080, externalTrafficPolicy: "Local", healthCheck: { port: 10256 } },
          /healthCheck\.port: 10256 would have no effect: with healthCheckNodePort 30080, .*; omit one of the two/,
        ],
      ];
      await declare(
        () => {
          for (const [changes, message] of refusals)
            assert.throws(() => new NodePortExposure("web", { ...args, ...changes }), message);
        },
        { preview },
      );
    });

    it("has one listener for TCP and UDP on one number, with a node port for both", async () => {
      const { resources, result } = await declareExposure({
        ports: [
          { name: "dns", port: 53, nodePort: 30053 },
          { name: "dns-udp", port: 53, protocol: "UDP" },
          { name: "http", port: 80 },
        ],
      });
      const { spec } = inputsOf(resources, "Service", "web") as { spec: { ports: readonly object[] } };
      assert.deepEqual(spec.ports.slice(0, 2), [
        { name: "dns", port: 53, targetPort: 53, protocol: "TCP", nodePort: 30053 },
        { name: "dns-udp", port: 53, targetPort: 53, protocol: "UDP", nodePort: 30053 },
      ]);
      const listener = inputsOf(resources, "Listener", "web-53");
      assert.equal(listener.protocol, "TCP_UDP");
      const group = inputsOf(resources, "TargetGroup", "web-53");
      assert.equal(group.protocol, "TCP_UDP");
      // A TCP connection tells whether a node answers.
      assert.deepEqual(
        { port: (group.healthCheck as { port: string }).port, nodePort: group.port },
        { port: "traffic-port", nodePort: 30053 },
      );
      const rules = namesOf(resources, "SecurityGroupIngressRule").sort();
      const of80 = preview ? "of-80" : "31002";
      assert.deepEqual(
        rules.slice(1),
        ["web-tcp-30053-0.0.0.0/0", `web-tcp-${of80}-0.0.0.0/0`, "web-udp-30053-0.0.0.0/0"].sort(),
      );
      const arns = preview
        ? { known: false }
        : {
            known: true,
            value: { dns: "arn:tg:web-53", "dns-udp": "arn:tg:web-53", http: "arn:tg:web-80" },
          };
      assert.deepEqual(await knowledgeOf(result.loadBalancer.targetGroupArns), arns);
    });

    it("says what to do if Kubernetes has given TCP and UDP on one number different node ports", async () => {
      const both: NodePortExposureArgs["ports"] = [
        { name: "dns", port: 53 },
        { name: "dns-udp", port: 53, protocol: "UDP" },
      ];
      const { nodePort } = listenersOf(
        both.map(({ name, port, protocol = "TCP" }, index) => ({
          name,
          port,
          protocol,
          nodePort: output(31000 + index),
        })),
      )[0]!;
      if (preview) return;
      await assert.rejects(
        (nodePort as unknown as { promise(): Promise<number> }).promise(),
        /"dns" has the node port 31000, and "dns-udp" has 31001: .* set ports\[\]\.nodePort to 31000 for both\./,
      );
    });

    it("passes the allocated node port to the target group and the rule", async () => {
      const { resources } = await declareExposure();
      const allocated = preview ? unknown : 31000;
      assert.equal(inputsOf(resources, "TargetGroup", "web-80").port, allocated);
      // Until it is known, the rule has the listener's port in its name.
      const key = preview ? "tcp-of-80" : "tcp-31000";
      const rule = inputsOf(resources, "SecurityGroupIngressRule", `web-${key}-0.0.0.0/0`);
      assert.deepEqual([rule.fromPort, rule.toPort], [allocated, allocated]);
    });

    it("uses a fixed node port, which is known before the update", async () => {
      const { result, resources } = await declareExposure({
        ports: [{ ...args.ports[0]!, nodePort: 30080 }],
      });
      assert.equal(inputsOf(resources, "TargetGroup", "web-80").port, 30080);
      assert.deepEqual(await knowledgeOf(result.nodePorts), { known: true, value: { http: 30080 } });
    });

    it("offers addresses, URL and node ports, all unknown in a first preview", async () => {
      const { result } = await declareExposure();
      const expected = (value: unknown) => (preview ? { known: false } : { known: true, value });
      assert.deepEqual(await knowledgeOf(result.addresses), expected(["web.elb.example.com"]));
      assert.deepEqual(await knowledgeOf(result.url), expected("http://web.elb.example.com"));
      assert.deepEqual(await knowledgeOf(result.nodePorts), expected({ http: 31000 }));
    });

    it("checks the node port under policy Local, with the controller's timing for Local", async () => {
      const { resources } = await declareExposure({ externalTrafficPolicy: "Local" });
      const { spec } = inputsOf(resources, "Service", "web") as { spec: { externalTrafficPolicy: string } };
      assert.equal(spec.externalTrafficPolicy, "Local");
      assert.deepEqual(inputsOf(resources, "TargetGroup", "web-80").healthCheck, {
        protocol: "TCP",
        port: "traffic-port",
        interval: 10,
        timeout: 10,
        healthyThreshold: 2,
        unhealthyThreshold: 2,
      });
    });

    it("sets session affinity and traffic distribution only if they are given", async () => {
      const given = { sessionAffinity: "ClientIP", trafficDistribution: "PreferSameNode" } as const;
      const { spec } = inputsOf((await declareExposure(given)).resources, "Service", "web") as {
        spec: Record<string, unknown>;
      };
      assert.deepEqual([spec.sessionAffinity, spec.trafficDistribution], ["ClientIP", "PreferSameNode"]);
    });

    it("carries TCP and UDP in one Service, which a LoadBalancer Service cannot", async () => {
      const { resources } = await declareExposure({
        ports: [args.ports[0]!, { name: "dns", port: 53, protocol: "UDP" }],
        healthCheck: { port: 10256 },
      });
      assert.equal(inputsOf(resources, "Listener", "web-53").protocol, "UDP");
    });

    it("checks each port by its own check, and opens the nodes to all of them", async () => {
      const check = { protocol: "HTTP", port: 10256, path: "/healthz" } as const;
      const { resources } = await declareExposure({
        loadBalancerSourceRanges: ["203.0.113.0/24"],
        healthCheck: { intervalSeconds: 10 },
        ports: [
          { ...args.ports[0]!, nodePort: 30080 },
          { name: "dns", port: 53, protocol: "UDP", nodePort: 30053, healthCheck: check },
        ],
      });
      const checkOf = (port: number) => {
        const { healthCheck } = inputsOf(resources, "TargetGroup", `web-${port}`);
        const { protocol, port: at, interval } = healthCheck as Record<string, unknown>;
        return [protocol, at, interval];
      };
      assert.deepEqual(checkOf(80), ["TCP", "traffic-port", 10]);
      assert.deepEqual(checkOf(53), ["HTTP", "10256", 30]);
      const rules = treeOf(resources).flatMap((line) => /IngressRule web-(.*)$/.exec(line)?.[1] ?? []);
      assert.deepEqual(rules.sort(), [
        "icmp-3-4-203.0.113.0/24",
        "tcp-10256-10.0.0.0/20",
        "tcp-10256-10.0.16.0/20",
        "tcp-30080-10.0.0.0/20",
        "tcp-30080-10.0.16.0/20",
        "tcp-30080-203.0.113.0/24",
        "udp-30053-203.0.113.0/24",
      ]);
    });

    it("tags the load balancer, its listeners and its target groups, and nothing without tags", async () => {
      const tagsIn = async (changes: Partial<NodePortExposureArgs>) => {
        const { resources } = await declareExposure(changes);
        return [
          inputsOf(resources, "LoadBalancer", "web").tags,
          inputsOf(resources, "Listener", "web-80").tags,
          inputsOf(resources, "TargetGroup", "web-80").tags,
        ];
      };
      const tags = { team: "shop" };
      assert.deepEqual(await tagsIn({ tags }), [tags, tags, tags]);
      assert.deepEqual(await tagsIn({}), [undefined, undefined, undefined]);
    });

    it("refuses an invalid port before it declares the Service", async () => {
      const { resources } = await declare(
        () => {
          assert.throws(
            () => new NodePortExposure("web", { ...args, ports: [{ name: "http", port: 70000 }] }),
            {
              message:
                'NodePortExposure "web" cannot be declared:\n  ports[0].port: 70000 is not allowed; allowed are whole numbers from 1 to 65535',
            },
          );
        },
        { preview },
      );
      assert.deepEqual(treeOf(resources), ["exposure:index:NodePortExposure web"]);
    });
  });
}
