/** 6. A pod killed, a container killed: what is lost until the others have all the traffic. */
import { setTimeout as sleep } from "node:timers/promises";
import type { BySide } from "../../probes/probes.ts";
import type { Bed, Target } from "../bed/bed.ts";
import type { Pod } from "../bed/cluster.ts";
import { atMost } from "../findings/bounds.ts";
import { eventually } from "../eventually.ts";
import type { Outcome } from "../outcome.ts";
import type { Finding, Scenario } from "../scenario.ts";
import { mapBySide } from "../sides.ts";
import { timing } from "../timing.ts";
import { loadOn } from "../traffic/loadOn.ts";
import { now } from "../traffic/sender.ts";
import { figureOf, lastLossFor } from "../traffic/loaded.ts";
import type { Loaded, Span } from "../traffic/loaded.ts";
import { underLoad } from "../traffic/underLoad.ts";

/** When each was killed, in milliseconds since the epoch. */
interface Killed {
  readonly podAt: number;
  readonly containerAt: number;
}

const kinds = ["http", "http keep-alive"] as const;

/** Of each kind. */
const perSecond = timing.perSecond / 2;

/** So many that a request does not wait for the one before it, though that take a second. */
const connections = perSecond;

/** Longest that the client sends, if it is not told to stop. */
const seconds = 2 * timing.podSeconds;

/** Even if all is well sooner, so that a failure that comes late is seen. */
const leastMilliseconds = 2000;

export const podKilled: Scenario = {
  id: "pod-killed",
  title: "A pod killed, a container killed",
  question: "What is lost when a pod or its container ends without a warning, and for how long?",
  quick: true,
  async run(bed) {
    const loaded = await underLoad(bed, bed.targets("plain"), {
      loads: ({ hostname, ports }) =>
        kinds.map((kind) => loadOn(hostname, ports, { id: kind, kind, perSecond, seconds, connections })),
      happen: async (target): Promise<Killed> => {
        const podAt = now();
        await killPod(bed, target);
        const containerAt = now();
        await killContainer(bed, target);
        return { podAt, containerAt };
      },
    });
    return [
      ...findings(loaded, "pod killed", ({ podAt, containerAt }) => ({ at: podAt, to: containerAt })),
      ...findings(loaded, "container killed", ({ containerAt }) => ({ at: containerAt, from: containerAt })),
    ];
  },
};

/** Resolves when there is another one in its place. */
async function killPod({ cluster, signal }: Bed, target: Target): Promise<void> {
  const before = await cluster.pods(target);
  const victim = anyReady(before);
  await cluster.deletePod(target.namespace, victim.name, 0);
  await settled(
    "another pod in the killed one's place",
    async () => {
      const pods = await cluster.pods(target);
      return pods.every(({ name }) => name !== victim.name) && readyCount(pods) >= readyCount(before);
    },
    signal,
  );
}

/** Resolves when the container was started again and the pod is ready. */
async function killContainer({ cluster, faults, signal }: Bed, target: Target): Promise<void> {
  const victim = anyReady(await cluster.pods(target));
  await faults.killContainer(victim);
  await settled(
    "the killed container started again",
    async () => {
      const pod = (await cluster.pods(target)).find(({ name }) => name === victim.name);
      return pod?.ready === true && pod.restarts > victim.restarts;
    },
    signal,
  );
}

async function settled(what: string, check: () => Promise<boolean>, signal: AbortSignal): Promise<void> {
  await Promise.all([
    eventually(what, check, timing.podSeconds, signal),
    sleep(leastMilliseconds, undefined, { signal }),
  ]);
}

/** @throws if there is none */
export function anyReady(pods: readonly Pod[]): Pod {
  const pod = pods.find(({ ready, terminating }) => ready && !terminating);
  if (pod === undefined) throw new Error("no pod is ready: there is nothing to kill");
  return pod;
}

function readyCount(pods: readonly Pod[]): number {
  return pods.filter(({ ready, terminating }) => ready && !terminating).length;
}

/** What belongs to a kill: what was sent in the span. */
interface Kill extends Span {
  readonly at: number;
}

/** One pod of three had its share of the traffic, until nobody was sent to it any more. */
const mostLost = Math.ceil((perSecond / 3) * timing.endpointSeconds);

const source = "https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/#conditions";

function findings(
  loaded: BySide<Outcome<Loaded<Killed>>>,
  what: string,
  killOf: (killed: Killed) => Kill,
): Finding[] {
  const lost = (kind: (typeof kinds)[number]) => figureOf(loaded, kind, (figures) => figures.lost, killOf);
  const expected = atMost(
    mostLost,
    `A pod that ended gets its share of the traffic until its endpoint is gone and kube-proxy has its new rules: at ${perSecond} requests a second at most ${mostLost} in ${timing.endpointSeconds} s.`,
    source,
  );
  return [
    { title: `${what}: lost, new connections`, unit: "requests", ...lost("http"), expected, headline: true },
    { title: `${what}: lost, keep-alive`, unit: "requests", ...lost("http keep-alive"), expected },
    {
      title: `${what}: until the last loss`,
      unit: "s",
      ...mapBySide(loaded, (one) => {
        const kill = killOf(one.happened);
        return lastLossFor(one, "http", kill.at, kill);
      }),
      expected: atMost(
        timing.endpointSeconds,
        `kube-proxy has its new rules within ${timing.endpointSeconds} s.`,
        "https://kubernetes.io/docs/reference/networking/virtual-ips/#minsyncperiod",
      ),
    },
    {
      title: `${what}: longest gap`,
      unit: "s",
      ...figureOf(loaded, "http", (figures) => figures.longestGapSeconds, killOf),
      expected: atMost(
        timing.requestTimeoutMilliseconds / 1000,
        "The other pods answer all the time.",
        source,
      ),
    },
  ];
}
