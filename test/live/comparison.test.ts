/**
 * The comparison on a separate lab: equivalent as deployed, and with the right row if somebody breaks something afterwards.
 * These tests prove nothing about AWS itself: its API is emulated.
 */
import assert from "node:assert/strict";
import {
  AuthorizeSecurityGroupIngressCommand,
  DescribeSecurityGroupRulesCommand,
  RevokeSecurityGroupIngressCommand,
} from "@aws-sdk/client-ec2";
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  DeleteLoadBalancerCommand,
  DeregisterTargetsCommand,
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  ModifyListenerCommand,
  ModifyTargetGroupCommand,
  RegisterTargetsCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { CoreV1Api, KubeConfig, V1Service } from "@kubernetes/client-node";
import { labClients } from "../../lab/clouds/aws/clients.ts";
import { cloudEnvironment } from "../../lab/clouds/environment.ts";
import type { Comparison } from "../../comparison/result/comparison.ts";
import type * as Original from "../../cli/devComparison.ts";
import { unseen } from "../../cli/progress.ts";
import { eventually } from "./eventually.ts";
import { healthyTargets } from "./healthyTargets.ts";
import { Project } from "./project.ts";
import type { Ended } from "./project.ts";
import { refusingAws } from "./clouds/aws/refusingAws.ts";
import { buildTimeout, liveTools, minutes } from "./tools.ts";

interface Outputs {
  readonly nodePort: {
    readonly namespace: string;
    readonly service: string;
    readonly hostname: string;
    readonly loadBalancerArn: string;
    readonly targetGroupArns: { readonly http: string };
    readonly nodePorts: { readonly http: number };
  };
  readonly loadBalancer: {
    readonly namespace: string;
    readonly service: string;
    readonly hostname: string;
    readonly nodePorts: { readonly http: number };
  };
}

