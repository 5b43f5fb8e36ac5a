/** Health: how it is determined, and its consequences. */
import type { Behaviour } from "../../../fidelity/behaviour.ts";
import { guide, tests } from "./sources.ts";

export const health: readonly Behaviour[] = [
  {
    name: "Health checks",
    documented:
      "TCP, HTTP or HTTPS, on the traffic port or another one, with the target group's interval, time-out and thresholds, from the load balancer's addresses. Several checkers reach a consensus, so a target gets more checks than the interval says. Passive checks of TCP connections find failing targets sooner.",
    source: guide.healthChecks,
    lab: "One check in each interval from the load balancer's address in the target's zone, with AWS's defaults, ranges and headers. A time-out is never scaled below a second.",
    shownBy: {
      [tests.health]: [
        "removes a node whose checks fail from service, and restores it",
        "changes some time after a node loses its link, and until then clients get no answer",
      ],
      "test/live/clouds/aws/api/targetGroups.test.ts": [
        "has an NLB's default health check and attributes",
        "refuses health checks outside AWS's ranges",
      ],
      "test/unit/lab/clouds/aws/balancer/check.test.ts": [
        "names the load balancer's address and the listener's port in its Host header",
        "fails after the time-out, on a refused connection and on a code that does not match",
      ],
    },
    limit: {
      text: "Passive checks, and the number of checks of a target.",
      short: "Passive health checks, and how many checks AWS makes of a target.",
    },
  },
  {
    name: "States of targets",
    documented:
      "`initial` (Elb.RegistrationInProgress, Elb.InitialHealthChecking), `healthy`, `unhealthy` and `unhealthy.draining` (Target.FailedHealthChecks), `draining` (Target.DeregistrationInProgress), `unused` (Target.NotRegistered, NotInUse, InvalidState). The first check that passes makes a new target healthy.",
    source: `${guide.healthChecks}#target-health-states`,
    lab: "The same, in DescribeTargetHealth.",
    shownBy: {
      [tests.health]: ["has AWS's states and reasons"],
      "test/live/clouds/aws/api/targets.test.ts": [
        "is unused until a listener forwards to its group, then initial until the data plane reports its health",
        "is unused in a zone that the load balancer does not have",
        "must be a running instance that exists",
      ],
      "test/unit/lab/clouds/aws/balancer/health.test.ts": [
        "is healthy after the first check that it passes",
        "turns unhealthy only after consecutive failures",
        "turns healthy again only after consecutive successes",
      ],
    },
    limit: {
      text: "`unavailable`: the lab's checks themselves never fail.",
      short: "The target state `unavailable`.",
    },
  },
  {
    name: "Registration",
    documented: "It can take a few minutes to register a new target and begin its checks.",
    source: guide.healthChecks,
    lab: "180 s, the shortest time that [users report](https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/1834), divided by `lab:timeScale`; until then the target gets no flow.",
    shownBy: {
      [tests.health]: ["has AWS's states and reasons"],
      "test/unit/lab/clouds/aws/balancer/model.test.ts": [
        "never leads to a target that is being registered or drained, even when failing open",
      ],
    },
    limit: {
      text: "How long it takes on a given day: users report up to 300 s.",
      short: "How long AWS takes to register a target.",
    },
  },
  {
    name: "Failing open",
    documented:
      "Flows go to healthy targets. If a zone has fewer than `unhealthy_state_routing` requires, by default one, they go to all targets of the zone, or of all zones with cross-zone load balancing.",
    source: `${guide.targetGroups}#target-group-health`,
    lab: "The same, with counts and percentages.",
    shownBy: {
      [tests.routing]: ["go to unhealthy targets if none is healthy, in the zone or across zones"],
      "test/unit/lab/clouds/aws/balancer/routing.test.ts": [
        "leads to all targets below the group's minimum, as a count or a percentage",
      ],
    },
  },
  {
    name: "No target",
    documented:
      "A load balancer fails open also with an empty target group. What a client gets there, or in a zone without targets, is not documented.",
    source: guide.healthChecks,
    lab: "If no target is registered, TCP gets a reset. In a zone without targets packets are lost, as users report.",
    shownBy: {
      [tests.routing]: [
        "are refused without registered targets, and lost in a zone without targets and at ports without a listener",
      ],
    },
    limit: {
      text: "Whether AWS refuses or loses a flow that no target can take, and whether it forwards a node's ICMP rejection; the lab does.",
      short: "Whether AWS refuses or loses a flow that no target can take, or that a node rejects by ICMP.",
    },
  },
  {
    name: "Connections of unhealthy targets",
    documented:
      "Packets on them are answered by a reset, unless the load balancer fails open or the group keeps the connections: permanently, or for an interval in which the target is `unhealthy.draining`.",
    source: `${guide.attributes}#unhealthy-target-connection-termination`,
    lab: "The same for TCP. UDP flows, which AWS does not mention, move to another target.",
    shownBy: {
      [tests.health]: [
        "resets connections of a target that turned unhealthy",
        "keeps them if the target group says so, or during unhealthy.draining",
        "keeps connections while the load balancer fails open",
      ],
      [tests.connections]: ["over UDP stay on their target, and move when it dies"],
    },
    limit: {
      text: "When AWS moves UDP flows away from an unhealthy target. [Users see](https://github.com/aws/containers-roadmap/issues/470) new connections to it for another half minute; the lab stops at once.",
      short: "When AWS moves UDP flows away from an unhealthy target, and how long it gets new ones.",
    },
  },
  {
    name: "Deregistration",
    documented:
      "A deregistered target gets no new flows after a propagation delay, and drains for 300 s by default. Its connections continue, even afterwards, unless the group terminates them then, which is the default for UDP.",
    source: `${guide.attributes}#deregistration-delay`,
    lab: "The same without the propagation delay. The deregistration delay is divided by `lab:timeScale`.",
    shownBy: {
      [tests.connections]: [
        "continue while their target drains and afterwards, and the target gets no new ones",
        "are reset at the end of the deregistration delay, not before, if the target group says so",
        "over UDP stay on a draining target, and move at the end of the delay",
      ],
      "test/live/clouds/aws/api/targets.test.ts": [
        "drains for the deregistration delay after it is deregistered, and can be registered again meanwhile",
      ],
      "test/live/clouds/aws/api/account.test.ts": ["has its targets drained"],
    },
    limit: {
      text: "[Users see](https://github.com/aws/containers-roadmap/issues/470) new flows for two minutes after DeregisterTargets; the lab stops within a second.",
      short: "New flows to a target for up to two minutes after it is deregistered.",
    },
  },
];
