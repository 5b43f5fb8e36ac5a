/** A port is added to a Service and removed again. */
import { altered } from "../alteration/altered.ts";
import { alteredFindings, alteredTimelines } from "../alteration/conclude.ts";
import type { ExpectedStep, MeasuredAlteration } from "../alteration/conclude.ts";
import { unnoticed } from "../alteration/expectations.ts";
import { bothAlike, differing } from "../scenario.ts";
import type { Scenario } from "../scenario.ts";
import { healthyOnce } from "../testbed/health.ts";
import type { Target, Testbed } from "../testbed/testbed.ts";
import type { Change } from "../testbed/variants.ts";

const variant = "plain";

const controller =
  "https://github.com/kubernetes/cloud-provider-aws/blob/v1.35.0/pkg/providers/v1/aws_loadbalancer.go";
const listeners =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-listeners.html";

const addPort: Change["ports"] = (declared) => [...declared, { name: "added", port: 81, targetPort: "http" }];

export const changePorts: Scenario<MeasuredAlteration> = {
  id: "change-ports",
  title: "A port added and removed",
  question: "Do clients of a port notice that another one is added to the Service and removed again?",
  quick: false,
  needs: ["members by node", "member health"],
  measure(testbed) {
    const count = Object.keys(testbed.targets(variant).left.ports).length;
    return altered(testbed, {
      variant,
      there: {
        make: (_, side) => testbed.deploy({ variant, side, ports: addPort }),
        settled: listening(testbed, count + 1),
      },
      back: { make: () => testbed.deploy(), settled: listening(testbed, count) },
    });
  },
  conclude: (measured) =>
    alteredFindings(measured, {
      there: expected("port added", "added"),
      back: expected("port removed", "removed"),
      nameStays: bothAlike(
        "Listeners can be added to a load balancer and removed from it.",
        listeners,
        (value) => value === true,
      ),
    }),
  timelines: (measured) => alteredTimelines(measured, { there: "port added", back: "port removed" }),
};

const listening = (testbed: Testbed, count: number) => (target: Target) =>
  healthyOnce(
    testbed,
    target,
    `listeners on ${count} ports`,
    async ({ address }) => (await testbed.cloud.listeningPorts(address)).length === count,
  );

function expected(name: string, what: string): ExpectedStep {
  return {
    name,
    ...unnoticed("Other listeners and their targets are left alone.", listeners),
    objects: differing(
      "A port is a listener, a target group and rules on the nodes. The cloud controller manager makes one more rule for each subnet to check from, though a client's rule covers it.",
      controller,
      {
        left: (value) => value === `1 listener ${what}, 1 target group ${what}, 2 rules ${what}`,
        right: (value) => value === `1 listener ${what}, 1 target group ${what}, 5 rules ${what}`,
      },
    ),
  };
}
