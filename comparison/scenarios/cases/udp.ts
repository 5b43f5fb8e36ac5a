/** 4. UDP: answered, by whom it is seen, and what becomes of a flow whose pod goes. */
import type { BySide } from "../../probes/probes.ts";
import type { Bed, Target } from "../bed/bed.ts";
import { bedHealthy } from "../bed/health.ts";
import { atMost } from "../findings/bounds.ts";
import { eventually } from "../eventually.ts";
import { answersOf, flowOf } from "../findings/flow.ts";
import { andThen, measured } from "../outcome.ts";
import type { Outcome } from "../outcome.ts";
import { bothAlike } from "../scenario.ts";
import type { Finding, Scenario } from "../scenario.ts";
import { bySide, mapBySide } from "../sides.ts";
import { timing } from "../timing.ts";
import { burst } from "../traffic/burst.ts";
import { answeredPercent, clientAddressesOf } from "../traffic/figures.ts";
import type { Load } from "../traffic/load.ts";
import { loadOn } from "../traffic/loadOn.ts";
import { figureOf, sentBy } from "../traffic/loaded.ts";
import type { Loaded } from "../traffic/loaded.ts";
import { underLoad } from "../traffic/underLoad.ts";
import { addressesAround, whose } from "../findings/whose.ts";

/** Enough that every address and pod is met: one of three is missed by 30 requests in one of 10^5 runs. */
const requests = 30;

const flowPerSecond = 20;

/** Answers of the flow's pod before it goes. */
const enough = 10;

const udpSource =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-listeners.html";
const policies = "https://kubernetes.io/docs/tutorials/services/source-ip/";
const conntrack = "https://github.com/kubernetes/kubernetes/blob/v1.35.4/pkg/proxy/conntrack/cleanup.go";

/** What happened on one side. */
interface Replaced {
  /** Whose address pods saw. */
  readonly seen: string;
}

export const udp: Scenario = {
  id: "udp",
  title: "UDP, and a flow whose pod is killed",
  question: "Does UDP arrive, and does a flow go on with another pod when its own is killed?",
  quick: true,
  async run(bed) {
    const loaded = await whileReplaced(bed, 0);
    return [
      {
        title: "answered by DNS name",
        headline: true,
        unit: "%",
        ...figureOf(loaded, "each", answeredPercent),
        expected: bothAlike(
          "Services and listeners of both ways take UDP.",
          udpSource,
          (value) => value === 100,
        ),
      },
      {
        title: "Cluster, address kept: pods see",
        unit: "",
        ...bySide(loaded, ({ happened }) => happened.seen),
        expected: bothAlike(
          "A load balancer always keeps the client's address for UDP, and with the policy Cluster a node puts its own in its place.",
          policies,
          (value) => value === "a node's",
        ),
      },
      ...flowFindings(loaded, "killed"),
    ];
  },
};

export const udpReplaced: Scenario = {
  id: "udp-replaced",
  title: "A UDP flow whose pod is replaced in order",
  question: "Does a UDP flow go on with another pod when its own is deleted, and takes its time to end?",
  quick: false,
  run: async (bed) => flowFindings(await whileReplaced(bed, undefined), "replaced"),
};

/** Deletes the pod that answers a flow, and resolves when another one answers it and the app is whole again. */
async function whileReplaced(
  bed: Bed,
  graceSeconds: number | undefined,
): Promise<BySide<Outcome<Loaded<Replaced>>>> {
  try {
    return await underLoad(bed, bed.targets("udp"), {
      loads: (target) => [each(target), flow(target)],
      async happen(target, soFar) {
        const of = (id: string) => soFar().filter(({ load }) => load === id);
        const answers = () => answersOf(of("flow"));
        await eventually(
          "a flow answered, and all other requests sent while every pod was there",
          () => Promise.resolve(answers().length >= enough && of("each").length >= requests),
          timing.podSeconds,
          bed.signal,
        );
        const pod = answers().at(-1)?.pod ?? "";
        await bed.cluster.deletePod(target.namespace, pod, graceSeconds);
        await eventually(
          `the flow answered by another pod than ${pod}`,
          () =>
            Promise.resolve(
              answers()
                .slice(-enough)
                .every((answer) => answer.pod !== pod),
            ),
          timing.podSeconds,
          bed.signal,
        );
        await bed.cluster.rolledOut(target, timing.podSeconds, bed.signal);
        const seen = clientAddressesOf(soFar());
        return { seen: whose(seen, await addressesAround(bed, target)) };
      },
    });
  } finally {
    await bedHealthy(bed);
  }
}

function each({ hostname, ports }: Target): Load {
  return burst(hostname, ports, { id: "each", kind: "udp", requests });
}

/** Until it is stopped. */
function flow({ hostname, ports }: Target): Load {
  const seconds = 3 * timing.podSeconds;
  return loadOn(hostname, ports, { id: "flow", kind: "udp flow", perSecond: flowPerSecond, seconds });
}

function flowFindings(loaded: BySide<Outcome<Loaded<Replaced>>>, what: string): Finding[] {
  const flows = mapBySide(loaded, (of) =>
    andThen(sentBy(of, "flow"), (samples) => measured(flowOf(samples))),
  );
  const mostLost = flowPerSecond * timing.endpointSeconds;
  return [
    {
      title: `moves of a flow whose pod is ${what}`,
      unit: "",
      ...bySide(flows, ({ moves }) => moves),
      expected: bothAlike(
        "A flow stays with its pod as long as that one serves, and goes on with one other.",
        conntrack,
        (value) => value === 1,
      ),
    },
    {
      title: `lost of a flow whose pod is ${what}`,
      unit: "requests",
      ...figureOf(loaded, "flow", ({ lost }) => lost),
      expected: atMost(
        mostLost,
        `What is sent to a pod that is gone is lost until the flow moves: ${flowPerSecond} a second for ${timing.endpointSeconds} s at most.`,
        conntrack,
      ),
    },
    {
      title: `silence of a flow whose pod is ${what}`,
      headline: true,
      unit: "s",
      ...bySide(flows, ({ silentSeconds }) => silentSeconds ?? Infinity),
      expected: atMost(
        timing.endpointSeconds,
        `kube-proxy forgets flows to endpoints that no longer serve, as soon as it has its new rules: within ${timing.endpointSeconds} s. It would not if no endpoint were left (kubernetes#139628).`,
        conntrack,
      ),
    },
  ];
}
