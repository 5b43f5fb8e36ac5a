/** Health: how it comes about, and what follows. */
import { guide, tests } from "./behaviour.ts";
import type { Behaviour } from "./behaviour.ts";

export const health: readonly Behaviour[] = [
  {
    name: "Health checks",
    documented:
      "TCP, HTTP or HTTPS, on the traffic port or another one, with interval, time-out and thresholds of the target group's, from the load balancer's addresses. Checks are made by many and agreed on, so a target gets more than the interval says; passive checks of TCP connections find failing targets sooner.",
    source: guide.healthChecks,
    lab: "One check an interval from the load balancer's address in the target's zone, with AWS's defaults, ranges and headers. A time-out is never scaled below a second.",
    shownBy: {
      [tests.health]: [
        "takes a node whose checks fail out of service, and takes it back",
        "turns after a node died without a word, and nobody tells clients before",
      ],
      "test/live/clouds/aws/api/targetGroups.test.ts": [
        "has an NLB's default health check and attributes",
        "refuses health checks outside AWS's ranges",
      ],
      "test/unit/lab/clouds/aws/balancer/check.test.ts": [
        "speaks of the load balancer's address and the listener's port in its Host header",
        "fails after the time-out, on a refused connection and on a code that does not match",
      ],
    },
    limit: {
      text: "Passive checks, and the number of checks that a target gets.",
      short: "Passive health checks, and how many checks a target gets from AWS.",
    },
  },
  {
    name: "States of targets",
    documented:
      "`initial` (Elb.RegistrationInProgress, Elb.InitialHealthChecking), `healthy`, `unhealthy` and `unhealthy.draining` (Target.FailedHealthChecks), `draining` (Target.DeregistrationInProgress), `unused` (Target.NotRegistered, NotInUse, InvalidState). The first check that passes makes a new target healthy.",
    source: `${guide.healthChecks}#target-health-states`,
    lab: "The same, in DescribeTargetHealth.",
    shownBy: {
      [tests.health]: ["goes through AWS's states, with AWS's reasons"],
      "test/live/clouds/aws/api/targets.test.ts": [
        "is unused until a listener forwards to its group, then registers until the data plane knows more",
        "is unused in a zone that the load balancer does not have",
        "must be a running instance that exists",
      ],
      "test/unit/lab/clouds/aws/balancer/health.test.ts": [
        "is healthy after the first check that it passes",
        "turns unhealthy only by failures in a row",
        "turns healthy again only by successes in a row",
      ],
    },
    limit: {
      text: "`unavailable`: the lab's checks have no failures of their own.",
      short: "The target state `unavailable`.",
    },
  },
  {
    name: "Registration",
    documented: "It can take a few minutes until a new target is registered and its checks begin.",
    source: guide.healthChecks,
    lab: "180 s, the least that [users report](https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/1834), divided by `lab:timeScale`; until then the target gets no flow.",
    shownBy: {
      [tests.health]: ["goes through AWS's states, with AWS's reasons"],
      "test/unit/lab/clouds/aws/balancer/model.test.ts": [
        "never leads to a target that is being registered or drained, not even failing open",
      ],
    },
    limit: {
      text: "How long it takes on a given day: up to 300 s are reported.",
      short: "How long AWS takes to register a target.",
    },
  },
  {
    name: "Failing open",
    documented:
      "Flows go to healthy targets. With fewer of them in a zone than `unhealthy_state_routing` asks for, by default one, they go to all targets of the zone, or of all zones across zones.",
    source: `${guide.targetGroups}#target-group-health`,
    lab: "The same, with counts and percentages.",
    shownBy: {
      [tests.routing]: ["lead to unhealthy targets if none is healthy, of the zone or across zones"],
      "test/unit/lab/clouds/aws/balancer/routing.test.ts": [
        "leads to all below the minimum that the group sets, as a count or as a share",
      ],
    },
  },
  {
    name: "No target",
    documented:
      "A load balancer fails open with an empty target group, too; what a client meets there, or in a zone without targets, is not documented.",
    source: guide.healthChecks,
    lab: "TCP is refused by a reset if no target is registered; in a zone without targets packets are lost, as users report.",
    shownBy: {
      [tests.routing]: [
        "are refused where no target is registered, lost in a zone without targets and at ports without listener",
      ],
    },
    limit: {
      text: "Whether AWS refuses or loses a flow that no target can take, and whether it passes on the ICMP message by which a node rejects one; the lab does.",
      short: "Whether AWS refuses or loses a flow that no target can take, or that a node rejects by ICMP.",
    },
  },
  {
    name: "Connections of unhealthy targets",
    documented:
      "Packets on them are answered by a reset, unless the load balancer fails open or the group keeps them: for good, or for an interval in which the target is `unhealthy.draining`.",
    source: `${guide.attributes}#unhealthy-target-connection-termination`,
    lab: "The same for TCP. UDP flows, of which AWS says nothing, move to another target.",
    shownBy: {
      [tests.health]: [
        "resets connections of a target that turned unhealthy",
        "leaves them if the group says so, or for the time of unhealthy.draining",
        "leaves connections alone while the load balancer fails open",
      ],
      [tests.connections]: ["of UDP stay on their target and move when it dies"],
    },
    limit: {
      text: "When AWS moves UDP flows away from an unhealthy target. [Users see](https://github.com/aws/containers-roadmap/issues/470) new connections to one for half a minute more; the lab stops at once.",
      short: "When AWS moves UDP flows away from an unhealthy target, and for how long it gets new ones.",
    },
  },
  {
    name: "Deregistration",
    documented:
      "A target that is deregistered gets no new flow, but for a delay of propagation, and drains for 300 s by default. Its connections go on, also afterwards, unless the group ends them then; for UDP that is the default.",
    source: `${guide.attributes}#deregistration-delay`,
    lab: "The same without the delay of propagation; the deregistration delay is divided by `lab:timeScale`.",
    shownBy: {
      [tests.connections]: [
        "go on while their target drains and afterwards, and it gets no new one",
        "are reset at the end of the delay if the group says so, not before",
        "of UDP stay on a target that drains and move at the end of the delay",
      ],
      "test/live/clouds/aws/api/targets.test.ts": [
        "drains for the deregistration delay after it is deregistered, and may come back meanwhile",
      ],
      "test/live/clouds/aws/api/account.test.ts": ["has its targets drained"],
    },
    limit: {
      text: "[Users see](https://github.com/aws/containers-roadmap/issues/470) new flows for two minutes after DeregisterTargets; the lab stops within a second.",
      short: "New flows to a target for up to two minutes after it is deregistered.",
    },
  },
];
