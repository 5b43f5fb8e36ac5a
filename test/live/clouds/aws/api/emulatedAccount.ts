/** An emulated account for test suites. It is started once for all suites of a process. */
import assert from "node:assert/strict";
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  DescribeLoadBalancersCommand,
  DescribeTargetGroupAttributesCommand,
  DescribeTargetHealthCommand,
  ModifyTargetGroupAttributesCommand,
  RegisterTargetsCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type {
  CreateListenerCommandInput,
  CreateLoadBalancerCommandInput,
  CreateTargetGroupCommandInput,
  LoadBalancer,
  TargetDescription,
  TargetGroup,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { seedAccount } from "../../../../../lab/clouds/aws/account/account.ts";
import type { Account } from "../../../../../lab/clouds/aws/account/account.ts";
import { buildTimeout, liveTools } from "../../../tools.ts";
import { RunningEmulator } from "./runningEmulator.ts";
import { atEnd } from "../../../atEnd.ts";

/** The account of all suites in this process. */
let shared: Promise<{ readonly python: string; readonly aws: RunningEmulator }> | undefined;
/** Makes names unique in the account. */
let made = 0;

async function start(): Promise<{ readonly python: string; readonly aws: RunningEmulator }> {
  const { python } = await liveTools();
  const aws = await RunningEmulator.start(python);
  atEnd(() => aws.abandon());
  return { python, aws };
}

/** For a suite: the API with a seeded account, shared with other suites, and functions that make and read objects in it. */
export function emulatedAccount() {
  let opened:
    { readonly python: string; readonly aws: RunningEmulator; readonly account: Account } | undefined;
  const emulated = {
    get python() {
      return (opened ?? assert.fail("not started")).python;
    },
    get aws() {
      return (opened ?? assert.fail("not started")).aws;
    },
    get account() {
      return (opened ?? assert.fail("not started")).account;
    },
  };
  before(async function () {
    this.timeout(buildTimeout);
    const { python, aws } = await (shared ??= start());
    // Seeding again repairs what another suite has terminated.
    opened = { python, aws, account: await seedAccount(aws.endpoint) };
  });

  const unique = (prefix: string): string => `${prefix}-${(made += 1).toString()}`;
  const arn = (resource: { LoadBalancerArn?: string | undefined }): string =>
    resource.LoadBalancerArn ?? assert.fail("no ARN");
  const groupArn = (resource: TargetGroup): string => resource.TargetGroupArn ?? assert.fail("no ARN");
  const subnets = (): string[] => emulated.account.nodes.map(({ subnetId }) => subnetId);
  const instances = (): TargetDescription[] =>
    emulated.account.nodes.map(({ instanceId }) => ({ Id: instanceId }));

  async function loadBalancer(more: Partial<CreateLoadBalancerCommandInput> = {}): Promise<LoadBalancer> {
    const settings = { Name: unique("nlb"), Type: "network" as const, Subnets: subnets(), ...more };
    const { LoadBalancers } = await emulated.aws.elb.send(new CreateLoadBalancerCommand(settings));
    return LoadBalancers?.[0] ?? assert.fail("no load balancer");
  }
  async function targetGroup(more: Partial<CreateTargetGroupCommandInput> = {}): Promise<TargetGroup> {
    const settings = {
      Name: unique("tg"),
      Protocol: "TCP" as const,
      Port: 30080,
      VpcId: emulated.account.vpcId,
      ...more,
    };
    const { TargetGroups } = await emulated.aws.elb.send(new CreateTargetGroupCommand(settings));
    return TargetGroups?.[0] ?? assert.fail("no target group");
  }
  async function listener(
    balancer: LoadBalancer,
    group: TargetGroup,
    more: Partial<CreateListenerCommandInput> = {},
  ): Promise<string> {
    const { Listeners } = await emulated.aws.elb.send(
      new CreateListenerCommand({
        LoadBalancerArn: arn(balancer),
        Port: 80,
        Protocol: "TCP",
        DefaultActions: [{ Type: "forward", TargetGroupArn: groupArn(group) }],
        ...more,
      }),
    );
    return Listeners?.[0]?.ListenerArn ?? assert.fail("no listener");
  }
  async function described(balancer: LoadBalancer): Promise<LoadBalancer> {
    const { LoadBalancers } = await emulated.aws.elb.send(
      new DescribeLoadBalancersCommand({ LoadBalancerArns: [arn(balancer)] }),
    );
    return LoadBalancers?.[0] ?? assert.fail("no load balancer");
  }
  async function activate(balancer: LoadBalancer): Promise<void> {
    const addresses = emulated.account.nodes.map(({ zone, subnetId }, index) => ({
      zone,
      subnetId,
      address: `203.0.113.${index.toString()}`,
      privateAddress: `10.0.${(16 * index + 8).toString()}.0`,
    }));
    const { status } = await emulated.aws.report("load-balancers", [
      { loadBalancerArn: arn(balancer), addresses },
    ]);
    assert.equal(status, 204);
  }
  async function healths(group: TargetGroup, targets?: TargetDescription[]): Promise<string[]> {
    const { TargetHealthDescriptions } = await emulated.aws.elb.send(
      new DescribeTargetHealthCommand({ TargetGroupArn: groupArn(group), Targets: targets }),
    );
    return (TargetHealthDescriptions ?? []).map(({ TargetHealth }) =>
      [TargetHealth?.State, TargetHealth?.Reason ?? ""].join(" ").trim(),
    );
  }
  async function register(group: TargetGroup, targets = instances()): Promise<void> {
    await emulated.aws.elb.send(
      new RegisterTargetsCommand({ TargetGroupArn: groupArn(group), Targets: targets }),
    );
  }
  async function reportHealth(
    group: TargetGroup,
    target: TargetDescription,
    state: string,
    reason?: string,
  ): Promise<Response> {
    return emulated.aws.report("target-health", [
      {
        targetGroupArn: groupArn(group),
        targetId: target.Id,
        port: target.Port ?? group.Port,
        state,
        reason,
      },
    ]);
  }
  async function attributes(group: TargetGroup): Promise<Record<string, string>> {
    const { Attributes } = await emulated.aws.elb.send(
      new DescribeTargetGroupAttributesCommand({ TargetGroupArn: groupArn(group) }),
    );
    return Object.fromEntries((Attributes ?? []).map(({ Key, Value }) => [Key ?? "", Value ?? ""]));
  }
  async function setAttribute(group: TargetGroup, Key: string, Value: string): Promise<void> {
    await emulated.aws.elb.send(
      new ModifyTargetGroupAttributesCommand({
        TargetGroupArn: groupArn(group),
        Attributes: [{ Key, Value }],
      }),
    );
  }

  return Object.assign(emulated, {
    unique,
    arn,
    groupArn,
    subnets,
    instances,
    loadBalancer,
    targetGroup,
    listener,
    described,
    activate,
    healths,
    register,
    reportHealth,
    attributes,
    setAttribute,
  });
}
