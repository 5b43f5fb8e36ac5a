/** Who has to answer. */
import type { BySide } from "../../result/bySide.ts";
import { measured } from "../outcome.ts";
import type { Outcome } from "../outcome.ts";
import { bothAlike } from "../scenario.ts";
import type { Finding } from "../scenario.ts";
import { mapBySide } from "../sides.ts";

const nodePorts = "https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport";
const groups =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-register-targets.html#target-security-groups";
const zonesSource =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html#availability-zones";

export type Asked = "name" | "zones" | "nodes";

/** What is asked, with the share of answers in percent. */
export type Shares = Readonly<Partial<Record<Asked, Outcome<number>>>>;

export interface Measured {
  /** How many zones' addresses are not in DNS. */
  readonly missing: BySide<Outcome<number>>;
  readonly plain: BySide<Outcome<Shares>>;
  /** Of load balancers that don't keep the client's address: while the node ports are closed to clients, and when they are open again. */
  readonly closed: BySide<Outcome<Shares>>;
  readonly again: BySide<Outcome<Shares>>;
}

export function conclude({ missing, plain, closed, again }: Measured): Finding[] {
  return [
    {
      title: "zones whose address is not in DNS",
      unit: "addresses",
      ...missing,
      expected: bothAlike(
        "A load balancer's name leads to one address for each of its zones.",
        zonesSource,
        (value) => value === 0,
      ),
    },
    ...opened(plain),
    ...shut(closed, again),
  ];
}

function opened(shares: BySide<Outcome<Shares>>): Finding[] {
  return [
    finding("answered by DNS name", shares, "name", 100, {
      sentence: "A load balancer's name leads to its addresses.",
      source:
        "https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html#request-routing",
    }),
    finding("answered by each zone's address", shares, "zones", 100, {
      sentence: "There is one address for each zone, and each takes traffic.",
      source: zonesSource,
    }),
    {
      ...finding("answered by each node's address and node port", shares, "nodes", 100, {
        sentence:
          "Both types of Service answer at every node's own address, where the firewall lets clients in: a LoadBalancer Service is reachable not only through its load balancer.",
        source: nodePorts,
      }),
      headline: true,
    },
  ];
}

function shut(closed: BySide<Outcome<Shares>>, again: BySide<Outcome<Shares>>): Finding[] {
  return [
    {
      ...finding("node ports closed to clients: by node's address", closed, "nodes", 0, {
        sentence: "Without a rule in the nodes' security group, no client outside reaches a node port.",
        source: groups,
      }),
      headline: true,
    },
    finding("node ports closed to clients: by DNS name", closed, "name", 100, {
      sentence:
        "Without client IP preservation the nodes see the load balancer's own address, and need to admit nothing else.",
      source: groups,
    }),
    finding("node ports opened again: by node's address", again, "nodes", 100, {
      sentence: "With the rule restored, every client that it names reaches the node ports.",
      source: groups,
    }),
  ];
}

function finding(
  title: string,
  shares: BySide<Outcome<Shares>>,
  asked: Asked,
  percent: number,
  { sentence, source }: Pick<Finding["expected"], "sentence" | "source">,
): Finding {
  return {
    title,
    unit: "%",
    ...mapBySide(shares, (of) => of[asked] ?? measured(Number.NaN)),
    expected: bothAlike(sentence, source, (value) => value === percent),
  };
}
