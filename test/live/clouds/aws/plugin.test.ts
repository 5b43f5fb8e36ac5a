/**
 * The lab's aws plug-in on the emulated AWS API, called the way the engine calls it.
 *
 * These tests do not prove that AWS answers as the emulator does. The tests of the whole stack cover how the engine uses the answers.
 */
import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import { DescribeSecurityGroupRulesCommand } from "@aws-sdk/client-ec2";
import {
  DescribeLoadBalancersCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  ModifyTargetGroupAttributesCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { seedAccount, type Account } from "../../../../lab/clouds/aws/account/account.ts";
import { autoscalingGroupName, hostedZoneName } from "../../../../lab/clouds/aws/layout.ts";
import { buildTimeout, liveTools } from "../../tools.ts";
import { RunningPlugin, type Properties, type Target } from "../../../unit/lab/providers/runningPlugin.ts";
import { RunningEmulator } from "./api/runningEmulator.ts";

const loadBalancer = { type: "aws:lb/loadBalancer:LoadBalancer", name: "np" };
const targetGroup = { type: "aws:lb/targetGroup:TargetGroup", name: "np-http" };
const listener = { type: "aws:lb/listener:Listener", name: "np-http" };
const attachment = { type: "aws:lb/targetGroupAttachment:TargetGroupAttachment", name: "np-http-a" };
const groupAttachment = { type: "aws:autoscaling/attachment:Attachment", name: "np-http-group" };
const alarm = { type: "aws:cloudwatch/metricAlarm:MetricAlarm", name: "np-unhealthy" };
const bucket = { type: "aws:s3/bucket:Bucket", name: "np-logs" };
const bucketPolicy = { type: "aws:s3/bucketPolicy:BucketPolicy", name: "np-logs" };
const record = { type: "aws:route53/record:Record", name: "shop" };
const securityGroup = { type: "aws:ec2/securityGroup:SecurityGroup", name: "np" };
const rule = { type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", name: "np-http" };

describe("the lab's aws plug-in on the emulated AWS API", function () {
  this.timeout(30_000);
  let emulator: RunningEmulator;
  let account: Account;
  let plugin: RunningPlugin;

  before(async function () {
    this.timeout(buildTimeout);
    const tools = await liveTools();
    emulator = await RunningEmulator.start(tools.python);
    account = await seedAccount(emulator.endpoint);
    plugin = await RunningPlugin.start("aws");
    await plugin.configure({
      "aws:config:region": "us-west-2",
      "aws:config:accessKey": "test",
      "aws:config:secretKey": "test",
      "aws:config:defaultTags": '{"tags":{"team":"lab"}}',
      "aws:config:endpoints": JSON.stringify([
        {
          autoscaling: emulator.endpoint,
          ec2: emulator.endpoint,
          elbv2: emulator.endpoint,
          route53: emulator.endpoint,
          cloudwatch: emulator.endpoint,
          s3: emulator.endpoint,
          sts: emulator.endpoint,
        },
      ]),
    });
  });
  after(async () => {
    await plugin.stop();
    await emulator.stop();
  });

  /** Checks, then creates, like the engine. */
  async function create(target: Target, given: Properties) {
    const { inputs, failures } = await plugin.check(target, given, {}, String(Math.random()));
    assert.deepEqual(failures, []);
    return { inputs, ...(await plugin.create(target, inputs)) };
  }

  /** Acts as the data plane: reports a load balancer's addresses as programmed as soon as the load balancer exists. */
  async function activateNext(): Promise<void> {
    for (;;) {
      const { LoadBalancers = [] } = await emulator.elb.send(new DescribeLoadBalancersCommand({}));
      const found = LoadBalancers.find(({ State }) => State?.Code === "provisioning");
      if (found) {
        const addresses = account.nodes.map(({ zone, subnetId }, index) => ({
          zone,
          subnetId,
          address: `203.0.113.${(index + 1).toString()}`,
          privateAddress: `10.0.${(16 * index + 8).toString()}.0`,
        }));
        await emulator.report("load-balancers", [{ loadBalancerArn: found.LoadBalancerArn, addresses }]);
        return;
      }
      await setTimeout(20);
    }
  }

  const makeGroup = (given: Properties = {}) =>
    create(targetGroup, { port: 30080, protocol: "TCP", vpcId: account.vpcId, ...given });

  async function makeLoadBalancer() {
    const subnets = account.nodes.map(({ subnetId }) => subnetId);
    const [made] = await Promise.all([
      create(loadBalancer, { loadBalancerType: "network", subnets, tags: { a: "b" } }),
      activateNext(),
    ]);
    return made;
  }

  it("finds the cluster's security group, instances and subnets by their tags", async () => {
    const filters = [{ name: "tag:kubernetes.io/cluster/dev", values: ["owned", "shared"] }];
    const groups = await plugin.invoke("aws:ec2/getSecurityGroups:getSecurityGroups", { filters });
    assert.deepEqual(groups.ids, [account.nodeSecurityGroupId]);
    assert.deepEqual(groups.vpcIds, [account.vpcId]);
    const instances = await plugin.invoke("aws:ec2/getInstances:getInstances", { filters });
    assert.deepEqual((instances.ids as string[]).sort(), account.nodes.map((node) => node.instanceId).sort());
    const vpc = [{ name: "vpc-id", values: [account.vpcId] }];
    const subnets = await plugin.invoke("aws:ec2/getSubnets:getSubnets", { filters: vpc });
    assert.deepEqual(subnets.ids, account.nodes.map((node) => node.subnetId).sort());
    const node = account.nodes[0]!;
    const subnet = await plugin.invoke("aws:ec2/getSubnet:getSubnet", { id: node.subnetId });
    assert.equal(subnet.availabilityZone, node.zone);
    assert.equal(subnet.vpcId, account.vpcId);
  });

  it("finds the rules of a security group, and reads each", async () => {
    const filters = [{ name: "group-id", values: [account.nodeSecurityGroupId] }];
    const { ids } = await plugin.invoke("aws:vpc/getSecurityGroupRules:getSecurityGroupRules", { filters });
    const rules = await Promise.all(
      (ids as string[]).map((securityGroupRuleId) =>
        plugin.invoke("aws:vpc/getSecurityGroupRule:getSecurityGroupRule", { securityGroupRuleId }),
      ),
    );
    const shown = rules.map(({ isEgress, ipProtocol, referencedSecurityGroupId, cidrIpv4 }) => ({
      isEgress,
      ipProtocol,
      source: referencedSecurityGroupId ?? cidrIpv4,
    }));
    assert.deepEqual(
      shown.filter(({ isEgress }) => isEgress === true),
      [{ isEgress: true, ipProtocol: "-1", source: "0.0.0.0/0" }],
    );
    assert.ok(
      shown.some(({ isEgress, source }) => isEgress === false && source === account.nodeSecurityGroupId),
    );
  });

  it("finds the instances of a security group, and the security groups of an instance", async () => {
    const filters = [{ name: "instance.group-id", values: [account.nodeSecurityGroupId] }];
    const { ids } = await plugin.invoke("aws:ec2/getInstances:getInstances", { filters });
    assert.deepEqual((ids as string[]).sort(), account.nodes.map((node) => node.instanceId).sort());
    const instanceId = account.nodes[0]!.instanceId;
    const instance = await plugin.invoke("aws:ec2/getInstance:getInstance", { instanceId });
    assert.deepEqual(instance.vpcSecurityGroupIds, [account.nodeSecurityGroupId]);
    const marked = [{ name: "tag-key", values: ["k8s.io/role/bastion", "no-such-tag"] }];
    const none = await plugin.invoke("aws:ec2/getInstances:getInstances", { filters: marked });
    assert.deepEqual(none.ids, []);
  });

  it("finds Auto Scaling groups by the tags of a managed node group, and by name", async () => {
    const list = "aws:autoscaling/getAmiIds:getAmiIds";
    const filters = [
      { name: "tag:eks:cluster-name", values: ["dev"] },
      { name: "tag:eks:nodegroup-name", values: ["nodes"] },
    ];
    assert.deepEqual((await plugin.invoke(list, { filters })).names, [autoscalingGroupName]);
    const names = [autoscalingGroupName, "no-such-group"];
    assert.deepEqual((await plugin.invoke(list, { names })).names, [autoscalingGroupName]);
    const other = [{ name: "tag:eks:cluster-name", values: ["other"] }];
    assert.deepEqual((await plugin.invoke(list, { filters: other })).names, []);
    const group = await plugin.invoke("aws:autoscaling/getGroup:getGroup", { name: autoscalingGroupName });
    assert.deepEqual(
      String(group.vpcZoneIdentifier).split(",").sort(),
      account.nodes.map((node) => node.subnetId).sort(),
    );
  });

  it("waits until a load balancer is active, and sets its tags", async () => {
    const { id, outputs } = await makeLoadBalancer();
    assert.equal(outputs.arn, id);
    assert.match(String(outputs.dnsName), /^np-[0-9a-f]{7}-[0-9a-f]{16}\.elb\.us-west-2\.amazonaws\.com$/);
    assert.equal(outputs.enableCrossZoneLoadBalancing, false);
    assert.deepEqual(outputs.tagsAll, { a: "b", team: "lab" });
    assert.deepEqual(outputs.tags, { a: "b" });
    const { LoadBalancers } = await emulator.elb.send(
      new DescribeLoadBalancersCommand({ LoadBalancerArns: [id] }),
    );
    assert.equal(LoadBalancers?.[0]?.State?.Code, "active");
    await plugin.delete(loadBalancer, id, outputs);
    assert.equal(await plugin.read(loadBalancer, id), undefined);
  });

  it("changes a target group in place, and sends only the differences", async () => {
    const healthCheck = { protocol: "TCP", interval: 30, healthyThreshold: 3, unhealthyThreshold: 3 };
    const { id, inputs, outputs } = await makeGroup({
      healthCheck,
      deregistrationDelay: 6,
      tags: { a: "1", b: "2" },
    });
    assert.equal(outputs.deregistrationDelay, 6);
    const after = {
      ...inputs,
      healthCheck: { ...healthCheck, enabled: true, port: "traffic-port", interval: 10 },
      tags: { a: "9" },
    };
    const updated = await plugin.update(targetGroup, id, { before: inputs, outputs, after });
    assert.equal((updated.healthCheck as Properties).interval, 10);
    assert.deepEqual(updated.tagsAll, { a: "9", team: "lab" });
    assert.equal(updated.deregistrationDelay, 6);
    await plugin.delete(targetGroup, id, updated);
  });

  it("reads drift on refresh, and ignores what the program does not manage", async () => {
    const { id, inputs, outputs } = await makeGroup();
    const unchanged = await plugin.read(targetGroup, id, inputs, outputs);
    assert.deepEqual(unchanged?.inputs, inputs);
    const Attributes = [{ Key: "deregistration_delay.timeout_seconds", Value: "17" }];
    await emulator.elb.send(new ModifyTargetGroupAttributesCommand({ TargetGroupArn: id, Attributes }));
    const drifted = await plugin.read(targetGroup, id, inputs, outputs);
    assert.deepEqual(drifted?.inputs, { ...inputs, deregistrationDelay: 17 });
    await plugin.delete(targetGroup, id, outputs);
  });

  it("imports a target group without differences from the program that made it", async () => {
    const { id, inputs, outputs } = await makeGroup({ name: "imported", deregistrationDelay: 9 });
    const imported = await plugin.read(targetGroup, id);
    assert.ok(imported);
    const { changes } = await plugin.diff(targetGroup, imported.inputs, inputs, imported.outputs);
    assert.deepEqual(changes, {});
    await plugin.delete(targetGroup, id, outputs);
  });

  it("finds a load balancer by its name, and imports it without differences from what made it", async () => {
    const { id, inputs, outputs } = await makeLoadBalancer();
    const found = await plugin.invoke("aws:lb/getLoadBalancer:getLoadBalancer", { name: inputs.name });
    assert.deepEqual(
      [found.arn, found.loadBalancerType, found.securityGroups, found.tags],
      [id, "network", [], { a: "b", team: "lab" }],
    );
    const imported = await plugin.read(loadBalancer, id);
    assert.ok(imported);
    const { changes } = await plugin.diff(loadBalancer, imported.inputs, inputs, imported.outputs);
    assert.deepEqual(changes, {});
    const changed = { ...inputs, enableCrossZoneLoadBalancing: true };
    const updated = await plugin.update(loadBalancer, id, {
      before: imported.inputs,
      outputs: imported.outputs,
      after: changed,
    });
    assert.equal(updated.enableCrossZoneLoadBalancing, true);
    const target = await makeGroup();
    const listening = await create(listener, {
      loadBalancerArn: id,
      port: 80,
      protocol: "TCP",
      defaultActions: [{ type: "forward", targetGroupArn: target.id }],
    });
    const at = { loadBalancerArn: id, port: 80 };
    const foundListener = await plugin.invoke("aws:lb/getListener:getListener", at);
    assert.deepEqual(
      [foundListener.arn, foundListener.defaultActions],
      [listening.id, [{ type: "forward", targetGroupArn: target.id }]],
    );
    const group = await plugin.invoke("aws:lb/getTargetGroup:getTargetGroup", { arn: target.id });
    assert.deepEqual([group.name, group.port, group.protocol], [target.inputs.name, 30080, "TCP"]);
    await assert.rejects(plugin.invoke("aws:lb/getListener:getListener", { ...at, port: 81 }), {
      message: /nothing matches .*81/,
    });
    await plugin.delete(listener, listening.id, listening.outputs);
    await plugin.delete(targetGroup, target.id, target.outputs);
    await plugin.delete(loadBalancer, id, outputs);
  });

  it("moves a listener to another target group, and deletes the old one once nothing uses it", async () => {
    const balancer = await makeLoadBalancer();
    const [before, after] = [await makeGroup(), await makeGroup()];
    const action = (targetGroupArn: string) => [{ type: "forward", targetGroupArn }];
    const made = await create(listener, {
      loadBalancerArn: balancer.id,
      port: 80,
      protocol: "TCP",
      defaultActions: action(before.id),
    });
    const deletion = plugin.delete(targetGroup, before.id, before.outputs);
    const inputs = { ...made.inputs, defaultActions: action(after.id) };
    const outputs = await plugin.update(listener, made.id, {
      before: made.inputs,
      outputs: made.outputs,
      after: inputs,
    });
    assert.deepEqual(outputs.defaultActions, action(after.id));
    await deletion;
    await plugin.delete(listener, made.id, outputs);
    await plugin.delete(targetGroup, after.id, after.outputs);
    await plugin.delete(loadBalancer, balancer.id, balancer.outputs);
    const { TargetGroups } = await emulator.elb.send(new DescribeTargetGroupsCommand({}));
    assert.deepEqual(TargetGroups, []);
  });

  it("attaches a target, finds it by its id alone, and detaches it", async () => {
    const group = await makeGroup();
    const given = { targetGroupArn: group.id, targetId: account.nodes[0]!.instanceId };
    const { id, outputs } = await create(attachment, given);
    assert.deepEqual((await plugin.read(attachment, id))?.inputs, given);
    await plugin.delete(attachment, id, outputs);
    assert.equal(await plugin.read(attachment, id), undefined);
    await plugin.delete(targetGroup, group.id, group.outputs);
  });

  it("attaches an Auto Scaling group, finds it by its id alone, and detaches it, even if somebody else already has", async () => {
    const group = await makeGroup();
    const targets = async () => {
      const { TargetHealthDescriptions = [] } = await emulator.elb.send(
        new DescribeTargetHealthCommand({ TargetGroupArn: group.id }),
      );
      return TargetHealthDescriptions.map(({ Target }) => Target?.Id).sort();
    };
    const given = { autoscalingGroupName, lbTargetGroupArn: group.id };
    const { id, inputs, outputs } = await create(groupAttachment, given);
    assert.equal(id, `${autoscalingGroupName},${group.id}`);
    assert.deepEqual(await targets(), account.nodes.map(({ instanceId }) => instanceId).sort());
    const found = await plugin.read(groupAttachment, id);
    assert.deepEqual(found?.inputs, given);
    const other = { ...inputs, autoscalingGroupName: "other" };
    const { changes } = await plugin.diff(groupAttachment, inputs, other, outputs);
    assert.deepEqual(changes, { autoscalingGroupName: "update-replace" });
    await plugin.delete(groupAttachment, id, outputs);
    assert.deepEqual(await targets(), []);
    assert.equal(await plugin.read(groupAttachment, id), undefined);
    await plugin.delete(groupAttachment, id, outputs);
    await assert.rejects(
      create(groupAttachment, { ...given, autoscalingGroupName: "none" }),
      /AutoScalingGroup 'none' not found/,
    );
    await plugin.delete(targetGroup, group.id, group.outputs);
  });

  it("opens a port, moves the rule and revokes it; revoking it twice is no error", async () => {
    const given = {
      securityGroupId: account.nodeSecurityGroupId,
      ipProtocol: "tcp",
      fromPort: 30080,
      toPort: 30080,
      cidrIpv4: "0.0.0.0/0",
      description: "clients",
    };
    const { id, inputs, outputs } = await create(rule, given);
    const after = { ...inputs, fromPort: 30081, toPort: 30081 };
    const updated = await plugin.update(rule, id, { before: inputs, outputs, after });
    assert.equal(updated.fromPort, 30081);
    assert.equal(updated.securityGroupRuleId, id);
    await plugin.delete(rule, id, updated);
    assert.equal(await plugin.read(rule, id), undefined);
    await plugin.delete(rule, id, updated);
  });

  it("makes a security group that lets its members connect nowhere, and deletes it once no rule refers to it", async () => {
    const given = { vpcId: account.vpcId, description: "clients", tags: { a: "b" } };
    const { id, inputs, outputs } = await create(securityGroup, given);
    const rulesOf = async () => {
      const Filters = [{ Name: "group-id", Values: [id] }];
      const { SecurityGroupRules } = await emulator.ec2.send(
        new DescribeSecurityGroupRulesCommand({ Filters }),
      );
      return SecurityGroupRules;
    };
    assert.match(String(outputs.name), /^np-[0-9a-f]{7}$/);
    assert.deepEqual(outputs.tagsAll, { a: "b", team: "lab" });
    assert.deepEqual(await rulesOf(), []);
    const { changes } = await plugin.diff(
      securityGroup,
      inputs,
      { ...inputs, description: "others" },
      outputs,
    );
    assert.deepEqual(changes, { description: "update-replace" });
    const after = { ...inputs, tags: { a: "c" } };
    const updated = await plugin.update(securityGroup, id, { before: inputs, outputs, after });
    assert.deepEqual(updated.tagsAll, { a: "c", team: "lab" });
    const referring = await create(rule, {
      securityGroupId: account.nodeSecurityGroupId,
      ipProtocol: "tcp",
      fromPort: 30080,
      toPort: 30080,
      referencedSecurityGroupId: id,
    });
    let isDeleted = false;
    const deletion = plugin.delete(securityGroup, id, updated).then(() => {
      isDeleted = true;
    });
    await setTimeout(300);
    assert.equal(isDeleted, false);
    await plugin.delete(rule, referring.id, referring.outputs);
    await deletion;
    assert.equal(await plugin.read(securityGroup, id), undefined);
    await plugin.delete(securityGroup, id, updated);
  });

  it("makes records with weights, changes one weight and keeps the other, and deletes each by itself", async () => {
    const zone = await plugin.invoke("aws:route53/getZone:getZone", { name: hostedZoneName });
    const made = async (setIdentifier: string, weight: number) => {
      const records = [`${setIdentifier}.example.com`];
      const given = { zoneId: zone.zoneId, name: `shop.${hostedZoneName}`, type: "CNAME", ttl: 60, records };
      const policies = { setIdentifier, weightedRoutingPolicies: [{ weight }] };
      return create({ ...record, name: setIdentifier }, { ...given, ...policies });
    };
    const [one, two] = [await made("one", 100), await made("two", 0)];
    assert.equal(one.id, `${String(zone.zoneId)}_shop.${hostedZoneName}_CNAME_one`);
    const after = { ...one.inputs, weightedRoutingPolicies: [{ weight: 0 }] };
    const updated = await plugin.update(record, one.id, { before: one.inputs, outputs: one.outputs, after });
    assert.deepEqual(updated.weightedRoutingPolicies, [{ weight: 0 }]);
    const read = await plugin.read(record, two.id);
    assert.ok(read !== undefined);
    assert.deepEqual(read.outputs.weightedRoutingPolicies, [{ weight: 0 }]);
    assert.deepEqual(read.outputs.records, ["two.example.com"]);
    await plugin.delete(record, one.id, updated);
    assert.equal(await plugin.read(record, one.id), undefined);
    assert.notEqual(await plugin.read(record, two.id), undefined);
    await plugin.delete(record, two.id, two.outputs);
    await plugin.delete(record, two.id, two.outputs);
  });

  it("makes an alarm, changes what it says and its tags, finds it as it left it, and deletes it", async () => {
    const given = {
      namespace: "AWS/NetworkELB",
      metricName: "UnHealthyHostCount",
      dimensions: { LoadBalancer: "net/np/1", TargetGroup: "targetgroup/np/1" },
      statistic: "Maximum",
      period: 60,
      evaluationPeriods: 3,
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      threshold: 1,
      alarmDescription: "Targets of the port <http> & others",
      alarmActions: ["arn:aws:sns:us-west-2:123456789012:b", "arn:aws:sns:us-west-2:123456789012:a"],
      tags: { part: "one" },
    };
    const { id, inputs, outputs } = await create(alarm, given);
    assert.match(id, /^np-unhealthy-[0-9a-f]{7}$/);
    assert.match(String(outputs.arn), /^arn:aws:cloudwatch:us-west-2:\d{12}:alarm:np-unhealthy-/);
    const after: Properties = {
      ...inputs,
      threshold: 2,
      okActions: given.alarmActions,
      tags: { other: "two" },
    };
    const updated = await plugin.update(alarm, id, { before: inputs, outputs, after });
    const read = await plugin.read(alarm, id);
    assert.deepEqual(read?.outputs, updated);
    const { tags: _before, okActions, alarmActions, ...kept } = after;
    for (const [name, value] of Object.entries(kept))
      if (!name.startsWith("__")) assert.deepEqual(updated[name], value, name);
    assert.deepEqual(
      [okActions, alarmActions].map((each) => [...(each as string[])].sort()),
      [updated.okActions, updated.alarmActions],
    );
    assert.deepEqual(updated.tagsAll, { team: "lab", other: "two" });
    await plugin.delete(alarm, id, updated);
    assert.equal(await plugin.read(alarm, id), undefined);
    await plugin.delete(alarm, id, updated);
  });

  it("makes a bucket and its policy, changes both, finds them as it left them, and deletes them", async () => {
    const { id, inputs, outputs } = await create(bucket, { bucket: "lab-logs", tags: { part: "one" } });
    assert.deepEqual([id, outputs.arn, outputs.region], ["lab-logs", "arn:aws:s3:::lab-logs", "us-west-2"]);
    const after = { ...inputs, tags: { other: "<two>" } };
    const updated = await plugin.update(bucket, id, { before: inputs, outputs, after });
    assert.deepEqual(updated.tagsAll, { team: "lab", other: "<two>" });
    assert.deepEqual((await plugin.read(bucket, id))?.outputs, updated);

    const policy = (Sid: string) =>
      JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Sid,
            Effect: "Allow",
            Principal: { Service: "delivery.logs.amazonaws.com" },
            Action: "s3:PutObject",
            Resource: "arn:aws:s3:::lab-logs/AWSLogs/*",
          },
        ],
      });
    const ofBucket = await create(bucketPolicy, { bucket: id, policy: policy("Write") });
    const changed = await plugin.update(bucketPolicy, ofBucket.id, {
      before: ofBucket.inputs,
      outputs: ofBucket.outputs,
      after: { ...ofBucket.inputs, policy: policy("Deliver") },
    });
    assert.equal(changed.policy, policy("Deliver"));
    assert.equal((await plugin.read(bucketPolicy, ofBucket.id))?.outputs.policy, policy("Deliver"));

    for (let time = 0; time < 2; time++) {
      await plugin.delete(bucketPolicy, ofBucket.id, changed);
      assert.equal(await plugin.read(bucketPolicy, ofBucket.id), undefined);
    }
    for (let time = 0; time < 2; time++) {
      await plugin.delete(bucket, id, updated);
      assert.equal(await plugin.read(bucket, id), undefined);
    }
    await plugin.delete(bucketPolicy, ofBucket.id, changed);
  });

  it("tells whose account it is", async () => {
    const { accountId } = await plugin.invoke("aws:index/getCallerIdentity:getCallerIdentity", {});
    assert.equal(accountId, "123456789012");
  });

  it("says which hosted zone there is not", async () => {
    await assert.rejects(plugin.invoke("aws:route53/getZone:getZone", { name: "example.org" }), {
      message: /there is no public hosted zone "example\.org\."/,
    });
  });

  it("reports what AWS refused, and for which resource", async () => {
    await assert.rejects(makeGroup({ vpcId: "vpc-00000000" }), {
      message: /^creating aws:lb\/targetGroup:TargetGroup "np-http": ValidationError.*vpc-00000000/,
    });
  });
});
