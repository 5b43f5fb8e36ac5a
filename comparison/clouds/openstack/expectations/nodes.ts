/** What becomes of nodes as members: added, drained and lost; and what restores what somebody deletes. */
import type { DriftExpectations } from "../../../scenarios/drift/expectations.ts";
import type { NodeAddedExpectations } from "../../../scenarios/nodeAdded/expectations.ts";
import type { NodeDrainedExpectations } from "../../../scenarios/nodeDrained/expectations.ts";
import type { NodeLostExpectations } from "../../../scenarios/nodeLost/expectations.ts";
import { clocks } from "../clocks.ts";
import { api, haproxyServers, ofController, securityGroups, serviceController, template } from "./sources.ts";

const { Cluster, Local } = clocks.checks;

export const nodeAdded: NodeAddedExpectations = {
  byItself: {
    sentence:
      "The cloud controller makes a node a member as soon as it is there. Your own load balancer has the members that it was given: a new node becomes one at the next pulumi up.",
    source: serviceController,
  },
  firstRequest: (mostSeconds) => ({
    sentence: `A new member gets connections at once, and its first check follows: here within ${mostSeconds} s, including propagation and what a busy machine adds. By hand, the wait for the next update is added, here as long again, and the update itself.`,
    source: haproxyServers,
  }),
  othersLoseNothing: {
    sentence: `HAProxy is reloaded for a new member, and former workers finish their connections. A new member is up until ${Cluster.unhealthyThresholdCount} checks have failed. An update adds a node that is Ready; the cloud controller adds one that may not answer yet, and requests to it are lost.`,
    source: serviceController,
  },
  unansweredSeconds: Cluster.unhealthyThresholdCount * (Cluster.intervalSeconds + Cluster.timeoutSeconds),
};

export const nodeDrained: NodeDrainedExpectations = {
  drained: {
    left: true,
    right: true,
    sentence:
      "Nobody acts on a taint or a cordon: the cloud controller manager heeds ToBeDeletedByClusterAutoscaler the next time something else makes it look.",
    source: serviceController,
  },
  excluded: {
    left: true,
    right: false,
    sentence:
      "The cloud controller manager removes a member whose node has the label node.kubernetes.io/exclude-from-external-load-balancers; your own load balancer keeps the members that it was given.",
    source: serviceController,
  },
  switchedOff: (mostSeconds) => ({
    sentence: `A node that is no member is not missed. One that still is gets its turn of the connections until ${Cluster.unhealthyThresholdCount} checks have failed: here at most ${mostSeconds} s.`,
    source: api,
  }),
};

export const nodeLost: NodeLostExpectations = {
  detection: ({ least, most }) => ({
    sentence: `A member is in ERROR after ${Local.unhealthyThresholdCount} failed checks of ${Local.timeoutSeconds} s at most, with ${Local.intervalSeconds} s between them: here after ${least} s, and within ${most} s including propagation and what a busy machine adds.`,
    source: api,
  }),
  lastNewConnection: (mostSeconds) => ({
    sentence: `Every third connection is given to the lost node until the monitor notices, at most ${mostSeconds} s here, and no longer.`,
    source: api,
  }),
  reset: {
    sentence:
      "HAProxy leaves sessions with a failed member alone, so a client waits for its own time-out, and connects again.",
    source: template,
  },
  lastReset: (mostSeconds) => ({
    sentence: `A client that connects again can meet the lost node again, no longer than new connections do: ${mostSeconds} s.`,
    source: template,
  }),
};

const owner = {
  left: "pulumi up --refresh",
  right: "a change of the Service",
  sentence:
    "Pulumi trusts its state unless it is told to look. The cloud controller manager acts only on a change of the Service or the nodes, and then looks at every part.",
  source: ofController("ensureOctaviaLoadBalancer"),
} as const;

export const drift: DriftExpectations = {
  // HAProxy takes a connection before it has one to a member.
  asks: "http",
  by: { listener: owner, target: owner, rule: owner },
  lostPercent: {
    listener: {
      value: 100,
      sentence: "The load balancer's port admits nothing on a port without a listener.",
      source: securityGroups,
    },
    target: { value: 0, sentence: "The other members take over.", source: api },
    rule: {
      value: 100,
      sentence: "Without the rule for its subnet, the load balancer does not reach the nodes.",
      source: securityGroups,
    },
  },
};
