import assert from "node:assert/strict";
import {
  DeleteListenerCommand,
  DeleteTargetGroupCommand,
  DescribeTargetGroupsCommand,
  ModifyTargetGroupCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { TargetGroup } from "@aws-sdk/client-elastic-load-balancing-v2";
import { emulatedAccount } from "./emulatedAccount.ts";

describe("the emulated AWS API", function () {
  this.timeout(20_000);
  const emulated = emulatedAccount();
  const { arn, groupArn, loadBalancer, targetGroup, listener, attributes, setAttribute } = emulated;

  describe("a target group", () => {
    it("has an NLB's default health check and attributes", async () => {
      const group = await targetGroup();
      assert.deepEqual(
        [
          group.HealthCheckProtocol,
          group.HealthCheckPort,
          group.HealthCheckIntervalSeconds,
          group.HealthCheckTimeoutSeconds,
        ],
        ["TCP", "traffic-port", 30, 10],
      );
      assert.deepEqual([group.HealthyThresholdCount, group.UnhealthyThresholdCount], [5, 2]);
      assert.equal(group.Matcher, undefined);
      assert.equal(group.TargetType, "instance");
      const values = await attributes(group);
      assert.equal(values["preserve_client_ip.enabled"], "true");
      assert.equal(values["proxy_protocol_v2.enabled"], "false");
      assert.equal(values["deregistration_delay.timeout_seconds"], "300");
      assert.equal(values["deregistration_delay.connection_termination.enabled"], "false");
      assert.equal(values["target_health_state.unhealthy.connection_termination.enabled"], "true");
      assert.equal(values["load_balancing.cross_zone.enabled"], "use_load_balancer_configuration");
    });

    it("has an HTTP check with the path /, the codes 200-399 and a timeout of 6 s by default", async () => {
      const group = await targetGroup({ HealthCheckProtocol: "HTTP", HealthCheckIntervalSeconds: 10 });
      assert.deepEqual(
        [group.HealthCheckTimeoutSeconds, group.HealthCheckPath, group.Matcher?.HttpCode],
        [6, "/", "200-399"],
      );
    });

    it("refuses health checks outside AWS's ranges", async () => {
      const refused = { name: "ValidationError" };
      await assert.rejects(targetGroup({ HealthCheckIntervalSeconds: 5 }), {
        message: "Health check timeout '10' must be smaller than or equal to the interval '5'",
      });
      await assert.rejects(
        targetGroup({ HealthCheckIntervalSeconds: 4, HealthCheckTimeoutSeconds: 2 }),
        refused,
      );
      await assert.rejects(targetGroup({ HealthyThresholdCount: 1 }), refused);
      await assert.rejects(targetGroup({ HealthCheckProtocol: "UDP" }), refused);
      await assert.rejects(targetGroup({ HealthCheckPort: "http" }), refused);
      await assert.rejects(targetGroup({ HealthCheckProtocol: "HTTP", HealthCheckPath: "healthz" }), {
        message: "Health check path 'healthz' must begin with a '/' character",
      });
      await assert.rejects(targetGroup({ Port: 70000 }), refused);
    });

    it("may be deleted twice", async () => {
      const TargetGroupArn = groupArn(await targetGroup());
      const remove = (): Promise<unknown> =>
        emulated.aws.elb.send(new DeleteTargetGroupCommand({ TargetGroupArn }));
      await remove();
      await remove();
      await assert.rejects(
        emulated.aws.elb.send(new DescribeTargetGroupsCommand({ TargetGroupArns: [TargetGroupArn] })),
        { name: "TargetGroupNotFoundException" },
      );
    });

    it("keeps the settings that ModifyTargetGroup omits, and gets a path when its check becomes HTTP", async () => {
      const group = await targetGroup({ HealthyThresholdCount: 3, UnhealthyThresholdCount: 3 });
      const modify = async (change: object): Promise<TargetGroup> => {
        const { TargetGroups } = await emulated.aws.elb.send(
          new ModifyTargetGroupCommand({ TargetGroupArn: groupArn(group), ...change }),
        );
        return TargetGroups?.[0] ?? assert.fail("no target group");
      };
      const http = await modify({
        HealthCheckProtocol: "HTTP",
        HealthCheckPort: "31000",
        HealthCheckPath: "/healthz",
        HealthCheckIntervalSeconds: 10,
      });
      assert.deepEqual(
        [
          http.HealthCheckPath,
          http.HealthCheckPort,
          http.HealthyThresholdCount,
          http.HealthCheckTimeoutSeconds,
        ],
        ["/healthz", "31000", 3, 10],
      );
      await assert.rejects(modify({ HealthCheckIntervalSeconds: 5 }), { name: "ValidationError" });
      const tcp = await modify({ HealthCheckProtocol: "TCP", HealthCheckPort: "traffic-port" });
      assert.deepEqual(
        [tcp.HealthCheckPath, tcp.Matcher, tcp.HealthCheckIntervalSeconds],
        [undefined, undefined, 10],
      );
    });

    it("is returned again for the same name and settings, and refused for other settings", async () => {
      const group = await targetGroup();
      assert.equal(groupArn(await targetGroup({ Name: group.TargetGroupName })), groupArn(group));
      await assert.rejects(targetGroup({ Name: group.TargetGroupName, Port: 30081 }), {
        name: "DuplicateTargetGroupNameException",
      });
    });

    it("refuses unknown attributes, attributes of other load balancer types, and UDP without client IP", async () => {
      const udp = await targetGroup({ Protocol: "UDP" });
      assert.equal((await attributes(udp))["deregistration_delay.connection_termination.enabled"], "true");
      await assert.rejects(setAttribute(udp, "no.such.attribute", "1"), {
        name: "ValidationError",
        message: "Target group attribute key 'no.such.attribute' is not recognized",
      });
      await assert.rejects(setAttribute(udp, "slow_start.duration_seconds", "30"), {
        name: "InvalidConfigurationRequestException",
      });
      await assert.rejects(setAttribute(udp, "preserve_client_ip.enabled", "false"), {
        name: "InvalidConfigurationRequestException",
      });
      await assert.rejects(setAttribute(udp, "deregistration_delay.timeout_seconds", "3601"), {
        name: "ValidationError",
      });
      await setAttribute(await targetGroup(), "preserve_client_ip.enabled", "false");
    });

    it("lets unhealthy targets drain only if it does not terminate their connections", async () => {
      const group = await targetGroup();
      const draining = "target_health_state.unhealthy.draining_interval_seconds";
      const ending = "target_health_state.unhealthy.connection_termination.enabled";
      await assert.rejects(setAttribute(group, draining, "60"), {
        name: "InvalidConfigurationRequestException",
        message:
          /can only be set if 'target_health_state\.unhealthy\.connection_termination\.enabled' is 'false'/,
      });
      await setAttribute(group, ending, "false");
      await setAttribute(group, draining, "60");
      await assert.rejects(setAttribute(group, ending, "true"));
    });

    it("cannot be deleted while a listener uses it", async () => {
      const [balancer, group] = [await loadBalancer(), await targetGroup()];
      const listenerArn = await listener(balancer, group);
      const remove = (): Promise<unknown> =>
        emulated.aws.elb.send(new DeleteTargetGroupCommand({ TargetGroupArn: groupArn(group) }));
      await assert.rejects(remove(), { name: "ResourceInUseException" });
      await emulated.aws.elb.send(new DeleteListenerCommand({ ListenerArn: listenerArn }));
      await remove();
    });

    it("is found by its load balancer, whose list may be empty", async () => {
      const [balancer, group] = [await loadBalancer(), await targetGroup()];
      const list = async (): Promise<(string | undefined)[]> => {
        const { TargetGroups } = await emulated.aws.elb.send(
          new DescribeTargetGroupsCommand({ LoadBalancerArn: arn(balancer) }),
        );
        return (TargetGroups ?? []).map(({ TargetGroupArn }) => TargetGroupArn);
      };
      assert.deepEqual(await list(), []);
      const listenerArn = await listener(balancer, group);
      assert.deepEqual(await list(), [groupArn(group)]);
      await emulated.aws.elb.send(new DeleteListenerCommand({ ListenerArn: listenerArn }));
      assert.deepEqual(await list(), []);
    });
  });
});
