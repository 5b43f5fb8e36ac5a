import assert from "node:assert/strict";
import { runtime } from "@pulumi/pulumi";
import * as v from "valibot";
import { readSettings } from "../../../config.ts";
import type { Settings } from "../../../config.ts";
import type { AwsSettings } from "../../../program/clouds/aws/settings.ts";
import { bothWays } from "../../../program/clouds/cloud.ts";
import type { ProgramCloud } from "../../../program/clouds/cloud.ts";
import { clouds } from "../../../program/clouds/index.ts";
import { declare } from "../components/core/declaring.ts";
import { devConfig } from "./stackFiles.ts";

async function settings(changes: Readonly<Record<string, string | undefined>> = {}): Promise<Settings> {
  return (await declare(() => readSettings(), { preview: true, config: devConfig(changes) })).result;
}

const awsSettings = async (changes: Readonly<Record<string, string>>) =>
  (await settings(changes)).cloud.own as AwsSettings;

describe("the stack's configuration", () => {
  it("is valid as checked in, with all defaults", async () => {
    const http = { name: "http", port: 80, targetPort: "http", appProtocol: "http" };
    const exposure = {
      loadBalancerSourceRanges: ["0.0.0.0/0"],
      scheme: "internet-facing",
      externalTrafficPolicy: "Cluster",
      sessionAffinity: "None",
    };
    const { cloud, ...common } = await settings();
    assert.deepEqual(common, {
      clusterName: "dev",
      app: { replicas: 3, image: "registry.k8s.io/e2e-test-images/agnhost:2.59" },
      exposure: { nodePort: exposure, loadBalancer: exposure },
      ports: { nodePort: [http], loadBalancer: [http] },
    });
    assert.deepEqual(cloud.own, {
      controller: "aws-cloud-controller-manager",
      network: {},
      options: { crossZoneLoadBalancing: false, preserveClientIp: true, healthCheck: {}, quotas: {} },
      sharedNodeRules: true,
      targetGroupBinding: false,
      ports: {},
      adopted: {},
      kubeconfigFrom: "kubectl",
    });
  });

  it("requires only clusterName and loadBalancerSourceRanges", async () => {
    const required = new Set(["clusterName", "loadBalancerSourceRanges"]);
    const config = Object.fromEntries(
      Object.entries(devConfig()).filter(([key]) => required.has(key.split(":")[1] ?? "")),
    );
    const { result } = await declare(() => readSettings(), { preview: true, config });
    const exposure = { loadBalancerSourceRanges: ["0.0.0.0/0"] };
    assert.deepEqual(result.exposure, { nodePort: exposure, loadBalancer: exposure });
    assert.deepEqual(result.app, {});
    assert.deepEqual(result.cloud.own, {
      controller: "aws-cloud-controller-manager",
      network: {},
      options: {},
      sharedNodeRules: true,
      targetGroupBinding: false,
      ports: {},
      adopted: {},
      kubeconfigFrom: "kubectl",
    });
  });

  it("sets separate node ports for each way, and maps UDP to the app's UDP port", async () => {
    const { ports } = await settings({
      ports:
        '[{"name":"echo","port":7,"protocol":"UDP","nodePorts":{"nodePort":30007,"loadBalancer":30008}}]',
      healthCheck: '{"protocol":"HTTP","port":10256,"path":"/healthz"}',
    });
    const echo = { name: "echo", port: 7, protocol: "UDP", targetPort: "udp" };
    assert.deepEqual(ports, {
      nodePort: [{ ...echo, nodePort: 30007 }],
      loadBalancer: [{ ...echo, nodePort: 30008 }],
    });
  });

  it("names who makes the load balancer of the LoadBalancer Service, and knows what that controller cannot do", async () => {
    const affinity = { sessionAffinity: "ClientIP" };
    await assert.rejects(settings(affinity), /sessionAffinity: ClientIP cannot be set/);
    const controller = "aws-load-balancer-controller";
    assert.equal((await awsSettings({ ...affinity, controller })).controller, controller);
    await assert.rejects(
      settings({ controller: "lbc" }),
      /controller: "lbc" is not allowed; allowed is .*"aws-load-balancer-controller"/,
    );
  });

  it("gives a port a check of its own", async () => {
    const { ports } = await awsSettings({
      ports: '[{"name":"http","port":80,"healthCheck":{"port":30080}}]',
    });
    assert.deepEqual(ports, { http: { healthCheck: { port: 30080 } } });
  });

  it("ends TLS at the ports that have certificates", async () => {
    const certificateArn = "arn:aws:acm:us-west-2:123456789012:certificate/1";
    const tls = {
      certificateArn,
      additionalCertificateArns: [certificateArn.replace("/1", "/2")],
      sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
      alpnPolicy: "HTTP2Preferred",
      targetProtocol: "TLS",
    };
    const { ports } = await awsSettings({
      controller: "aws-load-balancer-controller",
      ports: JSON.stringify([
        { name: "http", port: 80 },
        { name: "https", port: 443, tls },
      ]),
    });
    assert.deepEqual(ports, { https: { tls } });
  });

  it("checks nodes by a port of each way's own under the policy Local", async () => {
    const { exposure } = await settings({
      externalTrafficPolicy: "Local",
      healthCheckNodePorts: '{"nodePort":30010,"loadBalancer":30011}',
    });
    const { nodePort, loadBalancer } = exposure;
    assert.deepEqual([nodePort.healthCheckNodePort, loadBalancer.healthCheckNodePort], [30010, 30011]);
  });

  it("has pods as targets where the AWS Load Balancer Controller registers them", async () => {
    const { options } = await awsSettings({
      controller: "aws-load-balancer-controller",
      targetType: "ip",
      targetGroupBinding: "true",
    });
    assert.equal(options.targetType, "ip");
  });

  it("sets cross-zone load balancing of the target groups apart from the load balancer's", async () => {
    const controller = "aws-load-balancer-controller";
    for (const enabled of [true, false]) {
      const { options } = await awsSettings({
        controller,
        targetGroupCrossZoneLoadBalancing: String(enabled),
      });
      assert.equal(options.targetGroupCrossZoneLoadBalancing, enabled);
    }
  });

  it("leads clients by a name, and names what is wrong with it in its own paths", async () => {
    const name = (changes: object): { weightedName: string } => ({
      weightedName: JSON.stringify({
        hostedZone: "example.com",
        domainName: "shop.example.com",
        weights: { nodePort: 100, loadBalancer: 0 },
        ...changes,
      }),
    });
    assert.equal((await settings({})).cloud.samePods, false);
    const { cloud } = await settings(name({ ttlSeconds: 30 }));
    assert.equal(cloud.samePods, true);
    const own = cloud.own as AwsSettings;
    assert.deepEqual([own.weightedName?.ttlSeconds, own.weightedName?.weights.nodePort], [30, 100]);
    const refused = (changes: object, reason: RegExp) => assert.rejects(settings(name(changes)), reason);
    await refused({ domainName: "shop" }, /weightedName\.domainName: "shop" is not allowed/);
    await refused(
      { weights: { nodePort: 1, loadBalancer: 300 } },
      /weightedName\.weights\.loadBalancer: 300/,
    );
    await refused({ weights: { nodePort: 0, loadBalancer: 0 } }, /weightedName\.weights: every weight is 0/);
    await refused({ hostedZone: undefined }, /weightedName/);
  });

  it("refuses a name that is the hosted zone's own, or in another one", async () => {
    const named = (domainName: string, hostedZone: string) =>
      settings({
        weightedName: JSON.stringify({
          hostedZone,
          domainName,
          weights: { nodePort: 100, loadBalancer: 0 },
        }),
      });
    for (const name of ["shop.example.com", "Shop.Example.com.", "*.example.com", "a.b.example.com"])
      for (const zone of ["example.com", "example.com.", "EXAMPLE.com"]) await named(name, zone);
    await assert.rejects(
      named("Example.com", "example.com."),
      /weightedName\.domainName: "Example\.com" is the hosted zone's own name, which cannot have a CNAME record; allowed is a name that ends with "\.example\.com", such as shop\.example\.com/,
    );
    for (const name of ["shop.example.org", "shop.myexample.com", "com.example"])
      await assert.rejects(
        named(name, "example.com"),
        /weightedName\.domainName: ".*" is not in the hosted zone "example\.com"; allowed/,
      );
  });

  it("has load balancers that were taken over, and names what an entry lacks", async () => {
    const entry = {
      ports: [{ name: "http", port: 80, nodePort: 30080 }],
      loadBalancerSourceRanges: ["0.0.0.0/0"],
      import: { name: "a1", arn: "arn:a1", listeners: [], rules: [] },
    };
    const adopted = (each: object) => awsSettings({ adopted: JSON.stringify({ "shop/web": each }) });
    assert.deepEqual((await adopted(entry)).adopted, { "shop/web": entry });
    await assert.rejects(
      adopted({ ...entry, import: undefined }),
      /adopted\.shop\/web\.import: it is missing/,
    );
  });

  it("accepts tags", async () => {
    const { options } = await awsSettings({ tags: '{"team":"shop"}' });
    assert.deepEqual(options.tags, { team: "shop" });
  });

  it("may set the network instead of having it found", async () => {
    const { network, options } = await awsSettings({
      nodeInstanceIds: '["i-1"]',
      nodeSecurityGroupId: "sg-1",
      subnetIds: '["subnet-1"]',
    });
    assert.deepEqual(network, { nodeInstanceIds: ["i-1"], nodeSecurityGroupId: "sg-1" });
    assert.deepEqual(options.subnetIds, ["subnet-1"]);
  });

  it("may name Auto Scaling groups instead of nodes", async () => {
    const { network } = await awsSettings({ autoscalingGroupNames: '["workers"]' });
    assert.deepEqual(network, { autoscalingGroupNames: ["workers"] });
  });

  it("may leave the nodes to the AWS Load Balancer Controller", async () => {
    const { targetGroupBinding, network } = await awsSettings({ targetGroupBinding: "true" });
    assert.deepEqual([targetGroupBinding, network], [true, {}]);
  });

  it("lets in prefix lists, by a security group of each load balancer, which may have IPv6", async () => {
    const { options } = await awsSettings({
      controller: "aws-load-balancer-controller",
      loadBalancerSourceRanges: '["2001:db8::/32"]',
      ipAddressType: "dualstack",
      securityGroups: '["own"]',
      sourcePrefixLists: '[{"id":"pl-1","maxEntries":20},{"id":"pl-2"}]',
    });
    const { ipAddressType, securityGroups, sourcePrefixLists } = options;
    assert.deepEqual(
      { ipAddressType, securityGroups, sourcePrefixLists },
      {
        ipAddressType: "dualstack",
        securityGroups: "own",
        sourcePrefixLists: [{ id: "pl-1", maxEntries: 20 }, { id: "pl-2" }],
      },
    );
  });

  it("may name the load balancers' security groups, whose rules say who may connect", async () => {
    const { options } = await awsSettings({
      controller: "aws-load-balancer-controller",
      loadBalancerSourceRanges: "[]",
      securityGroups: '["sg-1","sg-2"]',
    });
    assert.deepEqual(options.securityGroups, ["sg-1", "sg-2"]);
  });

  it("accepts the account's quotas", async () => {
    const { options } = await awsSettings({ quotas: '{"rulesPerSecurityGroup":200}' });
    assert.deepEqual(options.quotas, { rulesPerSecurityGroup: 200 });
  });

  const refused: readonly [what: string, changes: Record<string, string | undefined>, problem: string][] = [
    [
      "a key that does not exist",
      { ranges: "[]" },
      "ranges: there is no such key; Pulumi.yaml lists all keys and the cloud that a key belongs to",
    ],
    [
      "a check for one of two ports, which a LoadBalancer Service cannot have",
      {
        ports: '[{"name":"http","port":80,"healthCheck":{"port":30080}},{"name":"alt","port":81}]',
      },
      'ports[0].healthCheck: {"port":30080} cannot be set for "http" alone: the AWS cloud controller manager has one health check for all ports of a Service; set healthCheck for all ports, or use a NodePortExposure',
    ],
    [
      "a check with a key that does not exist",
      { ports: '[{"name":"http","port":80,"healthCheck":{"ports":1}}]' },
      "ports[0].healthCheck.ports: there is no such key; Pulumi.yaml lists all keys and the cloud that a key belongs to",
    ],
    ["tags that are not text", { tags: '{"team":1}' }, "tags.team: 1 is not allowed; allowed is text"],
    [
      "a missing cluster name",
      { clusterName: undefined },
      "clusterName: it is missing and has no default; set it",
    ],
    [
      "nodes together with Auto Scaling groups",
      { autoscalingGroupNames: '["workers"]', nodeInstanceIds: '["i-1"]' },
      "autoscalingGroupNames: workers is set together with nodeInstanceIds (i-1); nodes are targets separately or through their groups; set one of them",
    ],
    [
      "a target group binding together with nodes",
      { targetGroupBinding: "true", nodeInstanceIds: '["i-1"]' },
      "targetGroupBinding: it is set together with nodeInstanceIds (i-1); the AWS Load Balancer Controller finds the nodes itself, and takes out what else is registered; set one of them",
    ],
    [
      "missing source ranges",
      { loadBalancerSourceRanges: undefined },
      "loadBalancerSourceRanges: it is missing and has no default; set it",
    ],
    [
      "an empty list of source ranges",
      { loadBalancerSourceRanges: "[]" },
      "loadBalancerSourceRanges: the list is empty; name the ranges that may connect, such as 203.0.113.0/24, or 0.0.0.0/0 for everybody",
    ],
    [
      "a source range that is not a range",
      { loadBalancerSourceRanges: '["10.0.0.0"]' },
      'loadBalancerSourceRanges[0]: "10.0.0.0" is not an IP range; allowed is an IPv4 range in CIDR notation, such as 203.0.113.0/24',
    ],
    [
      "source ranges that are not a list",
      { loadBalancerSourceRanges: "0.0.0.0/0" },
      'loadBalancerSourceRanges: "0.0.0.0/0" is not allowed; allowed is a list',
    ],
    [
      "a quota that does not exist",
      { quotas: '{"loadBalancers":100}' },
      "quotas.loadBalancers: there is no such key; Pulumi.yaml lists all keys and the cloud that a key belongs to",
    ],
    ["text for a number", { replicas: "many" }, 'replicas: "many" is not allowed; allowed is a number'],
    ["zero pods", { replicas: "0" }, "replicas: 0 is not allowed; allowed is 1 or more"],
    ["a fraction of a pod", { replicas: "1.5" }, "replicas: 1.5 is not allowed; allowed is a whole number"],
    [
      "text for a boolean",
      { crossZoneLoadBalancing: "yes" },
      'crossZoneLoadBalancing: "yes" is not allowed; allowed is true or false',
    ],
    [
      "a certificate that is none",
      { ports: '[{"name":"https","port":443,"tls":{"certificateArn":"web"}}]' },
      'ports[0].tls.certificateArn: "web" is not allowed; allowed is the ARN of a certificate in ACM or IAM, such as arn:aws:acm:eu-central-1:123456789012:certificate/12345678-1234-1234-1234-123456789012',
    ],
    [
      "TLS without a certificate",
      { ports: '[{"name":"https","port":443,"tls":{}}]' },
      "ports[0].tls.certificateArn: it is missing and has no default; set it",
    ],
    [
      "an ALPN policy for a controller that has none",
      {
        ports:
          '[{"name":"https","port":443,"tls":{"certificateArn":"arn:aws:acm:us-west-2:123456789012:certificate/1","alpnPolicy":"HTTP2Only"}}]',
      },
      'ports[0].tls.alpnPolicy: HTTP2Only cannot be set: the AWS cloud controller manager never sends an ALPN policy, so the listener offers no protocol; omit it, use a NodePortExposure, or set controller to "aws-load-balancer-controller"',
    ],
    [
      "pods as targets that nobody registers",
      { controller: "aws-load-balancer-controller", targetType: "ip" },
      'targetType: "ip" cannot be set alone: nobody registers the pods, which come and go; allowed is "instance"; set targetGroupBinding, with which the AWS Load Balancer Controller does',
    ],
    [
      "pods as targets for a controller that registers nodes",
      { targetType: "ip", targetGroupBinding: "true" },
      'targetType: "ip" cannot be set: the AWS cloud controller manager registers nodes; allowed is "instance"; use a LoadBalancerExposure with controller "aws-load-balancer-controller", or a NodePortExposure with targetGroupBinding',
    ],
    [
      "cross-zone load balancing of target groups for a controller that cannot set it",
      { targetGroupCrossZoneLoadBalancing: "true" },
      "targetGroupCrossZoneLoadBalancing: true cannot be set: the AWS cloud controller manager refuses every target group attribute but client IP preservation and proxy protocol, so AWS's default applies; omit it, or use a NodePortExposure",
    ],
    [
      "a port for health checks under the policy Cluster",
      { healthCheckNodePorts: '{"nodePort":30010}' },
      'healthCheckNodePorts.nodePort: 30010 is not allowed with externalTrafficPolicy "Cluster": Kubernetes has this port only under "Local"; set externalTrafficPolicy to "Local", or omit it',
    ],
    [
      "one port for the health checks of both ways",
      {
        externalTrafficPolicy: "Local",
        healthCheckNodePorts: '{"nodePort":30010,"loadBalancer":30010}',
      },
      "healthCheckNodePorts.loadBalancer: 30010 is also a node port of the NodePort Service; node ports are unique in a cluster; choose another",
    ],
    [
      "a port for health checks that is a node port",
      {
        externalTrafficPolicy: "Local",
        ports: '[{"name":"http","port":80,"nodePorts":{"loadBalancer":30010}}]',
        healthCheckNodePorts: '{"loadBalancer":30010}',
      },
      "healthCheckNodePorts.loadBalancer: 30010 is also the node port of one of the ports; node ports are unique in a cluster; choose another",
    ],
    [
      "a port for health checks of nodes with pods as targets",
      {
        controller: "aws-load-balancer-controller",
        externalTrafficPolicy: "Local",
        targetType: "ip",
        targetGroupBinding: "true",
        healthCheckNodePorts: '{"nodePort":30010}',
      },
      'healthCheckNodePorts.nodePort: 30010 cannot be set with targetType "ip": kube-proxy answers there on the nodes, and the checks go to the pods; omit it',
    ],
    [
      "an address type that does not exist",
      { ipAddressType: "ipv6" },
      'ipAddressType: "ipv6" is not allowed; allowed is ("ipv4" | "dualstack")',
    ],
    [
      "IPv6 without security groups",
      { controller: "aws-load-balancer-controller", ipAddressType: "dualstack" },
      'ipAddressType: "dualstack" is not allowed without securityGroups: the nodes see IPv6 clients as the load balancer, so their rules would let in all of them; set securityGroups to "own"',
    ],
    [
      "security groups for a controller that takes none",
      { securityGroups: '["own"]' },
      "securityGroups: own cannot be set: the AWS cloud controller manager makes a security group only if its own configuration says so (NLBSecurityGroupMode=Managed), and takes none by an annotation; omit it, or use a NodePortExposure",
    ],
    [
      "a security group's name",
      {
        controller: "aws-load-balancer-controller",
        loadBalancerSourceRanges: "[]",
        securityGroups: '["web"]',
      },
      'securityGroups[0]: "web" is not the id of a security group; allowed are "own" and a list of ids of security groups, such as ["sg-0123456789abcdef0"]',
    ],
    [
      "ranges beside security groups that exist",
      { controller: "aws-load-balancer-controller", securityGroups: '["sg-1"]' },
      'loadBalancerSourceRanges: 0.0.0.0/0 would have no effect: the rules of the given security groups (sg-1) say who may connect; set [], or set securityGroups to "own"',
    ],
    [
      "a prefix list without an id",
      { sourcePrefixLists: '[{"maxEntries":20}]' },
      "sourcePrefixLists[0].id: it is missing and has no default; set it",
    ],
    [
      "a security group for a prefix list",
      { controller: "aws-load-balancer-controller", sourcePrefixLists: '[{"id":"sg-1"}]' },
      'sourcePrefixLists[0]: "sg-1" is not the id of a prefix list; allowed are ids of prefix lists, such as [{ id: "pl-0123456789abcdef0" }]',
    ],
    [
      "a scheme that does not exist",
      { scheme: "public" },
      'scheme: "public" is not allowed; allowed is ("internet-facing" | "internal")',
    ],
    [
      "port 0",
      { ports: '[{"name":"http","port":0}]' },
      "ports[0].port: 0 is not allowed; allowed are whole numbers from 1 to 65535",
    ],
    [
      "port 70000",
      { ports: '[{"name":"http","port":70000}]' },
      "ports[0].port: 70000 is not allowed; allowed are whole numbers from 1 to 65535",
    ],
    [
      "a duplicate port",
      { ports: '[{"name":"a","port":80},{"name":"b","port":80}]' },
      "ports[1].port: 80 is already the value of ports[0].port; each must be unique",
    ],
    [
      "a port without a name",
      { ports: '[{"port":80}]' },
      "ports[0].name: it is missing and has no default; set it",
    ],
    [
      "a port's key that does not exist",
      { ports: '[{"name":"http","port":80,"nodePort":30000}]' },
      "ports[0].nodePort: there is no such key; Pulumi.yaml lists all keys and the cloud that a key belongs to",
    ],
    [
      "a node port outside Kubernetes' range",
      { ports: '[{"name":"http","port":80,"nodePorts":{"loadBalancer":8080}}]' },
      "ports[0].nodePorts.loadBalancer: 8080 is not allowed; allowed are whole numbers from 30000 to 32767",
    ],
    [
      "the same node port for both ways",
      { ports: '[{"name":"http","port":80,"nodePorts":{"nodePort":30000,"loadBalancer":30000}}]' },
      "ports[0].nodePorts.loadBalancer: 30000 is also a node port of the NodePort Service; node ports are unique in a cluster; choose another",
    ],
    [
      "a health check's key that does not exist",
      { healthCheck: '{"interval":10}' },
      "healthCheck.interval: there is no such key; Pulumi.yaml lists all keys and the cloud that a key belongs to",
    ],
    [
      "a cloud that does not exist",
      { cloud: "moon" },
      'cloud: "moon" is not allowed; allowed is "aws", "openstack"',
    ],
    ["an empty image", { image: "" }, 'image: "" is not allowed; allowed is some text'],
  ];
  for (const [what, changes, problem] of refused) {
    it(`refuses ${what}`, async () => {
      await assert.rejects(settings(changes), {
        message: `The configuration of stack test is not usable:\n  ${problem}`,
      });
    });
  }

  it("reports every problem at once, without a stack trace", async () => {
    await assert.rejects(settings({ replicas: "x", scheme: "y", nonsense: "z" }), (error: Error) => {
      assert.equal(error.message.split("\n").length, 4);
      // Pulumi prints the message of a RunError, and the stack of every other error.
      assert.equal((error as { __pulumiRunError?: boolean }).__pulumiRunError, true);
      return true;
    });
  });

  it("ignores keys of other projects and providers", async () => {
    const config = { ...devConfig(), "other:key": "value" };
    await declare(() => readSettings(), { preview: true, config });
    assert.equal(runtime.allConfig()["other:key"], "value");
  });

  describe("of a stack on another cloud", () => {
    const other: ProgramCloud = {
      keys: { network: v.optional(v.string()) },
      portKeys: {},
      textKeys: ["network"],
      defaults: { network: "default" },
      settings: (_common, { network }) => ({
        own: { network },
        samePods: false,
        ways: bothWays,
        problems: { nodePort: [], loadBalancer: [], own: [] },
        connect: () => Promise.reject(new Error("not connected in this test")),
      }),
    };
    const read = async (changes: Readonly<Record<string, string>>) =>
      declare(() => readSettings({ ...clouds, other }), { preview: true, config: devConfig(changes) });

    it("has that cloud's keys, and ignores the defaults of the others", async () => {
      const { result } = await read({ cloud: "other", network: "net-1" });
      assert.deepEqual(result.cloud.own, { network: "net-1" });
    });

    it("refuses a value for a key that only another cloud has", async () => {
      await assert.rejects(read({ cloud: "other", crossZoneLoadBalancing: "true" }), {
        message:
          "The configuration of stack test is not usable:\n  crossZoneLoadBalancing: there is no such key; Pulumi.yaml lists all keys and the cloud that a key belongs to",
      });
      await assert.rejects(read({ network: "net-1" }), /network: there is no such key/);
      await read({ network: "default" });
    });
  });
});
