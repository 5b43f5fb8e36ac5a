/** What an added node has to do, and when. */
import type { BySide } from "../../result/bySide.ts";
import { atMost, isNumber } from "../bounds.ts";
import type { Outcome } from "../outcome.ts";
import { bothAlike, differing } from "../scenario.ts";
import type { Conditions, Finding } from "../scenario.ts";
import { bySide } from "../sides.ts";
import { latestFirstRequestSeconds, timing } from "../timing.ts";
import { figureOf } from "../traffic/loaded.ts";
import type { Loaded } from "../traffic/loaded.ts";

/** Longest time for an update of the testbed, and for a node to join or go. */
export const updateSeconds = 180;

const controller =
  "https://github.com/kubernetes/cloud-provider/blob/v0.35.0/controllers/service/controller.go";
const registering =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-register-targets.html";
const attaching = "https://docs.aws.amazon.com/autoscaling/ec2/userguide/attach-load-balancer-asg.html";

/** How your own load balancer has its nodes: each by itself, or by the group that they are in. */
export type Attached = "nodes" | "group";

/** Times in seconds from when the node was Ready. */
export interface FirstRequest {
  /** Whether it got a request before anybody did anything. */
  readonly byItself: boolean;
  readonly firstRequestSeconds: number;
}

export type NodeAdded = Readonly<Record<Attached, FirstRequest>>;

/** Loads are called as what is attached. */
export type Measured = BySide<Outcome<Loaded<NodeAdded>>>;

function lostMeanwhile(way: Attached, title: string, loaded: Measured): Finding {
  return {
    title,
    unit: "requests",
    ...figureOf(loaded, way, ({ lost }) => lost),
    expected: bothAlike("A new target takes nothing away from others.", registering, (value) => value === 0),
  };
}

export function conclude(loaded: Measured, { timeScale }: Conditions): Finding[] {
  const most = latestFirstRequestSeconds(timeScale);
  return [
    {
      title: "takes requests before anybody does anything",
      unit: "",
      ...bySide(loaded, ({ happened }) => happened.nodes.byItself),
      expected: differing(
        "The cloud controller registers a node as soon as it is there. Your own load balancer has the targets that it was given: a new node becomes one at the next pulumi up, unless the nodes' Auto Scaling group is attached.",
        controller,
        { left: (value) => value === false, right: (value) => value === true },
      ),
    },
    {
      title: "from Ready to its first request",
      unit: "s",
      ...bySide(loaded, ({ happened }) => happened.nodes.firstRequestSeconds),
      expected: differing(
        `A target gets requests once it is registered, within ${timing.registrationSeconds} s, and has passed a check: here ${most} s, including propagation and what a busy machine adds. By hand, the wait for the next update is added, here as long again, and the update itself.`,
        registering,
        {
          left: isNumber((value) => value > most && value <= 2 * most + updateSeconds),
          right: isNumber((value) => value <= most),
        },
      ),
    },
    {
      title: "with the Auto Scaling group attached: takes requests before anybody does anything",
      unit: "",
      ...bySide(loaded, ({ happened }) => happened.group.byItself),
      expected: bothAlike(
        "AWS registers an instance at the target groups that its group is attached to as soon as it is in service: nobody has to update your own load balancer either.",
        attaching,
        (value) => value === true,
      ),
    },
    {
      title: "with the Auto Scaling group attached: from Ready to its first request",
      unit: "s",
      ...bySide(loaded, ({ happened }) => happened.group.firstRequestSeconds),
      expected: atMost(
        most,
        `The same steps as the cloud controller's, at most ${most} s here. A group registers the instance while the node is still starting, which may be a few seconds earlier.`,
        attaching,
      ),
    },
    lostMeanwhile("nodes", "lost meanwhile", loaded),
    lostMeanwhile("group", "with the Auto Scaling group attached: lost meanwhile", loaded),
  ];
}
