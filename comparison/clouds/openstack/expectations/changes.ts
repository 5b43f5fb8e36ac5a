/** What becomes of an exposure that is changed, and changed back. */
import type {
  AlterationExpectations,
  LeftoverExpectations,
  StepExpectations,
} from "../../../scenarios/alteration/expectations.ts";
import { both, each } from "../../../scenarios/documented.ts";
import type { Documented } from "../../../scenarios/documented.ts";
import type { Expectations } from "../../expectations.ts";
import { api, haproxyReload, ofController, serviceController } from "./sources.ts";

export const alteration: LeftoverExpectations = {
  leftOver: {
    sentence: "Whoever made an object for the change deletes it with the change.",
    source: ofController("ensureOctaviaLoadBalancer"),
  },
};

const reloaded: Documented = {
  sentence: "HAProxy is reloaded: the new worker takes new connections, and the former one finishes its own.",
  source: haproxyReload,
};
const sameAddress = both(true, {
  sentence: "The load balancer stays, with its floating IP.",
  source: api,
});
const unnoticed: Omit<StepExpectations, "objects"> = {
  loses: both(false, reloaded),
  losesKeptAlive: both(false, reloaded),
  gap: both("none", reloaded),
};

const portChanged = (what: "added" | "removed"): StepExpectations => ({
  ...unnoticed,
  objects: both(`1 listener ${what}, 1 pool ${what}, 3 members ${what}, 1 monitor ${what}, 1 rule ${what}`, {
    sentence: "A port is a listener, a pool with each node as a member, a monitor, and a rule for the nodes.",
    source: api,
  }),
});

export const changePorts: AlterationExpectations = {
  there: portChanged("added"),
  back: portChanged("removed"),
  nameStays: sameAddress,
};

const newMembers: Documented = {
  sentence:
    "A member's port cannot be changed, so both ways replace the members, and kube-proxy no longer serves the old port meanwhile.",
  source: `${api}#update-a-member`,
};
const nodePortChanged: StepExpectations = {
  loses: both(true, newMembers),
  losesKeptAlive: both(false, reloaded),
  gap: both("registration", newMembers),
  objects: both("3 members replaced, 1 rule replaced", newMembers),
};

export const changeNodePort: AlterationExpectations = {
  there: nodePortChanged,
  back: nodePortChanged,
  nameStays: sameAddress,
};

const newCheck: Documented = {
  sentence:
    "The program goes on checking the node port. The controller checks the healthCheckNodePort that Kubernetes allocates for the policy Local, which takes a monitor of another type and a rule for the nodes.",
  source: ofController("ensureOctaviaHealthMonitor, buildBatchUpdateMemberOpts"),
};
const policyChanged = (what: "added" | "removed"): StepExpectations => ({
  ...unnoticed,
  objects: each("nothing", `1 monitor replaced, 1 rule ${what}`, newCheck),
});

export const changePolicy: AlterationExpectations = {
  there: policyChanged("added"),
  back: policyChanged("removed"),
  nameStays: sameAddress,
};

const floating: Documented = {
  sentence:
    "Internal means no floating IP: both ways delete it, and its clients find nothing any more. The load balancer itself stays. When it is internet-facing again, it gets another floating IP.",
  source: ofController("ensureFloatingIP"),
};
const schemeChanged = (what: "added" | "removed"): StepExpectations => ({
  loses: both(true, floating),
  losesKeptAlive: both(true, floating),
  gap: both("some", floating),
  objects: both(`1 floating IP ${what}`, floating),
});

export const changeScheme: Expectations["changeScheme"] = {
  there: schemeChanged("removed"),
  back: schemeChanged("added"),
  nameStays: both(false, floating),
  scheme: both("internal", floating),
};

const ofTypes: Documented = {
  sentence:
    "The type of a Service decides only about the load balancer of its cloud controller, which is a new one each time; node ports stay. A load balancer that the program made is not affected.",
  source: serviceController,
};
const typeChanged = (left: string, right: string): StepExpectations => {
  const objects = (verb: string): string =>
    [
      "1 load balancer",
      "1 floating IP",
      "1 listener",
      "1 pool",
      "3 members",
      "1 monitor",
      "1 security group",
      "1 rule",
    ]
      .map((object) => `${object} ${verb}`)
      .join(", ");
  return {
    loses: each(false, true, ofTypes),
    losesKeptAlive: each(false, true, ofTypes),
    gap: each("none", "some", ofTypes),
    objects: each(objects(left), objects(right), {
      sentence: `${ofTypes.sentence} The controller leaves its annotations on a Service that is of type NodePort again. As long as it names the deleted load balancer, the Service gets no other one: here the annotations are removed first.`,
      source: ofController("ensureOctaviaLoadBalancer: GetLoadbalancerByID"),
    }),
  };
};

export const changeServiceType: AlterationExpectations = {
  there: typeChanged("added", "removed"),
  back: typeChanged("removed", "added"),
  nameStays: each<boolean | "by chance">(true, "by chance", {
    sentence: `${ofTypes.sentence} So is its floating IP, whose address Neutron draws from those that are free: only by chance it is the former one.`,
    source: "https://docs.openstack.org/neutron/latest/contributor/internals/ipam.html",
  }),
};
