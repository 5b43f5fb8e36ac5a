/** What becomes of nodes as targets: added, drained and lost. */
import type { Documented } from "../../../scenarios/documented.ts";
import type {
  NodeAddedExpectations,
  NodeRegisteredExpectations,
} from "../../../scenarios/nodeAdded/expectations.ts";
import type { NodeDrainedExpectations } from "../../../scenarios/nodeDrained/expectations.ts";
import type { NodeLostExpectations } from "../../../scenarios/nodeLost/expectations.ts";
import { upstream } from "../loadBalancerController/upstream.ts";
import { clocks } from "../clocks.ts";
import { guide, healthChecks as source } from "./sources.ts";

const controller =
  "https://github.com/kubernetes/cloud-provider/blob/v0.35.0/controllers/service/controller.go";
const registering = `${guide}/target-group-register-targets.html`;
const attaching = "https://docs.aws.amazon.com/autoscaling/ec2/userguide/attach-load-balancer-asg.html";
const { Cluster, Local } = clocks.checks;

const othersLoseNothing: Documented = {
  sentence: "A new target takes nothing away from others.",
  source: registering,
};

export const nodeAdded: NodeAddedExpectations = {
  byItself: {
    sentence:
      "The cloud controller registers a node as soon as it is there. Your own load balancer has the targets that it was given: a new node becomes one at the next pulumi up, unless the nodes' Auto Scaling group is attached.",
    source: controller,
  },
  firstRequest: (mostSeconds) => ({
    sentence: `A target gets requests once it is registered, within ${clocks.registrationSeconds.most} s, and has passed a check: here ${mostSeconds} s, including propagation and what a busy machine adds. By hand, the wait for the next update is added, here as long again, and the update itself.`,
    source: registering,
  }),
  group: {
    byItself: {
      sentence:
        "AWS registers an instance at the target groups that its group is attached to as soon as it is in service: nobody has to update your own load balancer either.",
      source: attaching,
    },
    firstRequest: (mostSeconds) => ({
      sentence: `The same steps as the cloud controller's, at most ${mostSeconds} s here. A group registers the instance while the node is still starting, which may be a few seconds earlier.`,
      source: attaching,
    }),
  },
  othersLoseNothing,
};

export const nodeRegistered: NodeRegisteredExpectations = {
  registers: (mostSeconds) => ({
    sentence: `A TargetGroupBinding leaves the targets to the AWS Load Balancer Controller: it registers a node that is ready in the program's target group as in its own, with the same steps, at most ${mostSeconds} s here.`,
    source: upstream("controllers/elbv2/eventhandlers/node.go", "enqueueImpactedTargetGroupBindings"),
  }),
  othersLoseNothing,
};

export const nodeDrained: NodeDrainedExpectations = {
  drained: {
    left: true,
    right: true,
    sentence:
      "Nobody acts on a taint or a cordon: the cloud controller manager heeds ToBeDeletedByClusterAutoscaler the next time something else makes it look.",
    source: controller,
  },
  excluded: {
    left: true,
    right: false,
    sentence:
      "The cloud controller manager deregisters a node that has the label node.kubernetes.io/exclude-from-external-load-balancers; your own load balancer keeps the targets that it was given.",
    source: controller,
  },
  switchedOff: (mostSeconds) => ({
    sentence: `A node that was deregistered before is not missed. One that was not receives its zone's connections until ${Cluster.unhealthyThresholdCount} checks have failed: here at most ${mostSeconds} s.`,
    source,
  }),
};

export const nodeLost: NodeLostExpectations = {
  detection: ({ least, most }) => ({
    sentence: `A node is unhealthy after ${Local.unhealthyThresholdCount} failed checks, ${Local.intervalSeconds} s apart, of ${Local.timeoutSeconds} s at most: here after ${least} s, and within ${most} s including propagation and what a busy machine adds.`,
    source,
  }),
  lastNewConnection: (mostSeconds) => ({
    sentence: `New connections to the node fail until the load balancer notices, at most ${mostSeconds} s here, and no longer.`,
    source,
  }),
  reset: {
    sentence: "A connection to a target that became unhealthy is reset, and its client connects again.",
    source,
  },
  lastReset: (mostSeconds) => ({
    sentence: `A connection to a target that became unhealthy is reset, no later than new connections stop failing: ${mostSeconds} s.`,
    source,
  }),
  dns: { sentence: "The name no longer leads to a zone without a healthy target.", source },
};
