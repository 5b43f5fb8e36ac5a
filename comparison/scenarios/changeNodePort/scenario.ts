/** A Service's node port is changed, and changed back. */
import type { Side } from "../../result/bySide.ts";
import { altered } from "../alteration/altered.ts";
import type { Step } from "../alteration/altered.ts";
import { alteredFindings, alteredTimelines } from "../alteration/conclude.ts";
import type { ExpectedStep, MeasuredAlteration } from "../alteration/conclude.ts";
import { isNone, isRegistration, isSome } from "../alteration/expectations.ts";
import { bothAlike, differing } from "../scenario.ts";
import type { Scenario } from "../scenario.ts";
import { healthyOnce } from "../testbed/health.ts";
import type { Target, Testbed } from "../testbed/testbed.ts";
import type { Change } from "../testbed/variants.ts";

const variant = "plain";

/** Chosen by hand, so from the band that Kubernetes does not allocate from: https://kubernetes.io/docs/concepts/services-networking/service/#avoid-nodeport-collisions */
const others = { left: 30070, right: 30071 };

const modify =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_ModifyTargetGroup.html";
const controller =
  "https://github.com/kubernetes/cloud-provider-aws/blob/v1.35.0/pkg/providers/v1/aws_loadbalancer.go";

export const changeNodePort: Scenario<MeasuredAlteration> = {
  id: "change-node-port",
  title: "A node port changed",
  question: "What is lost when a Service's node port is changed, and what does either way replace?",
  quick: false,
  needs: ["members by node", "member health"],
  async measure(testbed) {
    const before = testbed.targets(variant);
    return altered(testbed, {
      variant,
      there: changeTo(testbed, (side) => others[side]),
      // What is not declared stays as it is, so the former port has to be asked for.
      back: changeTo(testbed, (side) => nodePortOf(before[side])),
    });
  },
  conclude: (measured, { timeScale }) =>
    alteredFindings(measured, {
      there: expected("node port changed", timeScale),
      back: expected("changed back", timeScale),
      nameStays: bothAlike(
        "Neither the load balancer nor its listener is replaced.",
        controller,
        (value) => value === true,
      ),
    }),
  timelines: (measured) => alteredTimelines(measured, { there: "node port changed", back: "changed back" }),
};

function changeTo(testbed: Testbed, portOf: (side: Side) => number): Step {
  return {
    make: (_, side) => {
      const ports: Change["ports"] = (declared) =>
        declared.map((port) => ({ ...port, nodePort: portOf(side) }));
      return testbed.deploy({ variant, side, ports });
    },
    settled: (target, side) =>
      healthyOnce(testbed, target, "targets at the new node port", async ({ address }) =>
        (await testbed.cloud.pools(address)).every(({ memberPort }) => memberPort === portOf(side)),
      ),
  };
}

function nodePortOf({ way, nodePorts }: Target): number {
  const [nodePort] = Object.values(nodePorts);
  if (nodePort === undefined) throw new Error(`${way}: the Service has no node port to change`);
  return nodePort;
}

function expected(name: string, timeScale: number): ExpectedStep {
  const outage =
    "A target group's port cannot be changed, so both ways make a new target group. Its targets are registered only once a listener leads to it, which takes 180 to 300 s on AWS, and kube-proxy no longer serves the old port.";
  return {
    name,
    lost: bothAlike(outage, modify, isSome, () => true),
    lostKeptAlive: bothAlike(
      "Existing connections continue at their old target, even after it is deregistered.",
      "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#deregistration-delay",
      isNone,
    ),
    gap: bothAlike(outage, modify, isRegistration(timeScale), () => true),
    objects: differing(
      "Both replace the target group and move the listener. The program makes a rule for each of the two source ranges, and then revokes the old ones. The cloud controller manager replaces five: two for source ranges, and three for subnets to check from.",
      controller,
      {
        left: (value) => value === "1 target group replaced, 2 rules replaced",
        right: (value) => value === "1 target group replaced, 5 rules replaced",
      },
    ),
  };
}
