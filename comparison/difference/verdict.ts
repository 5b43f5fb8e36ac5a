/** Computes the verdict. */
import type { Exposure } from "../model/exposure.ts";
import type { SourceResult } from "../model/sourceResult.ts";
import type { Comparison } from "../result/comparison.ts";
import type { Compared } from "./compared.ts";
import { parts } from "./compared.ts";
import { counted } from "./inWords.ts";

type Verdict = Comparison["verdict"];
type SourceRow = Comparison["sources"][number];

/** The outcome of each source, by side. */
export function sourceRows({ facts, cloud: { sources } }: Compared): SourceRow[] {
  const planned = facts.basis === "planned";
  const sourceOf: Readonly<Record<keyof Exposure, string>> = { ...clusterSources, ...sources };
  const ofSide = (side: "left" | "right", exposure: Exposure): SourceRow[] => {
    const rows = parts.map((part) =>
      row(planned ? `plan: ${partNames[part]}` : sourceOf[part], side, exposure[part]),
    );
    return [
      ...new Map(rows.map((found) => [`${found.source} ${found.outcome} ${found.reason}`, found])).values(),
    ];
  };
  return [
    row(planned ? "plan: the cluster" : `${sources.cluster}: the cluster`, "both", facts.cluster),
    row("state", "both", facts.state),
    ...ofSide("left", facts.left),
    ...ofSide("right", facts.right),
  ];
}

const clusterSources = {
  service: "Kubernetes API",
  endpoints: "Kubernetes API",
  name: "DNS",
  dataPath: "nodes' rules",
};

const partNames: Readonly<Record<keyof Exposure, string>> = {
  service: "the Service",
  endpoints: "endpoints",
  loadBalancer: "the load balancer",
  firewall: "rules",
  name: "the DNS name",
  dataPath: "the data path",
};

function row(source: string, side: SourceRow["side"], result: SourceResult<unknown>): SourceRow {
  return { source, side, outcome: result.kind, reason: result.kind === "known" ? "" : result.reason };
}

/** The input of a verdict. */
export type Grounds = Pick<
  Comparison,
  | "basis"
  | "counts"
  | "sources"
  | "aspects"
  | "missing"
  | "predictions"
  | "traffic"
  | "scenarios"
  | "statements"
> & {
  /** What keeps a side from taking traffic, one sentence each. */
  readonly broken: readonly string[];
};

/**
 * `incomplete` if a source gave no complete answer: then nothing can be concluded. `different` if a difference has no explanation, an explanation explains
 * nothing, a prediction is wrong, a side cannot take traffic, requests failed, a scenario did not go as documented, or a statement is contradicted. Else
 * `equivalent`.
 */
export function verdictOn(grounds: Grounds): Verdict {
  const silent = grounds.sources.filter(({ outcome }) => outcome === "unreachable");
  const faults = faultsIn(grounds);
  const reasons = [...silent.map(({ source, reason }) => `${source}: ${reason}`), ...faults];
  if (silent.length > 0) {
    return {
      kind: "incomplete",
      sentence: `Incomplete: ${counted(silent.length, "source")} gave no complete answer.`,
      reasons,
    };
  }
  if (faults.length > 0) {
    return { kind: "different", sentence: `Different: ${counted(faults.length, "reason")}.`, reasons };
  }
  return { kind: "equivalent", sentence: equivalentSentence(grounds), reasons };
}

function equivalentSentence({ basis, counts, predictions }: Grounds): string {
  const word = basis === "planned" ? "Equivalent as planned" : "Equivalent";
  const aspects = `${counted(counts.same, "aspect")} the same, ${counts.equivalent} different for a known reason, 0 unexplained`;
  const checked = predictions
    .filter(({ outcome }) => outcome === "right")
    .reduce((sum, { checked: count }) => sum + count, 0);
  const right = checked === 0 ? "" : `; ${counted(checked, "prediction")} right, 0 wrong`;
  const unchecked =
    basis === "measured" ? predictions.filter(({ outcome }) => outcome === "not checked") : [];
  return `${word}: ${aspects}${right}${unchecked.map(({ reason }) => `; no prediction: ${reason}`).join("")}.`;
}

function faultsIn(grounds: Grounds): string[] {
  const { aspects, missing, predictions, traffic, scenarios, statements, broken } = grounds;
  const unexplained = aspects.flatMap(({ section, title, differences }) =>
    differences
      .filter(({ explanation }) => explanation === null)
      .map(
        ({ path, left, right }) =>
          `${section}, ${title}: ${path} is ${left ?? "absent"} on the left and ${right ?? "absent"} on the right`,
      ),
  );
  const unmatched = missing.map(
    ({ explanation, path, left, right }) =>
      `${path} should be ${left ?? "absent"} on the left and ${right ?? "absent"} on the right (${explanation}), and is not`,
  );
  const wrong = predictions.flatMap(({ service, wrong: rows }) =>
    rows.map(
      ({ path, predicted, found }) =>
        `${service}: ${path} was predicted as ${predicted ?? "absent"} and is ${found ?? "absent"}`,
    ),
  );
  const astray = traffic.flatMap(({ side, shortcomings }) =>
    shortcomings.map((reason) => `${side}: ${reason}`),
  );
  const unexpected = scenarios.flatMap(({ title, findings }) =>
    findings
      .filter(({ verdict }) => verdict === "different")
      .map(
        (finding) =>
          `${title}, ${finding.title}: ${finding.left.text} on the left and ${finding.right.text} on the right; expected: ${finding.expected}`,
      ),
  );
  const contradicted = statements
    .filter(({ contradicts }) => contradicts)
    .map(
      ({ statement, verdict, evidence }) =>
        `"${statement}" has the verdict ${verdict}, and this run contradicts it: ${evidence ?? ""}`,
    );
  return [...unexplained, ...unmatched, ...wrong, ...broken, ...astray, ...unexpected, ...contradicted];
}
