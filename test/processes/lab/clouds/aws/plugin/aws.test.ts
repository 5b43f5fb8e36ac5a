import assert from "node:assert/strict";
import * as catalogue from "../../../../../../lab/clouds/aws/plugin/catalogue.ts";
import { makeProvider } from "../../../../../../lab/clouds/aws/plugin/provider.ts";
import { RunningPlugin, unknown } from "../../../../../unit/lab/providers/runningPlugin.ts";

const targetGroup = { type: "aws:lb/targetGroup:TargetGroup", name: "np-http" };
const loadBalancer = { type: "aws:lb/loadBalancer:LoadBalancer", name: "np" };
const listener = { type: "aws:lb/listener:Listener", name: "np-http" };
const rule = { type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", name: "np-http" };
const group = { port: 30080, protocol: "TCP", vpcId: "vpc-1" };

describe("the lab's aws plug-in", () => {
  let aws: RunningPlugin;

  before(async () => {
    aws = await RunningPlugin.here(makeProvider(catalogue));
    await aws.configure({
      "aws:config:region": "us-west-2",
      "aws:config:accessKey": "test",
      "aws:config:secretKey": "test",
      "aws:config:endpoints": '[{"ec2":"http://127.0.0.1:9","elbv2":"http://127.0.0.1:9"}]',
      "aws:config:defaultTags": '{"tags":{"team":"lab"}}',
    });
  });
  after(() => aws.stop());

  it("names an object after its logical name and fills in the defaults", async () => {
    const { inputs, failures } = await aws.check(targetGroup, group);
    assert.deepEqual(failures, []);
    assert.match(String(inputs.name), /^np-http-[0-9a-f]{7}$/);
    const { name: _, ...rest } = inputs;
    assert.deepEqual(rest, {
      __defaults: ["name"],
      port: 30080,
      protocol: "TCP",
      vpcId: "vpc-1",
      targetType: "instance",
      deregistrationDelay: 300,
      proxyProtocolV2: false,
    });
  });

  it("gives the same name for the same seed, and another for another", async () => {
    const named = async (seed: string) => (await aws.check(targetGroup, group, {}, seed)).inputs.name;
    assert.equal(await named("one"), await named("one"));
    assert.notEqual(await named("one"), await named("two"));
  });

  it("keeps an automatic name over updates", async () => {
    const { inputs: old } = await aws.check(targetGroup, group);
    const { inputs } = await aws.check(targetGroup, { ...group, deregistrationDelay: 5 }, old, "other");
    assert.equal(inputs.name, old.name);
  });

  it("cuts automatic names to the 32 characters that AWS takes", async () => {
    const long = { ...loadBalancer, name: "a-very-long-logical-name-for-a-load-balancer" };
    const { inputs, failures } = await aws.check(long, { subnets: ["subnet-1"] });
    assert.deepEqual(failures, []);
    assert.match(String(inputs.name), /^a-very-long-logical-name-[0-9a-f]{7}$/);
    assert.equal(String(inputs.name).length, 32);
  });

  it("refuses a given name that is too long, with its length", async () => {
    const name = "x".repeat(33);
    const { failures } = await aws.check(targetGroup, { ...group, name });
    assert.deepEqual(failures, [`name: "${name}" has 33 characters; AWS accepts at most 32`]);
  });

  it("refuses an argument that it does not know, naming it and the plug-in that does", async () => {
    const { failures } = await aws.check(targetGroup, { ...group, slowStart: 30 });
    assert.equal(failures.length, 1);
    assert.match(
      failures[0]!,
      /^slowStart: unknown argument; the lab's plug-in supports name, namePrefix, port/,
    );
    assert.match(failures[0]!, /pulumi plugin install resource aws 7\.48\.0$/);
  });

  it("refuses an unknown argument inside an object by its path", async () => {
    const { failures } = await aws.check(targetGroup, { ...group, healthCheck: { intervall: 5 } });
    assert.match(failures.join(), /^healthCheck\.intervall: unknown argument/);
  });

  it("refuses a type that it does not know, naming it and the plug-in that does", async () => {
    await assert.rejects(aws.check({ type: "aws:sqs/queue:Queue" }, {}), {
      message: /^unknown resource type aws:sqs\/queue:Queue: .*official AWS plug-in v7\.48\.0/,
    });
  });

  it("refuses a function that it does not know", async () => {
    await assert.rejects(aws.invoke("aws:ec2/getAmi:getAmi", {}), {
      message: /unknown function aws:ec2\/getAmi:getAmi/,
    });
  });

  it("refuses values of the wrong type or out of range, and missing ones", async () => {
    const { failures } = await aws.check(targetGroup, { port: 70000, protocol: "SCTP" });
    assert.deepEqual(failures, [
      "port: expected an integer from 1 to 65535, got 70000",
      'protocol: expected one of TCP, TCP_UDP, TLS, UDP, QUIC, TCP_QUIC, HTTP, HTTPS, GENEVE, got "SCTP"',
      "vpcId: missing: a target group of type instance needs it",
    ]);
  });

  it("refuses a rule with two peers", async () => {
    const inputs = { securityGroupId: "sg-1", ipProtocol: "tcp", cidrIpv4: "0.0.0.0/0", cidrIpv6: "::/0" };
    assert.match(
      (await aws.check(rule, inputs)).failures.join(),
      /^cidrIpv6: set exactly one of .* got cidrIpv4 and cidrIpv6$/,
    );
  });

  it("leaves unknown values alone", async () => {
    const { inputs, failures } = await aws.check(targetGroup, {
      ...group,
      port: unknown,
      healthCheck: unknown,
    });
    assert.deepEqual(failures, []);
    assert.equal(inputs.port, unknown);
    assert.equal(inputs.healthCheck, unknown);
  });

  it("replaces a target group whose port changes, and makes the new one first", async () => {
    const { inputs } = await aws.check(targetGroup, group);
    const { changes, deleteBeforeReplace } = await aws.diff(
      targetGroup,
      inputs,
      { ...inputs, port: unknown },
      { ...inputs, tagsAll: { team: "lab" } },
    );
    assert.deepEqual(changes, { port: "update-replace" });
    assert.equal(deleteBeforeReplace, false);
  });

  it("deletes first if both objects would have the name from the program", async () => {
    const { inputs } = await aws.check(targetGroup, { ...group, name: "mine" });
    const { deleteBeforeReplace } = await aws.diff(targetGroup, inputs, { ...inputs, port: 1 });
    assert.equal(deleteBeforeReplace, true);
  });

  it("updates a health check in place, property by property", async () => {
    const { inputs: before } = await aws.check(targetGroup, { ...group, healthCheck: { interval: 30 } });
    const { inputs: after } = await aws.check(
      targetGroup,
      { ...group, healthCheck: { interval: 10 } },
      before,
    );
    const { changes } = await aws.diff(targetGroup, before, after, { ...before, tagsAll: { team: "lab" } });
    assert.deepEqual(changes, { "healthCheck.interval": "update" });
  });

  it("updates a listener's action in place", async () => {
    const inputs = (targetGroupArn: string) => ({
      loadBalancerArn: "arn",
      defaultActions: [{ type: "forward", targetGroupArn }],
    });
    const { changes } = await aws.diff(listener, inputs("a"), inputs(unknown), { tagsAll: { team: "lab" } });
    assert.deepEqual(changes, { "defaultActions[0].targetGroupArn": "update" });
  });

  it("ignores the order of subnets, adds one in place and replaces when one goes", async () => {
    const checked = async (...subnets: string[]) =>
      (await aws.check(loadBalancer, { loadBalancerType: "network", name: "n", subnets })).inputs;
    const [before, reordered, added, removed] = await Promise.all([
      checked("subnet-b", "subnet-a"),
      checked("subnet-a", "subnet-b"),
      checked("subnet-a", "subnet-b", "subnet-c"),
      checked("subnet-a"),
    ]);
    const outputs = { tagsAll: { team: "lab" } };
    assert.deepEqual((await aws.diff(loadBalancer, before, reordered, outputs)).changes, {});
    assert.deepEqual((await aws.diff(loadBalancer, before, added, outputs)).changes, { "subnets[2]": "add" });
    assert.deepEqual((await aws.diff(loadBalancer, before, removed, outputs)).changes, {
      "subnets[1]": "delete-replace",
    });
  });

  it("sees that the configuration's default tags changed", async () => {
    const { inputs } = await aws.check(targetGroup, group);
    const { changes } = await aws.diff(targetGroup, inputs, inputs, {
      ...inputs,
      tagsAll: { team: "other" },
    });
    assert.deepEqual(changes, { tagsAll: "update" });
  });

  it("previews a new object without a call: its inputs, and no id", async () => {
    const { inputs } = await aws.check(targetGroup, { ...group, port: unknown, tags: { a: "b" } });
    const { id, outputs } = await aws.create(targetGroup, inputs, true);
    assert.equal(id, "");
    assert.equal(outputs.port, unknown);
    assert.deepEqual(outputs.tagsAll, { team: "lab", a: "b" });
    assert.equal("arn" in outputs, false);
  });

  it("says that the lab is not running when nothing answers on loopback", async () => {
    await assert.rejects(aws.invoke("aws:ec2/getSubnets:getSubnets", {}), {
      message:
        /no answer from the AWS API at http:\/\/127\.0\.0\.1:9 .*the lab is not running; start it with: npm run lab -- up$/,
    });
  });

  it("checks the configuration: keys, JSON, URLs, credentials", async () => {
    const failures = async (inputs: Record<string, string>) =>
      (await aws.checkConfig({ region: "r", ...inputs })).join();
    assert.equal(await failures({ skipCredentialsValidation: "true" }), "");
    assert.match(await failures({ regoin: "r" }), /^regoin: aws:regoin is not known to the lab's plug-in/);
    assert.match(await failures({ endpoints: "[{" }), /^endpoints: aws:endpoints: expected JSON, got "\[\{"/);
    assert.match(await failures({ endpoints: '[{"ec2":"nowhere"}]' }), /ec2: expected a URL, got "nowhere"$/);
    assert.match(await failures({ accessKey: "a" }), /^secretKey: aws:secretKey: missing/);
    assert.match(await failures({ maxRetries: "-1" }), /^maxRetries: .* got "-1"$/);
  });
});
