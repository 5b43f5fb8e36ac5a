/** What the scenario of an added node found out: pure decisions. */
import type { BySide } from "../../result/bySide.ts";
import { atMost, isNumber } from "../bounds.ts";
import type { Outcome } from "../outcome.ts";
import { bothAlike, differing } from "../scenario.ts";
import type { Finding } from "../scenario.ts";
import { bySide } from "../sides.ts";
import { timing } from "../timing.ts";
import { figureOf } from "../traffic/loaded.ts";
import type { Loaded } from "../traffic/loaded.ts";

/** Longest time that an update of the testbed takes, and that the lab takes to have a node join or go. */
export const updateSeconds = 180;

const controller =
  "https://github.com/kubernetes/cloud-provider/blob/v0.35.0/controllers/service/controller.go";
const registering =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-register-targets.html";
const attaching = "https://docs.aws.amazon.com/autoscaling/ec2/userguide/attach-load-balancer-asg.html";

/** How the load balancer of one's own has the node: each by itself, or by the group that the nodes are in. */
export type Attached = "nodes" | "group";

/** Times in seconds from when the node was Ready. */
export interface FirstRequest {
  /** Whether it had a request before anybody did anything. */
  readonly byItself: boolean;
  readonly firstRequestSeconds: number;
}

export type NodeAdded = Readonly<Record<Attached, FirstRequest>>;

function lostMeanwhile(way: Attached, title: string, loaded: BySide<Outcome<Loaded<NodeAdded>>>): Finding {
  return {
    title,
    unit: "requests",
    ...figureOf(loaded, way, ({ lost }) => lost),
    expected: bothAlike("A new target takes nothing away from others.", registering, (value) => value === 0),
  };
}

/** @param most how long a target that is registered at once takes to its first request, at the longest; loads are called as what is attached */
export function addedNodeFindings(loaded: BySide<Outcome<Loaded<NodeAdded>>>, most: number): Finding[] {
  return [
    {
      title: "takes requests before anybody does anything",
      unit: "",
      ...bySide(loaded, ({ happened }) => happened.nodes.byItself),
      expected: differing(
        "The cloud controller registers a node as soon as it is there. A load balancer of one's own has the targets that it was given: a new node is one at the next pulumi up, unless the nodes' Auto Scaling group is attached.",
        controller,
        { left: (value) => value === false, right: (value) => value === true },
      ),
    },
    {
      title: "from Ready to its first request",
      unit: "s",
      ...bySide(loaded, ({ happened }) => happened.nodes.firstRequestSeconds),
      expected: differing(
        `A target gets requests once it is registered, within ${timing.registrationSeconds} s, and has passed a check: here, with the time to spread and the machine's, ${most} s. By hand the wait for the next update comes on top, here as long, and the update itself.`,
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
        "AWS registers an instance at the target groups that its group is attached to as soon as it is in service: nobody updates the load balancer of one's own either.",
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
        `The same steps as the cloud controller's, at most ${most} s here. A group registers the instance while the node is still starting, which may be some seconds sooner.`,
        attaching,
      ),
    },
    lostMeanwhile("nodes", "lost meanwhile", loaded),
    lostMeanwhile("group", "with the Auto Scaling group attached: lost meanwhile", loaded),
  ];
}
