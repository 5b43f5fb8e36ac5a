/** The Classic API as the cloud controller manager v1.35.0 calls it: https://github.com/kubernetes/cloud-provider-aws/blob/v1.35.0/pkg/providers/v1/aws_loadbalancer.go. */
import assert from "node:assert/strict";
import {
  CreateSecurityGroupCommand,
  DeleteSecurityGroupCommand,
  DescribeNetworkInterfacesCommand,
} from "@aws-sdk/client-ec2";
import { emulatedAccount } from "./emulatedAccount.ts";

type Parameters = Readonly<Record<string, string>>;

describe("the emulated AWS API", function () {
  this.timeout(20_000);
  const emulated = emulatedAccount();
  const { unique, subnets } = emulated;

  /** The answer, or the code of the error. */
  async function call(Action: string, parameters: Parameters): Promise<string> {
    const answer = await emulated.aws.query("elasticloadbalancing", {
      Version: "2012-06-01",
      Action,
      ...parameters,
    });
    const text = await answer.text();
    return answer.ok ? text : (/<Code>(.*?)<\/Code>/.exec(text)?.[1] ?? text);
  }
  const members = (list: string, values: readonly string[]): Parameters =>
    Object.fromEntries(values.map((value, index) => [`${list}.member.${(index + 1).toString()}`, value]));
  const listener = (port: number, nodePort: number, more: Parameters = {}, index = 1): Parameters =>
    Object.fromEntries(
      Object.entries({
        Protocol: "tcp",
        InstanceProtocol: "tcp",
        LoadBalancerPort: port.toString(),
        InstancePort: nodePort.toString(),
        ...more,
      }).map(([key, value]) => [`Listeners.member.${index.toString()}.${key}`, value]),
    );

  async function securityGroup(): Promise<string> {
    const settings = { GroupName: unique("k8s-elb"), Description: "x", VpcId: emulated.account.vpcId };
    const { GroupId } = await emulated.aws.ec2.send(new CreateSecurityGroupCommand(settings));
    return GroupId ?? assert.fail("no id");
  }
  async function classic(more: Parameters = {}): Promise<Parameters & { LoadBalancerName: string }> {
    const LoadBalancerName = unique("classic");
    const answer = await call("CreateLoadBalancer", {
      LoadBalancerName,
      ...listener(80, 30080),
      ...members("Subnets", subnets()),
      ...members("SecurityGroups", [emulated.account.nodeSecurityGroupId]),
      ...more,
    });
    assert.match(answer, /<DNSName>/);
    return { LoadBalancerName };
  }
  const described = ({ LoadBalancerName }: { readonly LoadBalancerName: string }): Promise<string> =>
    call("DescribeLoadBalancers", { "LoadBalancerNames.member.1": LoadBalancerName });
  const values = (xml: string, tag: string): (string | undefined)[] =>
    [...xml.matchAll(new RegExp(`<${tag}>([^<]*)</${tag}>`, "g"))].map(([, value]) => value);

  describe("a Classic Load Balancer", () => {
    it("has AWS's names, its subnets and zones, and a health check from the start", async () => {
      const balancer = await classic();
      const xml = await described(balancer);
      assert.match(
        values(xml, "DNSName")[0] ?? "",
        new RegExp(`^${balancer.LoadBalancerName}-\\d+\\.us-west-2\\.elb\\.amazonaws\\.com$`),
      );
      assert.deepEqual(values(xml, "LoadBalancerName"), [balancer.LoadBalancerName]);
      assert.deepEqual(values(xml, "CanonicalHostedZoneNameID"), ["Z1H1FL5HABSF5"]);
      assert.deepEqual(values(xml, "VPCId"), [emulated.account.vpcId]);
      assert.deepEqual(values(xml, "Target"), ["TCP:30080"]);
      assert.deepEqual(values(xml, "Interval"), ["30"]);
      assert.deepEqual(values(xml, "HealthyThreshold"), ["10"]);
      for (const subnet of subnets()) assert.ok(xml.includes(`<member>${subnet}</member>`));
      assert.ok(xml.includes("<member>us-west-2a</member>"));
      const internal = await described(await classic({ Scheme: "internal" }));
      assert.match(values(internal, "DNSName")[0] ?? "", /^internal-classic-/);
    });

    it("is kept apart from Network Load Balancers, over a restart too", async () => {
      const balancer = await classic();
      await emulated.aws.killAndRestart();
      assert.deepEqual(values(await described(balancer), "LoadBalancerName"), [balancer.LoadBalancerName]);
    });

    it("shows the protocol of its instances, which may differ from the listener's", async () => {
      const tls = { Protocol: "ssl", SSLCertificateId: "arn:aws:acm:us-west-2:123456789012:certificate/1" };
      const xml = await described(await classic(listener(443, 30443, tls)));
      assert.deepEqual(values(xml, "Protocol"), ["SSL"]);
      assert.deepEqual(values(xml, "InstanceProtocol"), ["TCP"]);
    });

    it("changes its listeners, and keeps those that are not named", async () => {
      const balancer = await classic(listener(443, 30443, {}, 2));
      await call("CreateLoadBalancerListeners", { ...balancer, ...listener(8080, 30081) });
      assert.deepEqual(values(await described(balancer), "LoadBalancerPort"), ["80", "443", "8080"]);
      assert.equal(
        await call("CreateLoadBalancerListeners", { ...balancer, ...listener(80, 30099) }),
        "DuplicateListener",
      );
      await call("DeleteLoadBalancerListeners", {
        ...balancer,
        ...members("LoadBalancerPorts", ["80", "443"]),
      });
      assert.deepEqual(values(await described(balancer), "LoadBalancerPort"), ["8080"]);
    });

    it("registers an instance once, and refuses one that does not exist", async () => {
      const balancer = await classic();
      const [node] = emulated.account.nodes;
      const instance = { ...balancer, "Instances.member.1.InstanceId": node?.instanceId ?? "" };
      await call("RegisterInstancesWithLoadBalancer", instance);
      const answer = await call("RegisterInstancesWithLoadBalancer", instance);
      assert.deepEqual(values(answer, "InstanceId"), [node?.instanceId]);
      assert.deepEqual(values(await described(balancer), "InstanceId"), [node?.instanceId]);
      const unknown = { ...balancer, "Instances.member.1.InstanceId": "i-0123456789abcdef0" };
      assert.equal(await call("RegisterInstancesWithLoadBalancer", unknown), "InvalidInstance");
    });

    it("keeps the attributes that a call leaves out", async () => {
      const balancer = await classic();
      const attribute = (name: string, value: string): Parameters => ({
        ...balancer,
        [`LoadBalancerAttributes.${name}`]: value,
      });
      await call("ModifyLoadBalancerAttributes", attribute("ConnectionSettings.IdleTimeout", "120"));
      await call("ModifyLoadBalancerAttributes", attribute("CrossZoneLoadBalancing.Enabled", "true"));
      const before = await call("DescribeLoadBalancerAttributes", balancer);
      assert.deepEqual(values(before, "IdleTimeout"), ["120"]);
      await call("ModifyLoadBalancerAttributes", attribute("CrossZoneLoadBalancing.Enabled", "true"));
      const after = await call("DescribeLoadBalancerAttributes", balancer);
      assert.deepEqual(values(after, "Key"), values(before, "Key"));
    });

    it("holds its security groups by network interfaces of AWS until it is deleted", async () => {
      const group = await securityGroup();
      const balancer = await classic(members("SecurityGroups", [group]));
      const { NetworkInterfaces = [] } = await emulated.aws.ec2.send(
        new DescribeNetworkInterfacesCommand({
          Filters: [{ Name: "description", Values: [`ELB ${balancer.LoadBalancerName}`] }],
        }),
      );
      assert.deepEqual(
        NetworkInterfaces.map(({ Attachment }) => Attachment?.InstanceOwnerId),
        subnets().map(() => "amazon-elb"),
      );
      const removal = (): Promise<unknown> =>
        emulated.aws.ec2.send(new DeleteSecurityGroupCommand({ GroupId: group }));
      await assert.rejects(removal(), { name: "DependencyViolation" });
      await call("DeleteLoadBalancer", balancer);
      assert.equal(await described(balancer), "LoadBalancerNotFound");
      assert.doesNotMatch(await call("DeleteLoadBalancer", balancer), /NotFound/);
      await removal();
    });

    it("is refused where AWS refuses it", async () => {
      const refusal = (more: Parameters): Promise<string> =>
        call("CreateLoadBalancer", { LoadBalancerName: unique("refused"), ...listener(80, 30080), ...more });
      const [first = ""] = subnets();
      assert.equal(await refusal({}), "ValidationError");
      assert.equal(await refusal(members("Subnets", ["subnet-0123456789abcdef0"])), "SubnetNotFound");
      assert.equal(await refusal(members("Subnets", [first, first])), "InvalidConfigurationRequest");
      const placed = members("Subnets", [first]);
      assert.equal(
        await refusal({ ...placed, ...listener(53, 30053, { Protocol: "udp" }) }),
        "UnsupportedProtocol",
      );
      assert.equal(await refusal({ ...placed, Scheme: "private" }), "InvalidScheme");
      assert.equal(
        await refusal({ ...placed, ...members("SecurityGroups", ["sg-0123456789abcdef0"]) }),
        "InvalidSecurityGroup",
      );
      assert.equal(
        await call("DescribeLoadBalancerAttributes", { LoadBalancerName: "absent" }),
        "LoadBalancerNotFound",
      );
    });
  });
});
