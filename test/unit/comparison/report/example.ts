/** Examples of comparisons: the project's two Services, measured and equivalent, and the other possible outcomes. */
import { scenarios } from "./example/scenarios.ts";
import { schemaVersion } from "../../../../comparison/result/comparison.ts";
import type { Aspect, Comparison, TrafficReport } from "../../../../comparison/result/comparison.ts";
import { aspects, explanations } from "./example/aspects.ts";
import { picture } from "./example/picture.ts";
import { cost, lifeCycle, statements } from "./example/teaching.ts";

function counted(of: readonly Aspect[]): Comparison["counts"] {
  const having = (verdict: Aspect["verdict"]): number =>
    of.filter((aspect) => aspect.verdict === verdict).length;
  const differences = of.flatMap(({ differences }) => differences);
  return {
    same: having("same"),
    equivalent: having("equivalent"),
    different: having("different"),
    unknown: having("unknown"),
    unexplained: differences.filter(({ explanation }) => explanation === null).length,
  };
}

const left = { title: "NodePort + own NLB", service: "nodeport-6e9c244f/nodeport-31d061df" };
const right = { title: "LoadBalancer", service: "loadbalancer-22f2a3a0/loadbalancer-ac3fdf8d" };

function requests(side: string, pods: readonly [string, string, string]): TrafficReport {
  const [a, b, c] = pods;
  return {
    side,
    sent: 200,
    answered: 200,
    byPod: { [a]: 72, [b]: 69, [c]: 59 },
    byNode: { "node-a": 72, "node-b": 69, "node-c": 59 },
    clientAddresses: ["10.0.0.10", "10.0.16.10", "10.0.32.10"],
    shortcomings: [],
  };
}

export const equivalent: Comparison = {
  schema: schemaVersion,
  basis: "measured",
  made: "2026-11-24T03:40:12.000Z",
  left,
  right,
  verdict: {
    kind: "equivalent",
    sentence:
      "Equivalent: 23 aspects are the same, 9 differ for a known reason, none without one; every prediction was right.",
    reasons: [],
    causes: [],
  },
  counts: counted(aspects),
  sources: [
    { source: "state", side: "both", outcome: "known", reason: "" },
    { source: "Kubernetes API", side: "both", outcome: "known", reason: "" },
    { source: "ELBv2 API", side: "both", outcome: "known", reason: "" },
    { source: "EC2 API", side: "both", outcome: "known", reason: "" },
    { source: "nodes' rules", side: "both", outcome: "known", reason: "" },
    { source: "DNS", side: "both", outcome: "known", reason: "" },
  ],
  aspects,
  warnings: [],
  withoutEffect: [],
  scenarios,
  explanations,
  missing: [],
  opensMore: [],
  predictions: [
    {
      service: right.service,
      outcome: "right",
      reason: "the cloud controller manager created what the model predicts",
      checked: 61,
      wrong: [],
    },
  ],
  traffic: [
    requests(left.title, [
      "nodeport-9e517714-6b4c4f4c48-22f45",
      "nodeport-9e517714-6b4c4f4c48-75lmm",
      "nodeport-9e517714-6b4c4f4c48-rvq28",
    ]),
    requests(right.title, [
      "loadbalancer-5782cda4-6b4c4f4c48-9srrg",
      "loadbalancer-5782cda4-6b4c4f4c48-krk7t",
      "loadbalancer-5782cda4-6b4c4f4c48-qtcdz",
    ]),
  ],
  statements,
  lifeCycle,
  cost,
  picture,
  limits: [
    "The load balancers' data plane is the lab's: what AWS's hardware does under load is not shown.",
    "Prices are those of the table's date, without discounts and without traffic.",
  ],
};

function replaced(id: string, change: Partial<Aspect>): Aspect[] {
  return aspects.map((aspect) => (aspect.id === id ? { ...aspect, ...change } : aspect));
}

const changedAspects = replaced("listeners / TCP 80: health check", {
  right: "TCP, the node port, every 10 s, time-out 10 s, 3 / 3",
  verdict: "different",
  differences: [
    {
      path: "loadBalancer / targetGroups / <target group of TCP 80> / healthCheck / intervalSeconds",
      left: "30",
      right: "10",
      explanation: null,
    },
  ],
});

