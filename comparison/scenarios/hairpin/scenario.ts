/** A pod that calls its own load balancer. If the client's address is kept, a target cannot reach itself. */
import type { Scenario } from "../scenario.ts";
import { onBothSides } from "../sides.ts";
import { callAll } from "./calls.ts";
import { conclude, variants } from "./conclude.ts";
import type { Measured } from "./conclude.ts";

export const hairpin: Scenario<Measured> = {
  id: "hairpin",
  title: "A pod calls its own load balancer",
  question: "Does a pod reach itself through its load balancer?",
  quick: false,
  needs: ["zonal addresses", "client address", "members by node"],
  async measure(testbed) {
    const found = variants.map(async (variant) => {
      const shares = await onBothSides(testbed.targets(variant), testbed.signal, (target) =>
        callAll(testbed, target),
      );
      return [variant, shares] as const;
    });
    return Object.fromEntries(await Promise.all(found)) as Measured;
  },
  conclude,
};
