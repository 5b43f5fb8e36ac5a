/** 11. A port is added to a Service and removed again. */
import { altered } from "../alteration/altered.ts";
import { alteredFindings } from "../alteration/conclude.ts";
import type { ExpectedStep } from "../alteration/conclude.ts";
import type { Testbed, Target } from "../testbed/testbed.ts";
import { healthyOnce } from "../testbed/health.ts";
import type { Change } from "../testbed/variants.ts";
import { bothAlike, differing } from "../scenario.ts";
import type { Scenario } from "../scenario.ts";
import { unnoticed } from "../alteration/expectations.ts";

const variant = "plain";

const controller =
  "https://github.com/kubernetes/cloud-provider-aws/blob/v1.35.0/pkg/providers/v1/aws_loadbalancer.go";
const listeners =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-listeners.html";

const addPort: Change["ports"] = (declared) => [...declared, { name: "added", port: 81, targetPort: "http" }];

export const changePorts: Scenario = {
  id: "change-ports",
  title: "A port added and removed",
  question: "Do clients of a port notice that another one is added to the Service and removed again?",
  quick: false,
  async run(testbed) {
    const count = Object.keys(testbed.targets(variant).left.ports).length;
    const loaded = await altered(testbed, {
      variant,
      there: {
        make: (_, side) => testbed.deploy({ variant, side, ports: addPort }),
        settled: listening(testbed, count + 1),
      },
      back: { make: () => testbed.deploy(), settled: listening(testbed, count) },
    });
    return alteredFindings(loaded, {
      there: expected("port added", "added"),
      back: expected("port removed", "removed"),
      nameStays: bothAlike(
        "A load balancer may get and lose listeners.",
        listeners,
        (value) => value === true,
      ),
    });
  },
};

const listening = (testbed: Testbed, count: number) => (target: Target) =>
  healthyOnce(
    testbed,
    target,
    `listeners on ${count} ports`,
    async ({ hostname }) => (await testbed.account.listeners(hostname)).length === count,
  );

function expected(name: string, what: string): ExpectedStep {
  return {
    name,
    ...unnoticed("Other listeners and their targets are left alone.", listeners),
    objects: differing(
      "A port is a listener, a target group and rules on the nodes. The cloud controller makes a rule more for each subnet to check from, though a client's rule covers it.",
      controller,
      {
        left: (value) => value === `1 listener ${what}, 1 target group ${what}, 2 rules ${what}`,
        right: (value) => value === `1 listener ${what}, 1 target group ${what}, 5 rules ${what}`,
      },
    ),
  };
}
