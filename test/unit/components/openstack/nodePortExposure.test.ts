import assert from "node:assert/strict";
import { unknown } from "@pulumi/pulumi";
import type { ResourceTransformation } from "@pulumi/pulumi";
import { NodePortExposure } from "../../../../components/openstack/index.ts";
import type { NodePortExposureArgs } from "../../../../components/openstack/index.ts";
import { declare, inputsOf, knowledgeOf, namesOf, treeOf } from "../core/declaring.ts";
import { network } from "./network.ts";

const args: NodePortExposureArgs = {
  namespace: "shop",
  selector: { app: "web" },
  ports: [{ name: "http", port: 80, targetPort: 8080, appProtocol: "http" }],
  loadBalancerSourceRanges: ["203.0.113.0/24"],
  network,
};

for (const preview of [true, false]) {
  describe(`NodePortExposure on OpenStack (${preview ? "preview" : "update"})`, () => {
    const declareExposure = (changes: Partial<NodePortExposureArgs> = {}) =>
      declare(() => new NodePortExposure("web", { ...args, ...changes }), { preview });
    /** A value that only an update can know. */
    const known = (value: unknown) => (preview ? unknown : value);

    it("declares a NodePort Service and every object of an Octavia load balancer", async () => {
      const { resources } = await declareExposure();
      assert.deepEqual(treeOf(resources), [
        "exposure:index:NodePortExposure web",
        "  exposure:index:OctaviaLoadBalancer web",
        "    openstack:loadbalancer/listener:Listener web-http",
        "    openstack:loadbalancer/loadBalancer:LoadBalancer web",
        "    openstack:loadbalancer/member:Member web-http-10.0.0.11",
        "    openstack:loadbalancer/member:Member web-http-10.0.0.12",
        "    openstack:loadbalancer/monitor:Monitor web-http",
        "    openstack:loadbalancer/pool:Pool web-http",
        "    openstack:networking/floatingIp:FloatingIp web",
        "    openstack:networking/secGroupRule:SecGroupRule web-http",
        "  kubernetes:core/v1:Service web",
      ]);
    });

    it("lists who may connect in Octavia's order, so that a look at what is there finds no change", async () => {
      const { resources } = await declareExposure({
        loadBalancerSourceRanges: ["203.0.113.0/24", "198.51.100.8/29", "10.0.0.0/18"],
      });
      assert.deepEqual(inputsOf(resources, "Listener", "web-http").allowedCidrs, [
        "10.0.0.0/18",
        "198.51.100.8/29",
        "203.0.113.0/24",
      ]);
    });

    it("gives each object the controller's defaults, and leads to the node port", async () => {
      const { resources } = await declareExposure();
      const without = (type: string, name: string, ...ids: string[]) =>
        Object.fromEntries(
          Object.entries(inputsOf(resources, type, name)).filter(([key]) => !ids.includes(key)),
        );
      assert.deepEqual(inputsOf(resources, "LoadBalancer", "web"), {
        vipSubnetId: "subnet-1",
        loadbalancerProvider: "amphora",
      });
      assert.deepEqual(without("Listener", "web-http", "loadbalancerId"), {
        protocol: "TCP",
        protocolPort: 80,
        connectionLimit: -1,
        allowedCidrs: ["203.0.113.0/24"],
        timeoutClientData: 50000,
        timeoutMemberConnect: 5000,
        timeoutMemberData: 50000,
        timeoutTcpInspect: 0,
      });
      assert.deepEqual(without("Pool", "web-http", "listenerId"), {
        protocol: "TCP",
        lbMethod: "ROUND_ROBIN",
      });
      assert.deepEqual(without("Member", "web-http-10.0.0.12", "poolId"), {
        name: "node-2",
        address: "10.0.0.12",
        subnetId: "subnet-1",
        protocolPort: known(31000),
      });
      assert.deepEqual(without("Monitor", "web-http", "poolId"), {
        type: "TCP",
        delay: 5,
        timeout: 3,
        maxRetries: 1,
        maxRetriesDown: 3,
      });
      assert.deepEqual(inputsOf(resources, "FloatingIp", "web"), {
        pool: "public",
        portId: known("web-vip"),
      });
      assert.deepEqual(inputsOf(resources, "SecGroupRule", "web-http"), {
        securityGroupId: "group-1",
        direction: "ingress",
        ethertype: "IPv4",
        protocol: "tcp",
        remoteIpPrefix: "10.0.0.0/24",
        portRangeMin: known(31000),
        portRangeMax: known(31000),
      });
    });

    it("offers the floating IP, or the private address of an internal load balancer", async () => {
      const expected = (value: unknown) => (preview ? { known: false } : { known: true, value });
      const external = await declareExposure();
      assert.deepEqual(await knowledgeOf(external.result.addresses), expected(["203.0.113.7"]));
      assert.deepEqual(await knowledgeOf(external.result.url), expected("http://203.0.113.7"));
      assert.deepEqual(await knowledgeOf(external.result.nodePorts), expected({ http: 31000 }));
      const internal = await declareExposure({ scheme: "internal" });
      assert.deepEqual(namesOf(internal.resources, "FloatingIp"), []);
      assert.deepEqual(await knowledgeOf(internal.result.addresses), expected(["10.0.0.100"]));
    });

    it("has a listener, a pool and a rule for each protocol, also on one number", async () => {
      const { resources } = await declareExposure({
        ports: [
          { name: "dns", port: 53 },
          { name: "dns-udp", port: 53, protocol: "UDP" },
        ],
      });
      assert.deepEqual(
        namesOf(resources, "Listener").map((name) => inputsOf(resources, "Listener", name).protocol),
        ["TCP", "UDP"],
      );
      assert.equal(inputsOf(resources, "Pool", "web-dns-udp").protocol, "UDP");
      assert.equal(inputsOf(resources, "Monitor", "web-dns-udp").type, "UDP-CONNECT");
      assert.equal(inputsOf(resources, "SecGroupRule", "web-dns-udp").protocol, "udp");
    });

    it("asks kube-proxy under the policy Local, if the port for health checks is given", async () => {
      const { resources } = await declareExposure({
        externalTrafficPolicy: "Local",
        healthCheckNodePort: 30080,
      });
      const { type, urlPath, httpMethod, expectedCodes } = inputsOf(resources, "Monitor", "web-http");
      assert.deepEqual(
        { type, urlPath, httpMethod, expectedCodes },
        {
          type: "HTTP",
          urlPath: "/healthz",
          httpMethod: "GET",
          expectedCodes: "200",
        },
      );
      assert.equal(inputsOf(resources, "Member", "web-http-10.0.0.11").monitorPort, 30080);
      assert.equal(inputsOf(resources, "SecGroupRule", "web-health-check-node-port").portRangeMin, 30080);
      assert.equal(
        (inputsOf(resources, "Service", "web-health").spec as { healthCheckNodePort: number })
          .healthCheckNodePort,
        30080,
      );
    });

    it("shows the client's address by the proxy protocol or an HTTP header", async () => {
      const proxy = await declareExposure({ clientAddress: "PROXYV2" });
      assert.equal(inputsOf(proxy.resources, "Listener", "web-http").protocol, "TCP");
      assert.equal(inputsOf(proxy.resources, "Pool", "web-http").protocol, "PROXYV2");
      const http = await declareExposure({ clientAddress: "X-Forwarded-For" });
      const { protocol, insertHeaders } = inputsOf(http.resources, "Listener", "web-http");
      assert.deepEqual(
        { protocol, insertHeaders },
        {
          protocol: "HTTP",
          insertHeaders: { "X-Forwarded-For": "true" },
        },
      );
      assert.equal(inputsOf(http.resources, "Pool", "web-http").protocol, "HTTP");
    });

    it("passes the other options on", async () => {
      const { resources } = await declareExposure({
        healthMonitor: false,
        lbMethod: "LEAST_CONNECTIONS",
        connectionLimit: 100,
        timeouts: { memberConnectMilliseconds: 1000 },
        flavorId: "two",
        availabilityZone: "zone-a",
        loadbalancerProvider: "lab",
        tags: ["shop"],
        externalTrafficPolicy: "Local",
        sessionAffinity: "ClientIP",
      });
      assert.deepEqual(namesOf(resources, "Monitor"), []);
      const pool = inputsOf(resources, "Pool", "web-http");
      assert.equal(pool.lbMethod, "LEAST_CONNECTIONS");
      assert.deepEqual(pool.persistence, { type: "SOURCE_IP" });
      const listener = inputsOf(resources, "Listener", "web-http");
      assert.equal(listener.connectionLimit, 100);
      assert.equal(listener.timeoutMemberConnect, 1000);
      assert.equal(listener.timeoutMemberData, 50000);
      assert.deepEqual(inputsOf(resources, "LoadBalancer", "web"), {
        vipSubnetId: "subnet-1",
        flavorId: "two",
        availabilityZone: "zone-a",
        loadbalancerProvider: "lab",
        tags: ["shop"],
      });
    });

    it("keeps the floating IP after the end only if it should", async () => {
      const isKept = async (changes: Partial<NodePortExposureArgs>): Promise<boolean | undefined> => {
        let kept: boolean | undefined;
        const note: ResourceTransformation = ({ type, opts: { retainOnDelete } }) => {
          if (type.endsWith(":FloatingIp")) kept = retainOnDelete;
          return undefined;
        };
        await declare(
          () => new NodePortExposure("web", { ...args, ...changes }, { transformations: [note] }),
          { preview },
        );
        return kept;
      };
      assert.equal(await isKept({ keepFloatingIp: true }), true);
      assert.equal(await isKept({}), false);
    });

    it("warns of an affinity that kube-proxy cannot see", async () => {
      const { warnings } = await declareExposure({ sessionAffinity: "ClientIP" });
      assert.match(warnings.join("\n"), /kube-proxy sees the load balancer's address/);
      assert.deepEqual((await declareExposure()).warnings, []);
    });

    it("has a member for each address, also of nodes with one name, in whichever order", async () => {
      const [first, second] = network.nodes;
      assert.ok(first !== undefined && second !== undefined);
      const alike = [first, { ...second, name: first.name }];
      for (const nodes of [alike, alike.toReversed()]) {
        const { resources } = await declareExposure({ network: { ...network, nodes } });
        const members = namesOf(resources, "Member").map((name) => {
          const { name: of, address } = inputsOf(resources, "Member", name);
          return [name, of, address];
        });
        assert.deepEqual(members.sort(), [
          ["web-http-10.0.0.11", "node-1", "10.0.0.11"],
          ["web-http-10.0.0.12", "node-1", "10.0.0.12"],
        ]);
      }
    });

    it("refuses a network without nodes, and clients of the internet without an external network", async () => {
      const { floatingNetwork: _, ...inner } = network;
      await declare(
        () => {
          assert.throws(
            () => new NodePortExposure("web", { ...args, network: { ...network, nodes: [] } }),
            /network\.nodes: the list is empty; name at least one node, or use findClusterNetwork/,
          );
          assert.throws(
            () =>
              new NodePortExposure("web", {
                ...args,
                network: { ...network, nodes: [...network.nodes, { name: "other", address: "10.0.0.11" }] },
              }),
            /network\.nodes\[2\]\.address: 10\.0\.0\.11 is already the value of network\.nodes\[0\]\.address; each must be unique/,
          );
          assert.throws(
            () => new NodePortExposure("web", { ...args, network: inner }),
            /network\.floatingNetwork: it is missing, .*; name it .*, or set scheme to "internal"/,
          );
          new NodePortExposure("inner", { ...args, network: inner, scheme: "internal" });
        },
        { preview },
      );
    });
  });
}
