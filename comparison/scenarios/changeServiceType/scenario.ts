/** A Service's type is changed, and changed back. */
import { altered } from "../alteration/altered.ts";
import { alteredFindings, alteredTimelines } from "../alteration/conclude.ts";
import type { MeasuredAlteration } from "../alteration/conclude.ts";
import type { Scenario } from "../scenario.ts";
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
  needs: ["default controller", "members by node", "member health"],
  async measure(testbed) {
    const targets = testbed.targets(variant);
    const declared = {
      left: await typeOf(testbed, targets.left),
      right: await typeOf(testbed, targets.right),
    };
    return altered(testbed, {
      variant,
      there: {
        make: (target, side) => changeType(testbed, target, otherType(declared[side])),
        // Clients meet it for a while.
        settled: () => testbed.clock.sleep(spellSeconds),
      },
      back: {
        make: (target, side) => changeType(testbed, target, declared[side]),
        settled: async (target, side) => {
          if (declared[side] === "NodePort") await forgetType(testbed, target);
          // What Pulumi remembers of the Service's status is out of date.
          else await testbed.deploy(undefined, { refresh: true });
        },
      },
    });
  },
  conclude: (measured, at) => alteredFindings(measured, at, { ...at.expectations.changeServiceType, names }),
  timelines: (measured) => alteredTimelines(measured, names),
};
