import type {
  FindingResult,
  ScenarioResult,
  ShownOutcome,
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
        expected: "Only the cloud controller watches nodes.",
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
];
