/** A Service's type is changed, and changed back. */
import type { BySide } from "../../result/bySide.ts";
import { altered } from "../alteration/altered.ts";
import { alteredFindings, alteredTimelines } from "../alteration/conclude.ts";
import type { ExpectedStep, MeasuredAlteration } from "../alteration/conclude.ts";
import { isGap, isNoGap, isNone, isSome } from "../alteration/expectations.ts";
import { differing } from "../scenario.ts";
import type { Scenario } from "../scenario.ts";
import { changeType, forgetType, otherType, typeOf } from "./serviceType.ts";

const variant = "plain";

const spellSeconds = 5;

const controller =
  "https://github.com/kubernetes/cloud-provider/blob/v0.35.4/controllers/service/controller.go";

const types =
  "The type of a Service decides only about the load balancer of its cloud controller, which is a new one each time; node ports stay. A load balancer that the program made is not affected.";

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
  conclude: (measured) =>
    alteredFindings(measured, {
      there: expected("the other type", { left: "added", right: "removed" }),
      back: expected("changed back", { left: "removed", right: "added" }),
      nameStays: differing(types, controller, {
        left: (value) => value === true,
        right: (value) => value === false,
      }),
    }),
  timelines: (measured) => alteredTimelines(measured, { there: "the other type", back: "changed back" }),
};

function expected(name: string, what: BySide<string>): ExpectedStep {
  const lost = differing(types, controller, { left: isNone, right: isSome });
  const objects = (verb: string, rules: number): string =>
    ["1 load balancer", "1 listener", "1 target group", `${rules} rules`]
      .map((object) => `${object} ${verb}`)
      .join(", ");
  return {
    name,
    lost,
    lostKeptAlive: lost,
    gap: differing(types, controller, { left: isNoGap, right: isGap }),
    objects: differing(
      `${types} The cloud controller manager uses the rules that the program has made for the node port, and makes only those to check from.`,
      controller,
      {
        left: (value) => value === objects(what.left, 3),
        right: (value) => value === objects(what.right, 5),
      },
    ),
  };
}
