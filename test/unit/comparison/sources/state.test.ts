import assert from "node:assert/strict";
import { aws } from "../../../../comparison/clouds/aws/index.ts";
import type { SourceResult } from "../../../../comparison/model/sourceResult.ts";
import { declaredIn, serviceKey, memberKey } from "../../../../comparison/sources/state.ts";
import type { Declared } from "../../../../comparison/sources/state.ts";

type Resource = Readonly<Record<string, unknown>>;

function stateOf(...resources: Resource[]): SourceResult<Declared> {
  return declaredIn({ version: 3, deployment: { manifest: {}, resources } }, aws);
}

function declared(...resources: Resource[]): Declared {
  const state = stateOf(...resources);
  return state.kind === "known" ? state.facts : assert.fail(state.reason);
}

const group = "arn:aws:elasticloadbalancing:us-west-2:1:targetgroup/web/1";

const stack = { type: "pulumi:pulumi:Stack", outputs: { arn: "arn:of-an-output" } };

describe("the state of a stack", () => {
  it("names the program's AWS objects by their ARNs and its rules by their ids", () => {
    const { ids } = declared(
      stack,
      { type: "aws:lb/targetGroup:TargetGroup", id: group, outputs: { arn: group } },
      { type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", id: "sgr-1", outputs: {} },
      // Of this type Pulumi's id is not EC2's.
      {
        type: "aws:ec2/securityGroupRule:SecurityGroupRule",
        id: "sgrule-2",
        outputs: { securityGroupRuleId: "sgr-2" },
      },
    );
    assert.ok([group, "sgr-1", "sgr-2"].every((id) => ids.has(id)));
    assert.ok(!ids.has("arn:of-an-output"));
  });

  it("names the program's Services by namespace and name", () => {
    const { services } = declared({
      type: "kubernetes:core/v1:Service",
      id: "shop/web",
      outputs: { metadata: { namespace: "shop", name: "web", uid: "1" } },
    });
    assert.deepEqual([...services], [serviceKey("shop", "web")]);
  });

  it("names the program's targets by what their attachments connect, not by the attachments' ids", () => {
    const { members } = declared({
      type: "aws:lb/targetGroupAttachment:TargetGroupAttachment",
      id: `${group}-20260101000000000000000001`,
      outputs: { targetGroupArn: group, targetId: "i-1" },
    });
    assert.deepEqual([...members], [memberKey(group, "i-1")]);
  });

  it("names the target groups that the program attached to Auto Scaling groups", () => {
    const { attachedPools } = declared({
      type: "aws:autoscaling/attachment:Attachment",
      id: "workers-20260101000000000000000001",
      outputs: { autoscalingGroupName: "workers", lbTargetGroupArn: group },
    });
    assert.deepEqual([...attachedPools], [group]);
  });

  it("names the target groups whose targets the AWS Load Balancer Controller registers", () => {
    const { poolsOfControllers } = declared({
      type: "kubernetes:elbv2.k8s.aws/v1beta1:TargetGroupBinding",
      id: "shop/web-80-1a2b3c4d",
      outputs: { spec: { targetGroupARN: group, serviceRef: { name: "web", port: "http" } } },
    });
    assert.deepEqual([...poolsOfControllers], [[group, "other: AWS Load Balancer Controller"]]);
  });

  it("leaves out resources that await deletion, and those that the program only reads", () => {
    const { ids } = declared(
      stack,
      { type: "aws:lb/targetGroup:TargetGroup", id: "arn:old", delete: true, outputs: {} },
      { type: "aws:lb/loadBalancer:LoadBalancer", id: "arn:others", external: true, outputs: {} },
    );
    assert.deepEqual([...ids], []);
  });

  it("names nothing for a resource that was never created", () => {
    const all = declared(
      { type: "kubernetes:core/v1:Service" },
      { type: "aws:lb/targetGroupAttachment:TargetGroupAttachment" },
    );
    assert.deepEqual([all.ids.size, all.services.size, all.members.size], [0, 0, 0]);
  });

  it("is unreachable if it is empty", () => {
    const empty = {
      kind: "unreachable",
      reason: "the stack's state is empty: the stack deployed nothing",
    };
    assert.deepEqual(stateOf(), empty);
    assert.deepEqual(declaredIn({ version: 3, deployment: { manifest: {} } }, aws), empty);
  });

  const malformed: readonly [what: string, deployment: unknown, path: string][] = [
    ["nothing", undefined, "the whole"],
    ["text", "{}", "the whole"],
    ["no deployment", { version: 3 }, "deployment"],
    ["resources that are no list", { deployment: { resources: {} } }, "deployment.resources"],
    [
      "a resource without a type",
      { deployment: { resources: [{ id: "1" }] } },
      "deployment.resources.0.type",
    ],
  ];
  for (const [what, deployment, path] of malformed) {
    it(`that is ${what} is unreachable, and says where`, () => {
      assert.deepEqual(declaredIn(deployment, aws), {
        kind: "unreachable",
        reason: `the stack's state is not the output of pulumi stack export: ${path} is not as expected`,
      });
    });
  }
});
