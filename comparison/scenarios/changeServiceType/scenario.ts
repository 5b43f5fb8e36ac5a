/** A Service's type is changed, and changed back. */
import { altered } from "../alteration/altered.ts";
import { alteredFindings, alteredTimelines } from "../alteration/conclude.ts";
import type { MeasuredAlteration } from "../alteration/conclude.ts";
import { bothAlike } from "../scenario.ts";
import type { Scenario } from "../scenario.ts";
import { bySide } from "../sides.ts";
import type { Target } from "../testbed/testbed.ts";
import { changeClass } from "./loadBalancerClass.ts";
import { changeType, forgetType, otherType, typeOf } from "./serviceType.ts";

const variant = "plain";

const spellSeconds = 5;

const names = { there: "the other type", back: "changed back" };

export const changeServiceType: Scenario<MeasuredAlteration> = {
  id: "change-type",
  title: "A Service's type changed",
  question:
    "What is lost, created and left behind when a NodePort Service becomes a LoadBalancer Service and back, and the other way round?",
  quick: false,
  needs: ["members by node", "member health"],
  async measure(testbed) {
    const targets = testbed.targets(variant);
    const declared = {
      left: await typeOf(testbed, targets.left),
      right: await typeOf(testbed, targets.right),
    };
    const look = (target: Target) => changeClass(testbed, target);
    return altered(testbed, {
      variant,
      there: {
        make: (target, side) => changeType(testbed, target, otherType(declared[side])),
        // Clients meet it for a while.
        settled: () => testbed.clock.sleep(spellSeconds),
        look,
      },
      back: {
        make: (target, side) => changeType(testbed, target, declared[side]),
        settled: async (target, side) => {
          if (declared[side] === "NodePort") await forgetType(testbed, target);
          // What Pulumi remembers of the Service's status is out of date.
          else await testbed.deploy(undefined, { refresh: true });
        },
        look,
      },
    });
  },
  conclude: (measured, at) => [
    ...alteredFindings(measured, at, { ...at.expectations.changeServiceType, names }),
    {
      title: "loadBalancerClass of a Service that exists",
      unit: "",
      ...bySide(measured, ({ happened: { there, back } }) =>
        there.seen === back.seen ? there.seen : `${there.seen}, then ${back.seen}`,
      ),
      expected: bothAlike(
        "A class can be set only when the Service is created or becomes a LoadBalancer, and never changes. So another controller cannot take over a Service: its load balancer has to go first.",
        "https://kubernetes.io/docs/concepts/services-networking/service/#load-balancer-class",
        (value) => value === "refused",
      ),
    },
  ],
  timelines: (measured) => alteredTimelines(measured, names),
};
