/** 3. Whom pods take for the client: externalTrafficPolicy Cluster and Local, client address kept by the load balancer and not. */
import type { BySide } from "../../probes/probes.ts";
import type { Target } from "../bed/bed.ts";
import { bothAlike } from "../scenario.ts";
import type { Finding, Scenario } from "../scenario.ts";
import { bySide, onBothSides } from "../sides.ts";
import { sendToBoth } from "../traffic/bothSides.ts";
import { burst } from "../traffic/burst.ts";
import { clientAddressesOf } from "../traffic/figures.ts";
import type { Load } from "../traffic/load.ts";
import { addressesAround, whose } from "../findings/whose.ts";
import type { Seen } from "../findings/whose.ts";

/** Enough that every zone and pod is met: one of three is missed by 30 requests in one of 10^5 runs. */
const requests = 30;

const nodes =
  "With the policy Cluster the node that a request comes through puts its own address in the client's place, so that the answer comes back through it.";
const policies = "https://kubernetes.io/docs/tutorials/services/source-ip/";
const preservation =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#client-ip-preservation";

const rows = {
  plain: { title: "Cluster, address kept", seen: "a node's", sentence: nodes, source: policies },
  masqueraded: { title: "Cluster, not kept", seen: "a node's", sentence: nodes, source: policies },
  local: {
    title: "Local, address kept",
    seen: "the client's",
    sentence:
      "With the policy Local a node leaves the source as it is, and a load balancer keeps it for instances.",
    source: policies,
  },
  localMasqueraded: {
    title: "Local, not kept",
    seen: "the load balancer's",
    sentence:
      "With the policy Local a node leaves the source as it is, and without client IP preservation that is the load balancer's.",
    source: preservation,
  },
} as const satisfies Readonly<
  Record<
    string,
    { readonly title: string; readonly seen: Seen; readonly sentence: string; readonly source: string }
  >
>;
type Row = keyof typeof rows;

const headlines: readonly Row[] = ["plain", "local"];

export const clientAddress: Scenario = {
  id: "client-address",
  title: "The client's address",
  question: "Whose address does a pod see?",
  quick: true,
  besideOthers: true,
  async run(bed) {
    const names = Object.keys(rows) as Row[];
    const loads = (side: keyof BySide<unknown>): Load[] =>
      names.map((name) => load(name, bed.targets(name)[side]));
    const samples = await sendToBoth(bed, { left: loads("left"), right: loads("right") });
    return Promise.all(
      names.map(async (name): Promise<Finding> => {
        const { title, seen, sentence, source } = rows[name];
        const targets = bed.targets(name);
        const found = await onBothSides(targets, bed.signal, async (target) => {
          const ofSide = target === targets.left ? samples.left : samples.right;
          const seen = clientAddressesOf(ofSide.filter(({ load: id }) => id === name));
          return whose(seen, await addressesAround(bed, target));
        });
        return {
          title: `${title}: pods see`,
          headline: headlines.includes(name),
          unit: "",
          ...bySide(found, (value) => value),
          expected: bothAlike(sentence, source, (value) => value === seen),
        };
      }),
    );
  },
};

function load(id: Row, { hostname, ports }: Target): Load {
  return burst(hostname, ports, { id, kind: "http", requests });
}
