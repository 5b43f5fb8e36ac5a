/** Load balancers that begin connections with a proxy protocol header: an app that reads it sees the client's address, and one that does not breaks. */
import type { Load, Sample } from "../../traffic/load.ts";
import type { Side } from "../../result/bySide.ts";
import { attempt, measured } from "../outcome.ts";
import type { Outcome } from "../outcome.ts";
import type { Scenario } from "../scenario.ts";
import { mapBySide, onBothSides } from "../sides.ts";
import { healthyOnce, testbedHealthy } from "../testbed/health.ts";
import { rolledOut } from "../testbed/pods.ts";
import type { Target, Testbed } from "../testbed/testbed.ts";
import type { Change } from "../testbed/variants.ts";
import { timing } from "../timing.ts";
import { addressOwner, addressesAround } from "../traffic/addressOwner.ts";
import type { Addresses } from "../traffic/addressOwner.ts";
import { sendToBoth } from "../traffic/bothSides.ts";
import { burst } from "../traffic/burst.ts";
import { conclude, stages } from "./conclude.ts";
import type { Measured, Met, Stage } from "./conclude.ts";

/** Here neither nodes nor load balancers keep the client's address: only a header has it. */
const variant = "masqueraded";

/** A pool keeps what it was told: so headers are switched off in so many words, before the testbed is as it was. */
const changes: Readonly<Record<Stage, Change | undefined>> = {
  neither: undefined,
  unread: { variant, proxyProtocol: true },
  read: { variant, proxyProtocol: true, readsHeader: true },
  missing: { variant, proxyProtocol: false, readsHeader: true },
};

/** Enough to meet every zone and pod. */
const requests = 30;

export const proxyProtocol: Scenario<Measured> = {
  id: "proxy-protocol",
  title: "The client's address in a proxy protocol header",
  question: "What do apps make of a proxy protocol header, if they read it and if they do not?",
  quick: false,
  needs: ["proxy protocol", "client address", "members by node", "member health"],
  async measure(testbed) {
    const found: [Stage, Measured[Stage]][] = [];
    try {
      for (const stage of Object.keys(stages) as Stage[])
        found.push([stage, await meet(testbed, changes[stage])]);
      return Object.fromEntries(found) as unknown as Measured;
    } finally {
      await restore(testbed);
    }
  },
  conclude,
};

async function restore(testbed: Testbed): Promise<void> {
  try {
    await testbed.deploy({ variant, proxyProtocol: false });
  } finally {
    await testbed.deploy();
  }
  await testbedHealthy(testbed);
}

async function meet(testbed: Testbed, change: Change | undefined): Promise<Measured[Stage]> {
  const { clock, signal } = testbed;
  const deployed = await attempt(async () => {
    if (change !== undefined) await testbed.deploy(change);
  }, signal);
  if (deployed.kind !== "measured") return { left: deployed, right: deployed };
  const targets = testbed.targets(variant);
  const around = await onBothSides(targets, signal, async (target) => {
    await arrived(testbed, target, change?.proxyProtocol ?? false);
    return addressesAround(testbed, target);
  });
  await clock.sleep(timing.propagationSeconds + timing.endpointSeconds);
  const load = ({ address, ports }: Target): Load =>
    burst(address, ports, { id: variant, kind: "http", requests });
  const samples = await sendToBoth(testbed, { left: [load(targets.left)], right: [load(targets.right)] });
  return mapBySide(around, (addresses, side: Side) => metBy(samples[side], addresses));
}

/** Resolves when the pods and the load balancer are those that were declared. */
async function arrived(testbed: Testbed, target: Target, addsHeader: boolean): Promise<void> {
  const { cloud } = testbed;
  await rolledOut(testbed, target);
  await healthyOnce(
    testbed,
    target,
    `proxy protocol headers ${addsHeader ? "on" : "off"}`,
    async ({ address }) => (await cloud.pools(address)).every((pool) => pool.addsHeader === addsHeader),
  );
}

function metBy(samples: readonly Sample[], addresses: Addresses): Outcome<Met> {
  const answered = samples.flatMap(({ outcome }) =>
    outcome.kind === "answered" ? [outcome.clientAddress] : [],
  );
  return measured({
    answered: (100 * answered.length) / samples.length,
    seen: addressOwner(answered, addresses),
  });
}
