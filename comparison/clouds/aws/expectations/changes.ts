/** What becomes of an exposure that is changed, and changed back. */
import type {
  AlterationExpectations,
  LeftoverExpectations,
  StepExpectations,
} from "../../../scenarios/alteration/expectations.ts";
import { both, each } from "../../../scenarios/documented.ts";
import type { Documented } from "../../../scenarios/documented.ts";
import type { Expectations } from "../../expectations.ts";
import { cloudProvider, draining, listeners, loadBalancers } from "./sources.ts";

export const alteration: LeftoverExpectations = {
  leftOver: {
    sentence: "Whoever made an object for the change deletes it with the change.",
    source: loadBalancers,
  },
};

const continues: Documented = {
  sentence: "Existing connections continue at their old target, even after it is deregistered.",
  source: draining,
};
const sameLoadBalancer = both(true, {
  sentence: "Neither the load balancer nor its listener is replaced.",
  source: loadBalancers,
});

const newTargetGroup: Documented = {
  sentence:
    "A target group's port cannot be changed, so both ways make a new target group. Its targets are registered only once a listener leads to it, which takes 180 to 300 s on AWS, and kube-proxy no longer serves the old port.",
  source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_ModifyTargetGroup.html",
};
const nodePortChanged: StepExpectations = {
  loses: both(true, newTargetGroup),
  losesKeptAlive: both(false, continues),
  gap: both("registration", newTargetGroup),
  objects: each("1 target group replaced, 2 rules replaced", "1 target group replaced, 5 rules replaced", {
    sentence:
      "Both replace the target group and move the listener. The program makes a rule for each of the two source ranges, and then revokes the old ones. The cloud controller manager replaces five: two for source ranges, and three for subnets to check from.",
    source: loadBalancers,
  }),
};

export const changeNodePort: AlterationExpectations = {
  there: nodePortChanged,
  back: nodePortChanged,
  nameStays: sameLoadBalancer,
};

const newCheck: Documented = {
  sentence:
    "The program changes its target group's health check in place. The cloud controller manager makes a new target group when the check's protocol or interval changes, and both change with the policy. Until its targets are registered, 180 to 300 s on AWS, no new connection is accepted.",
  source: loadBalancers,
};
const policyChanged: StepExpectations = {
  loses: each(false, true, newCheck),
  losesKeptAlive: both(false, continues),
  gap: each("none", "registration", newCheck),
  objects: each("nothing", "1 target group replaced, 3 rules replaced", newCheck),
};

export const changePolicy: AlterationExpectations = {
  there: policyChanged,
  back: policyChanged,
  nameStays: sameLoadBalancer,
};

const othersStay: Documented = {
  sentence: "Other listeners and their targets are left alone.",
  source: listeners,
};
const portChanged = (what: "added" | "removed"): StepExpectations => ({
  loses: both(false, othersStay),
  losesKeptAlive: both(false, othersStay),
  gap: both("none", othersStay),
  objects: each(
    `1 listener ${what}, 1 target group ${what}, 2 rules ${what}`,
    `1 listener ${what}, 1 target group ${what}, 5 rules ${what}`,
    {
      sentence:
        "A port is a listener, a target group and rules on the nodes. The cloud controller manager makes one more rule for each subnet to check from, though a client's rule covers it.",
      source: loadBalancers,
    },
  ),
});

export const changePorts: AlterationExpectations = {
  there: portChanged("added"),
  back: portChanged("removed"),
  nameStays: both(true, {
    sentence: "Listeners can be added to a load balancer and removed from it.",
    source: listeners,
  }),
};

const replaced: Documented = {
  sentence:
    "AWS cannot change a load balancer's scheme. The program's load balancer is replaced, with its target groups, and gets another name: clients that go on using the old name find nothing. The cloud controller manager leaves its load balancer as it is, whatever the annotation says.",
  source: loadBalancers,
};
const schemeChanged: StepExpectations = {
  loses: each(true, false, replaced),
  losesKeptAlive: each(true, false, replaced),
  gap: each("some", "none", replaced),
  objects: each(
    "1 load balancer replaced, 1 listener replaced, 1 target group replaced",
    "nothing",
    replaced,
  ),
};

export const changeScheme: Expectations["changeScheme"] = {
  there: schemeChanged,
  back: schemeChanged,
  nameStays: each(false, true, replaced),
  scheme: each("internal", "internet-facing", replaced),
};

const ofTypes: Documented = {
  sentence:
    "The type of a Service decides only about the load balancer of its cloud controller, which is a new one each time; node ports stay. A load balancer that the program made is not affected.",
  source: cloudProvider,
};
const typeChanged = (left: string, right: string): StepExpectations => {
  const objects = (verb: string, rules: number): string =>
    ["1 load balancer", "1 listener", "1 target group", `${rules} rules`]
      .map((object) => `${object} ${verb}`)
      .join(", ");
  return {
    loses: each(false, true, ofTypes),
    losesKeptAlive: each(false, true, ofTypes),
    gap: each("none", "some", ofTypes),
    objects: each(objects(left, 3), objects(right, 5), {
      sentence: `${ofTypes.sentence} The cloud controller manager uses the rules that the program has made for the node port, and makes only those to check from.`,
      source: cloudProvider,
    }),
  };
};

export const changeServiceType: AlterationExpectations = {
  there: typeChanged("added", "removed"),
  back: typeChanged("removed", "added"),
  nameStays: each(true, false, ofTypes),
};
