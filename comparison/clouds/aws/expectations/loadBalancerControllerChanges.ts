/** What becomes of an exposure that is changed where the AWS Load Balancer Controller v3.2.2 serves the LoadBalancer Services. */
import type { AlterationExpectations, StepExpectations } from "../../../scenarios/alteration/expectations.ts";
import { both, each } from "../../../scenarios/documented.ts";
import type { Documented } from "../../../scenarios/documented.ts";
import type { Expectations } from "../../expectations.ts";
import { upstream } from "../loadBalancerController/upstream.ts";
import { changeNodePort, changePolicy, changePorts, changeScheme, changeServiceType } from "./changes.ts";
import { draining } from "./sources.ts";

type Changes = Pick<
  Expectations,
  "changeNodePort" | "changePolicy" | "changePorts" | "changeScheme" | "changeServiceType"
>;

const nodeRule =
  "On the nodes it has one rule for all its target groups, from the lowest node port to the highest: the rule is replaced if the port is one of these two.";
const nodeRuleSource = upstream(
  "pkg/networking/networking_manager.go",
  "computeRestrictedIngressPermissionsPerSG",
);
/** With the node rule as it was, or replaced. */
const perhapsReplaced = (objects: string, rules: string): readonly string[] => [
  `${objects}, ${rules}`,
  `${objects}, 1 rule replaced, ${rules}`,
];

/** A step of the other controller, with other objects on the right. */
const withObjects = (
  step: StepExpectations,
  right: string | readonly string[],
  documented: Documented,
): StepExpectations => ({ ...step, objects: each(step.objects.left, right, documented) });

const ofPort: Documented = {
  sentence: `A port is a listener, a target group and rules. The program's two rules are on the nodes, for each source range; those of the AWS Load Balancer Controller are on the load balancer. ${nodeRule}`,
  source: nodeRuleSource,
};
const portChanged = (step: StepExpectations, what: "added" | "removed"): StepExpectations =>
  withObjects(step, perhapsReplaced(`1 listener ${what}, 1 target group ${what}`, `2 rules ${what}`), ofPort);

const newTargets: Documented = {
  sentence: `The program replaces its target group. The AWS Load Balancer Controller keeps it: it registers each node a second time, at the new port, and deregisters the old ones. Until the new targets are registered, 180 to 300 s on AWS, no new connection is accepted. ${nodeRule}`,
  source: upstream("pkg/targetgroupbinding/resource_manager.go", "reconcileWithInstanceTargetType"),
};
const nodePortChanged: StepExpectations = withObjects(
  { ...changeNodePort.there, loses: both(true, newTargets), gap: both("registration", newTargets) },
  ["nothing", "1 rule replaced"],
  newTargets,
);

const newCheck: Documented = {
  sentence: "Both change the health check of the target group in place, and no client notices.",
  source: upstream("pkg/deploy/elbv2/target_group_manager.go", "updateSDKTargetGroupWithHealthCheck"),
};
const policyChanged: StepExpectations = {
  loses: both(false, newCheck),
  losesKeptAlive: both(false, { ...newCheck, source: draining }),
  gap: both("none", newCheck),
  objects: each<string | readonly string[]>("nothing", ["nothing", "1 rule replaced"], newCheck),
};

const replaced: Documented = {
  sentence:
    "AWS cannot change a load balancer's scheme. Both replace it, and it gets another name: clients that go on using the old name find nothing. The program keeps its target groups' names; the AWS Load Balancer Controller deletes the old load balancer before it makes the new one, and moves the target group.",
  source: upstream("pkg/deploy/elbv2/load_balancer_synthesizer.go", "Synthesize"),
};
const schemeChanged: StepExpectations = {
  loses: both(true, replaced),
  losesKeptAlive: both(true, replaced),
  gap: both("some", replaced),
  objects: each(changeScheme.there.objects.left, "1 load balancer replaced, 1 listener replaced", replaced),
};

const ofTypes: Documented = {
  sentence: `The type of a Service decides only about the load balancer of its controller, which is a new one each time; node ports stay. The AWS Load Balancer Controller makes it with a security group of its own. ${nodeRule}`,
  source: upstream("pkg/service/service_utils.go", "IsServiceSupported", "IsServicePendingFinalization"),
};
const typeChanged = (step: StepExpectations, left: string, right: string): StepExpectations => {
  const objects = (verb: string): readonly string[] =>
    perhapsReplaced(
      ["load balancer", "listener", "target group", "security group"]
        .map((each) => `1 ${each} ${verb}`)
        .join(", "),
      `3 rules ${verb}`,
    );
  return { ...step, objects: each(objects(left), objects(right), ofTypes) };
};

const changing = (
  expected: AlterationExpectations,
  there: StepExpectations,
  back: StepExpectations,
): AlterationExpectations => ({ ...expected, there, back });

export const changesWithLoadBalancerController: Changes = {
  changeNodePort: changing(changeNodePort, nodePortChanged, nodePortChanged),
  changePolicy: changing(changePolicy, policyChanged, policyChanged),
  changePorts: changing(
    changePorts,
    portChanged(changePorts.there, "added"),
    portChanged(changePorts.back, "removed"),
  ),
  changeScheme: {
    ...changing(changeScheme, schemeChanged, schemeChanged),
    nameStays: both(false, replaced),
    scheme: both("internal", replaced),
  },
  changeServiceType: changing(
    changeServiceType,
    typeChanged(changeServiceType.there, "added", "removed"),
    typeChanged(changeServiceType.back, "removed", "added"),
  ),
};