const differentCauses: Comparison["verdict"]["causes"] = [
  { reason: "LoadBalancer: 3 of 200 requests failed: connection refused", rank: 1, values: [] },
  {
    reason:
      "listeners, TCP 80: health check: intervalSeconds is 30 on one side and 10 on the other, and nothing explains it.",
    rank: 4,
    values: [
      {
        path: "loadBalancer / targetGroups / <target group of TCP 80> / healthCheck / intervalSeconds",
        left: "30",
        right: "10",
      },
    ],
  },
];

/** Somebody changed a health check that the controller owns, and a tag is missing. */
export const different: Comparison = {
  ...equivalent,
  verdict: {
    kind: "different",
    sentence: "Different: 2 reasons.",
    reasons: differentCauses.map(({ reason }) => reason),
    causes: differentCauses,
  },
  opensMore: [
    'The rule "tcp 30000-32767 from 10.0.0.0/8" in sg-1 opens the node ports of other Services too.',
  ],
  aspects: changedAspects,
  counts: counted(changedAspects),
  missing: [
    {
      explanation: "tags-of-the-controller",
      path: "loadBalancer / tags / kubernetes.io/cluster/dev",
      left: null,
      right: "owned",
    },
  ],
  predictions: [
    {
      service: right.service,
      outcome: "wrong",
      reason: "the cloud controller manager created something else than the model predicts",
      checked: 61,
      wrong: [
        {
          path: "loadBalancer / targetGroups / <target group of TCP 80> / healthCheck / intervalSeconds",
          predicted: "30",
          found: "10",
        },
      ],
    },
  ],
  statements: statements.map((statement) =>
    statement.id === "no-port-reserved"
      ? { ...statement, contradicts: true, evidence: "node port 32565 does not answer on node-b" }
      : statement,
  ),
  traffic: equivalent.traffic.map((traffic, index) =>
    index === 0
      ? traffic
      : { ...traffic, answered: 197, shortcomings: ["3 of 200 requests failed: connection refused"] },
  ),
};

const unread = aspects.map((aspect): Aspect =>
  aspect.section === "firewall"
    ? { ...aspect, left: "unknown", right: "unknown", verdict: "unknown", differences: [] }
    : aspect.section === "data path"
      ? { ...aspect, left: "not seen", right: "not seen", verdict: "not seen", differences: [] }
      : aspect,
);

/** One source did not answer, and one does not exist here. */
export const incomplete: Comparison = {
  ...equivalent,
  verdict: {
    kind: "incomplete",
    sentence: "Incomplete: the EC2 API did not answer, so 2 aspects are unknown.",
    reasons: ["EC2 API: not permitted: ec2:DescribeSecurityGroupRules"],
    causes: [{ reason: "EC2 API: not permitted: ec2:DescribeSecurityGroupRules", rank: 0, values: [] }],
  },
  aspects: unread,
  counts: counted(unread),
  sources: equivalent.sources.map((source) =>
    source.source === "EC2 API"
      ? { ...source, outcome: "unreachable", reason: "not permitted: ec2:DescribeSecurityGroupRules" }
      : source.source === "nodes' rules"
        ? { ...source, outcome: "unavailable", reason: "the nodes' rule sets can be read in the lab only" }
        : source,
  ),
  predictions: equivalent.predictions.map((prediction) => ({
    ...prediction,
    outcome: "not checked",
    reason: "the EC2 API did not answer",
    checked: 0,
  })),
  traffic: [],
};

/** From a preview: nothing is deployed yet. */
export const planned: Comparison = {
  ...equivalent,
  basis: "planned",
  verdict: {
    kind: "equivalent",
    sentence:
      "Equivalent as planned: 23 aspects are the same, 9 differ for a known reason, none without one.",
    reasons: [],
    causes: [],
  },
  sources: [{ source: "plan", side: "both", outcome: "known", reason: "" }],
  predictions: equivalent.predictions.map((prediction) => ({
    ...prediction,
    outcome: "not checked",
    reason: "nothing is deployed yet",
    checked: 0,
  })),
  traffic: [],
  statements: statements.map((statement) => ({
    ...statement,
    evidence: null,
    notTried: "not tried in this run; it needs a deployed stack",
  })),
};
