/** 11. A Service's type is changed, and changed back. */
import { setTimeout as sleep } from "node:timers/promises";
import { altered } from "../alteration/altered.ts";
import { alteredFindings } from "../alteration/conclude.ts";
import type { ExpectedStep } from "../alteration/conclude.ts";
import { differing } from "../scenario.ts";
import type { Scenario } from "../scenario.ts";
import { changeType, forgetType, otherType, typeOf } from "./serviceType.ts";
import { isGap, isNoGap, isNone, isSome } from "../alteration/expectations.ts";

const variant = "plain";

const spellSeconds = 5;

const controller =
  "https://github.com/kubernetes/cloud-provider/blob/v0.35.4/controllers/service/controller.go";

const types =
  "The type of a Service decides about the cloud controller's load balancer only, which is another one each time; node ports stay. A load balancer of the program's own does not notice.";

export const changeServiceType: Scenario = {
  id: "change-type",
  title: "A Service's type changed",
  question:
    "What is lost, made and left over when a NodePort Service becomes a LoadBalancer one, or the other way round, and back?",
  quick: false,
  async run(testbed) {
    const targets = testbed.targets(variant);
    const declared = {
      left: await typeOf(testbed, targets.left),
      right: await typeOf(testbed, targets.right),
    };
    const loaded = await altered(testbed, {
      variant,
      there: {
        make: (target, side) => changeType(testbed, target, otherType(declared[side])),
        // Clients shall meet it for a while.
        settled: () => sleep(spellSeconds * 1000, undefined, { signal: testbed.signal }),
      },
      back: {
        make: (target, side) => changeType(testbed, target, declared[side]),
        settled: async (target, side) => {
          if (declared[side] === "NodePort") await forgetType(testbed, target);
          // What Pulumi remembers of the Service's status is of before.
          else await testbed.deploy(undefined, { refresh: true });
        },
      },
    });
    return alteredFindings(loaded, {
      there: expected("the other type", { left: "added", right: "removed" }),
      back: expected("changed back", { left: "removed", right: "added" }),
      nameStays: differing(types, controller, {
        left: (value) => value === true,
        right: (value) => value === false,
      }),
    });
  },
};

function expected(name: string, what: { readonly left: string; readonly right: string }): ExpectedStep {
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
      `${types} Rules that the program has made for the node port are the cloud controller's too, and it makes only those to check from.`,
      controller,
      {
        left: (value) => value === objects(what.left, 3),
        right: (value) => value === objects(what.right, 5),
      },
    ),
  };
}
