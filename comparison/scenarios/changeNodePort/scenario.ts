/** A Service's node port is changed, and changed back. */
import type { Member } from "../../clouds/operations.ts";
import type { Side } from "../../result/bySide.ts";
import { altered } from "../alteration/altered.ts";
import type { Step } from "../alteration/altered.ts";
import { alteredFindings, alteredTimelines } from "../alteration/conclude.ts";
import type { MeasuredAlteration } from "../alteration/conclude.ts";
import type { Scenario } from "../scenario.ts";
import { healthyOnce } from "../testbed/health.ts";
import type { Target, Testbed } from "../testbed/testbed.ts";
import type { Change } from "../testbed/variants.ts";

const variant = "plain";

/** Chosen by hand, so from the band that Kubernetes does not allocate from: https://kubernetes.io/docs/concepts/services-networking/service/#avoid-nodeport-collisions */
const others = { left: 30070, right: 30071 };

const names = { there: "node port changed", back: "changed back" };

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
  conclude: (measured, at) => alteredFindings(measured, at, { ...at.expectations.changeNodePort, names }),
  timelines: (measured) => alteredTimelines(measured, names),
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
        isAt(await testbed.cloud.members(address), portOf(side)),
      ),
  };
}

/** Whether all members that get new connections take them at this port. */
function isAt(members: readonly Member[], port: number): boolean {
  const lasting = members.filter(({ state }) => state !== "draining");
  return lasting.length > 0 && lasting.every((member) => member.port === port);
}

function nodePortOf({ way, nodePorts }: Target): number {
  const [nodePort] = Object.values(nodePorts);
  if (nodePort === undefined) throw new Error(`${way}: the Service has no node port to change`);
  return nodePort;
}