describe("the comparison on the lab", function () {
  this.timeout(minutes(10));
  let project: Project;
  let outputs: Outputs;
  let aws: ReturnType<typeof labClients>;
  let cluster: CoreV1Api;
  /** The project's copy of what `npm run compare` does: the command itself takes seconds to load. */
  let compareAsDeployed: typeof Original.compareAsDeployed;

  before(async function () {
    this.timeout(buildTimeout);
    await liveTools();
    project = await Project.make();
    project.configure("lab:timeScale", 60);
    await project.succeed("lab", "up");
    await project.succeed("up");
    ({ compareAsDeployed } = await project.import<typeof Original>("cli/devComparison.ts"));
    outputs = JSON.parse(await project.succeed("pulumi", "stack", "output", "--json")) as Outputs;
    aws = labClients(project.settings);
    const config = new KubeConfig();
    config.loadFromFile(project.settings.kubeconfig);
    cluster = config.makeApiClient(CoreV1Api);
    await healthy();
  });
  after(() => project.remove());

  const compared = async (): Promise<{ status: number; comparison: Comparison }> => {
    const { status, stdout, stderr } = await project.run("compare", "--json");
    assert.equal(stderr, "");
    return { status, comparison: JSON.parse(stdout) as Comparison };
  };
  const comparedHere = (): Promise<Comparison> =>
    compareAsDeployed({ progress: unseen, signal: AbortSignal.timeout(minutes(5)) });
  /** kube-proxy and the data plane follow a change of the APIs a moment later. */
  const becomesEquivalent = async (): Promise<void> => {
    let verdict: Pick<Comparison["verdict"], "kind" | "reasons"> | undefined;
    await eventually("it is equivalent again", async () => {
      const { kind, reasons } = (await comparedHere()).verdict;
      verdict = { kind, reasons };
      return kind === "equivalent";
    }).catch(() => undefined);
    assert.deepEqual(verdict, { kind: "equivalent", reasons: [] });
  };
  /** Rows with unexplained differences, and the paths of these differences. */
  const unexplained = (comparison: Comparison): [string, string[]][] =>
    comparison.aspects
      .filter(({ verdict }) => verdict === "different")
      .map(({ id, differences }) => [
        id,
        differences.filter(({ explanation }) => explanation === null).map(({ path }) => path),
      ]);

  it("is equivalent as deployed, with nothing unexplained and every prediction right", async () => {
    const { status, comparison } = await compared();
    assert.equal(comparison.verdict.kind, "equivalent", comparison.verdict.reasons.join("\n"));
    assert.equal(status, 0);
    assert.equal(comparison.counts.unexplained, 0);
    assert.deepEqual(
      comparison.sources.filter(({ outcome }) => outcome !== "known"),
      [],
    );
    const [prediction] = comparison.predictions;
    assert.equal(prediction?.outcome, "right");
    assert.ok(prediction.checked > 50);
    assert.deepEqual(
      comparison.statements.filter(({ contradicts }) => contradicts),
      [],
    );
  });

  it("is equivalent with one more rule that lets in nobody new", async () => {
    const { SecurityGroupRules = [] } = await aws.ec2.send(new DescribeSecurityGroupRulesCommand({}));
    const FromPort = outputs.loadBalancer.nodePorts.http;
    const { GroupId } = SecurityGroupRules.find((rule) => rule.FromPort === FromPort) ?? {};
    const IpPermissions = [
      { IpProtocol: "tcp", FromPort, ToPort: FromPort, IpRanges: [{ CidrIp: "198.51.100.0/24" }] },
    ];
    await aws.ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions }));
    const { verdict, aspects } = await comparedHere();
    await aws.ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId, IpPermissions }));
    assert.deepEqual([verdict.kind, verdict.reasons], ["equivalent", []]);
    const ofRule = aspects
      .flatMap(({ differences }) => differences)
      .filter(({ path }) => path.includes("from 198.51.100.0/24"));
    assert.ok(ofRule.length > 0, "the rule is not among the differences");
    assert.deepEqual([...new Set(ofRule.map(({ explanation }) => explanation))], ["same-clients"]);
  });

  describe("is different after a change of", () => {
    afterEach(becomesEquivalent);

    const isDifferent = async (row: string, path: RegExp, comparing = comparedHere): Promise<void> => {
      const comparison = await comparing();
      assert.equal(comparison.verdict.kind, "different");
      const rows = new Map(unexplained(comparison));
      assert.ok(rows.has(row), `${row} is not among ${[...rows.keys()].join("; ")}`);
      assert.ok(
        rows.get(row)?.some((found) => path.test(found)),
        `${String(path)} fits none of ${rows.get(row)?.join("; ") ?? ""}`,
      );
    };

    it("a listener's port", async () => {
      const { Listeners = [] } = await aws.elbv2.send(
        new DescribeListenersCommand({ LoadBalancerArn: outputs.nodePort.loadBalancerArn }),
      );
      const { ListenerArn } = Listeners[0] ?? {};
      await aws.elbv2.send(new ModifyListenerCommand({ ListenerArn, Port: 81 }));
      await isDifferent("listeners: TCP 81", /^loadBalancer \/ listeners \/ TCP 81 \//, async () => {
        const { status, comparison } = await compared();
        assert.equal(status, 1);
        return comparison;
      });
      await aws.elbv2.send(new ModifyListenerCommand({ ListenerArn, Port: 80 }));
    });

    it("the targets: one is deregistered", async () => {
      const TargetGroupArn = outputs.nodePort.targetGroupArns.http;
      const { TargetHealthDescriptions = [] } = await aws.elbv2.send(
        new DescribeTargetHealthCommand({ TargetGroupArn }),
      );
      const Targets = [{ Id: TargetHealthDescriptions[0]?.Target?.Id }];
      await aws.elbv2.send(new DeregisterTargetsCommand({ TargetGroupArn, Targets }));
      await isDifferent("listeners: TCP 80: targets", /\/ targets \/ i-/);
      await project.succeed("up", "--refresh");
      await healthy();
    });

    it("a threshold of the health check that the controller made", async () => {
      const { LoadBalancers = [] } = await aws.elbv2.send(new DescribeLoadBalancersCommand({}));
      const { LoadBalancerArn } =
        LoadBalancers.find(({ DNSName }) => DNSName === outputs.loadBalancer.hostname) ?? {};
      const { TargetGroups = [] } = await aws.elbv2.send(
        new DescribeTargetGroupsCommand({ LoadBalancerArn }),
      );
      const { TargetGroupArn } = TargetGroups[0] ?? {};
      await aws.elbv2.send(new ModifyTargetGroupCommand({ TargetGroupArn, HealthyThresholdCount: 4 }));
      await isDifferent("listeners: TCP 80: health check", /\/ healthCheck \/ healthyThresholdCount$/);
      const comparison = await comparedHere();
      assert.deepEqual(
        comparison.predictions.map(({ outcome, wrong }) => [
          outcome,
          wrong.map(({ predicted, found }) => [predicted, found]),
        ]),
        [["wrong", [["3", "4"]]]],
      );
      await aws.elbv2.send(new ModifyTargetGroupCommand({ TargetGroupArn, HealthyThresholdCount: 3 }));
    });

    it("the firewall: the rule for clients is revoked", async () => {
      const { SecurityGroupRules = [] } = await aws.ec2.send(new DescribeSecurityGroupRulesCommand({}));
      const rule = SecurityGroupRules.find(({ FromPort }) => FromPort === outputs.nodePort.nodePorts.http);
      assert.ok(rule?.SecurityGroupRuleId !== undefined);
      const { GroupId, FromPort, ToPort, IpProtocol, CidrIpv4 } = rule;
      await aws.ec2.send(
        new RevokeSecurityGroupIngressCommand({ GroupId, SecurityGroupRuleIds: [rule.SecurityGroupRuleId] }),
      );
      await isDifferent("firewall: rules on the nodes", /<node port of http>/);
      await project.succeed("up", "--refresh");
      assert.deepEqual([FromPort, IpProtocol, CidrIpv4], [ToPort, "tcp", "0.0.0.0/0"]);
      await healthy();
    });

    it("externalTrafficPolicy", async () => {
      await policy("Local");
      await isDifferent("Service: traffic policies", /externalTrafficPolicy$/);
      await policy("Cluster");
    });
  });

  it("finds no orphans beside what is deployed", async () => {
    const { status, stdout } = await project.run("compare", "--orphans");
    assert.equal(status, 0, stdout);
    assert.match(stdout, /^Nothing of cluster dev is left behind on AWS/m);
  });

  describe("of two Services by name", () => {
    const named = (...services: readonly string[]): Promise<Ended> =>
      project.run("compare", ...services.flatMap((service) => ["--service", service]));
    const both = (): [string, string] => [
      `${outputs.nodePort.namespace}/${outputs.nodePort.service}`,
      `${outputs.loadBalancer.namespace}/${outputs.loadBalancer.service}`,
    ];

    beforeEach(() => {
      Object.assign(process.env, cloudEnvironment(project.settings), {
        KUBECONFIG: project.settings.kubeconfig,
      });
    });
    afterEach(() => {
      for (const name of [...Object.keys(cloudEnvironment(project.settings)), "KUBECONFIG"]) {
        Reflect.deleteProperty(process.env, name);
      }
    });

    it("uses the kubeconfig and credentials that the environment names", async () => {
      const { status, stdout } = await named(...both());
      assert.equal(status, 0, stdout);
      assert.match(stdout, /^Equivalent:/m);
    });

    it("reads the nodes' rules and DNS, since the cluster is the running lab", async () => {
      const { stdout } = await project.run(
        "compare",
        "--json",
        ...both().flatMap((service) => ["--service", service]),
      );
      const { sources } = JSON.parse(stdout) as Comparison;
      const ofLab = sources.filter(({ source }) => ["nodes' rules", "DNS"].includes(source));
      assert.deepEqual([...new Set(ofLab.map(({ source }) => source))].sort(), ["DNS", "nodes' rules"]);
      assert.ok(
        ofLab.every(({ outcome }) => outcome === "known"),
        JSON.stringify(ofLab),
      );
    });

    it("accepts them in any order", async () => {
      const { status } = await named(...both().reverse());
      assert.equal(status, 0);
    });

    it("names a Service that does not exist", async () => {
      const { status, stderr } = await named("default/none", both()[1]);
      assert.match(stderr, /there is no Service default\/none/);
      assert.doesNotMatch(stderr, /^\s+at /m);
      assert.equal(status, 2);
    });

    it("refuses a ClusterIP Service", async () => {
      const { status, stderr } = await named("default/kubernetes", both()[1]);
      assert.match(stderr, /default\/kubernetes.*ClusterIP/);
      assert.equal(status, 2);
    });

    it("is incomplete without credentials, and says where they are looked for", async () => {
      Reflect.deleteProperty(process.env, "AWS_ACCESS_KEY_ID");
      Reflect.deleteProperty(process.env, "AWS_SECRET_ACCESS_KEY");
      process.env.AWS_EC2_METADATA_DISABLED = "true";
      const { status, stdout, stderr } = await named(...both());
      Reflect.deleteProperty(process.env, "AWS_EC2_METADATA_DISABLED");
      assert.match(stdout, /^Incomplete:/m);
      assert.match(`${stdout}${stderr}`.replace(/\s+/g, " "), /no AWS credentials/i);
      assert.equal(status, 2);
    });

    for (const action of ["elasticloadbalancing:DescribeTargetHealth", "ec2:DescribeSubnets"] as const) {
      it(`is incomplete without the permission ${action}, and names it`, async () => {
        const refusing = await refusingAws(process.env.AWS_ENDPOINT_URL ?? "", action);
        process.env.AWS_ENDPOINT_URL = refusing.endpoint;
        const { status, stdout, stderr } = await named(...both());
        await refusing.close();
        assert.match(stdout, /^Incomplete:/m);
        const message = `no permission for ${action} as arn:aws:iam::123456789012:user/jane; a policy must allow it`;
        assert.ok(`${stdout}${stderr}`.replace(/\s+/g, " ").includes(message), stdout);
        assert.doesNotMatch(stderr, /^\s+at /m);
        assert.equal(status, 2);
      });
    }

    it("says that a LoadBalancer Service has no load balancer yet", async () => {
      const metadata = { name: "pending" };
      const spec = { type: "LoadBalancer", loadBalancerClass: "example.com/nobody", ports: [{ port: 80 }] };
      await cluster.createNamespacedService({
        namespace: "default",
        body: Object.assign(new V1Service(), { metadata, spec }),
      });
      const { status, stderr } = await named("default/pending", both()[1]);
      await cluster.deleteNamespacedService({ namespace: "default", name: "pending" });
      assert.match(
        stderr.replace(/\s+/g, " "),
        /default\/pending has no load balancer yet: .*loadBalancerClass is example\.com\/nobody/,
      );
      assert.equal(status, 2);
    });

    it("compares Services of different apps, and says that the selectors differ", async () => {
      const { namespace, service } = outputs.nodePort;
      await cluster.patchNamespacedService({
        namespace,
        name: service,
        body: [{ op: "add", path: "/spec/selector/app.kubernetes.io~1name", value: "another" }],
      });
      const { status, stdout } = await named(...both());
      await cluster.patchNamespacedService({
        namespace,
        name: service,
        body: [{ op: "add", path: "/spec/selector/app.kubernetes.io~1name", value: "echo" }],
      });
      assert.match(stdout, /selector/);
      assert.match(stdout, /name=another|another/);
      assert.equal(status, 1);
    });

    it("is incomplete if two load balancers lead to one node port, and names both", async () => {
      const { LoadBalancers = [] } = await aws.elbv2.send(
        new DescribeLoadBalancersCommand({ LoadBalancerArns: [outputs.nodePort.loadBalancerArn] }),
      );
      const Subnets = LoadBalancers[0]?.AvailabilityZones?.map(({ SubnetId = "" }) => SubnetId);
      const made = await aws.elbv2.send(
        new CreateLoadBalancerCommand({ Name: "second", Type: "network", Subnets }),
      );
      const LoadBalancerArn = made.LoadBalancers?.[0]?.LoadBalancerArn;
      const TargetGroupArn = await secondTargetGroup();
      await aws.elbv2.send(
        new CreateListenerCommand({
          LoadBalancerArn,
          Port: 80,
          Protocol: "TCP",
          DefaultActions: [{ Type: "forward", TargetGroupArn }],
        }),
      );
      const { status, stdout } = await named(...both());
      await aws.elbv2.send(new DeleteLoadBalancerCommand({ LoadBalancerArn }));
      assert.match(stdout, /second/);
      assert.equal(status, 2);
    });

    it("is incomplete if somebody deleted the controller's load balancer", async () => {
      const { LoadBalancers = [] } = await aws.elbv2.send(new DescribeLoadBalancersCommand({}));
      const { LoadBalancerArn } =
        LoadBalancers.find(({ DNSName }) => DNSName === outputs.loadBalancer.hostname) ?? {};
      await aws.elbv2.send(new DeleteLoadBalancerCommand({ LoadBalancerArn }));
      const { status, stdout } = await named(...both());
      assert.match(stdout, /^Incomplete:/m);
      assert.match(stdout.replace(/[\s│]+/g, " "), /deleted/);
      assert.equal(status, 2);
    });
  });

  /** Another target group for the same nodes and node port, because AWS allows one load balancer per target group. */
  async function secondTargetGroup(): Promise<string> {
    const first = { TargetGroupArns: [outputs.nodePort.targetGroupArns.http] };
    const { TargetGroups = [] } = await aws.elbv2.send(new DescribeTargetGroupsCommand(first));
    const { VpcId, Port } = TargetGroups[0] ?? {};
    const made = await aws.elbv2.send(
      new CreateTargetGroupCommand({ Name: "second", Protocol: "TCP", Port, VpcId, TargetType: "instance" }),
    );
    const TargetGroupArn = made.TargetGroups?.[0]?.TargetGroupArn ?? "";
    const { TargetHealthDescriptions = [] } = await aws.elbv2.send(
      new DescribeTargetHealthCommand({ TargetGroupArn: outputs.nodePort.targetGroupArns.http }),
    );
    const Targets = TargetHealthDescriptions.map(({ Target }) => ({ Id: Target?.Id }));
    await aws.elbv2.send(new RegisterTargetsCommand({ TargetGroupArn, Targets }));
    return TargetGroupArn;
  }

  async function policy(externalTrafficPolicy: string): Promise<void> {
    const { namespace, service: name } = outputs.nodePort;
    const body = [{ op: "replace", path: "/spec/externalTrafficPolicy", value: externalTrafficPolicy }];
    await cluster.patchNamespacedService({ namespace, name, body });
  }

  const healthy = (): Promise<void> =>
    healthyTargets(aws.elbv2, [outputs.nodePort.hostname, outputs.loadBalancer.hostname]);
});
