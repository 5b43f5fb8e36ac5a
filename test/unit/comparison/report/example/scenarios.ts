import type {
  FindingResult,
  ScenarioResult,
  ShownOutcome,
  TimelineSide,
} from "../../../../../comparison/result/scenarioSchema.ts";

const source = "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/introduction.html";

const measured = (value: number | string, text: string): ShownOutcome => ({
  kind: "measured",
  value,
  text,
  detail: "",
});

const finding = (changes: Partial<FindingResult> & Pick<FindingResult, "title">): FindingResult => ({
  unit: "%",
  left: measured(100, "100 %"),
  right: measured(100, "100 %"),
  relation: "=",
  expected: "A load balancer's name leads to its addresses.",
  source,
  verdict: "same",
  headline: false,
  ...changes,
});

type Bin = TimelineSide["bins"][number];

/** Five requests in a bin, spread over the pods. */
const answered = (...pods: string[]): Bin => ({
  sent: 5,
  lost: 0,
  answers: Object.fromEntries(pods.map((pod, index) => [pod, Math.ceil((5 - index) / pods.length)])),
});
const partly = (lost: number, ...pods: string[]): Bin => ({
  sent: 5,
  lost,
  answers: Object.fromEntries(
    pods
      .map((pod, index) => [pod, Math.ceil((5 - lost - index) / pods.length)] as const)
      .filter(([, times]) => times > 0),
  ),
});
const repeated = (bin: Bin, times: number): Bin[] => Array.from({ length: times }, () => bin);

const nodePortPods = ["22f45", "75lmm", "rvq28"].map((id) => `nodeport-9e517714-6b4c4f4c48-${id}`) as [
  string,
  string,
  string,
];
const loadBalancerPods = ["9srrg", "krk7t", "qtcdz"].map(
  (id) => `loadbalancer-5782cda4-6b4c4f4c48-${id}`,
) as [string, string, string];

/** The first pod is killed; the others answer until a new one is ready. */
function killed(
  [first, ...others]: [string, ...string[]],
  successor: string,
  losses: readonly number[],
  killedAt: number,
): TimelineSide {
  const before = Math.floor(killedAt / 0.2);
  return {
    bins: [
      ...repeated(answered(first, ...others), before),
      ...losses.map((lost) => partly(lost, ...others)),
      ...repeated(answered(...others), 12 - losses.length),
      ...repeated(answered(...others, successor), 28 - before),
    ],
    events: [{ seconds: killedAt, title: "pod killed" }],
  };
}

export const scenarios: ScenarioResult[] = [
  {
    id: "answers",
    title: "Who answers",
    question: "Does the app answer by the load balancer's name?",
    made: "2026-11-24T03:40:02.000Z",
    seconds: 2.4,
    failure: null,
    findings: [finding({ title: "answered by DNS name", headline: true })],
  },
  {
    id: "node-added",
    title: "A node is added",
    question: "When does a new node take traffic?",
    made: "2026-11-24T03:40:05.000Z",
    seconds: 31,
    failure: null,
    findings: [
      finding({
        title: "registered by itself",
        unit: "",
        left: measured("no", "no"),
        right: measured("yes", "yes"),
        relation: "≠",
        expected: "Only the cloud controller manager watches nodes.",
        verdict: "as documented",
      }),
      finding({
        title: "first request",
        unit: "s",
        left: { kind: "skipped", value: null, text: "no autoscaling group is attached", detail: "" },
        right: measured(11.2, "11.20 s"),
        relation: "",
        verdict: "skipped",
      }),
    ],
  },
  {
    id: "pod-killed",
    title: "A pod is killed",
    question: "What is lost when a pod ends without a warning, and for how long?",
    made: "2026-11-24T03:40:36.000Z",
    seconds: 9.1,
    failure: null,
    findings: [
      finding({
        title: "lost, new connections",
        unit: "requests",
        left: { ...measured(4, "4 requests"), detail: "200 sent; 4 lost: ECONNREFUSED" },
        right: { ...measured(5, "5 requests"), detail: "200 sent; 5 lost: ECONNREFUSED" },
        relation: "× 1.25",
        expected: "A killed pod gets its share of the traffic until kube-proxy has its new rules.",
        headline: true,
      }),
    ],
    timelines: [
      {
        title: "new connections",
        binSeconds: 0.2,
        answeredBy: "pod",
        left: killed(nodePortPods, "nodeport-9e517714-6b4c4f4c48-x7c2p", [1, 2, 1], 2.03),
        right: killed(loadBalancerPods, "loadbalancer-5782cda4-6b4c4f4c48-8vw4d", [2, 3], 2.41),
      },
      {
        title: "keep-alive",
        binSeconds: 0.2,
        answeredBy: "pod",
        left: killed(nodePortPods, "nodeport-9e517714-6b4c4f4c48-x7c2p", [], 2.03),
        right: { bins: [], events: [] },
      },
    ],
  },
];
