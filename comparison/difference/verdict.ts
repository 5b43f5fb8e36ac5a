/** Computes the verdict. */
import type { Exposure } from "../model/exposure.ts";
import type { SourceResult } from "../model/sourceResult.ts";
import type { Comparison } from "../result/comparison.ts";
import type { Compared } from "./compared.ts";
import { parts } from "./compared.ts";
import type { Cause } from "./causes.ts";
import { counted } from "./inWords.ts";
import { mostImportant, ranks } from "./ranks.ts";
import { step } from "./shape.ts";

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
  "basis" | "counts" | "sources" | "predictions" | "traffic" | "scenarios" | "statements"
> & {
  /** Why values differ that nothing explains. */
  readonly causes: readonly Cause[];
  /** What keeps a side from taking traffic, one sentence each. */
  readonly broken: readonly string[];
};

/**
 * `incomplete` if a source gave no complete answer: then nothing can be concluded. `different` if a difference has no explanation, a prediction is wrong, a side
 * cannot take traffic, requests failed, a scenario did not go as documented, or a statement is contradicted. Else `equivalent`.
 */
export function verdictOn(grounds: Grounds): Verdict {
  const silent = silentIn(grounds);
  const faults = faultsIn(grounds);
  const causes = [...silent.map((reason) => ({ ...withoutValues(reason), rank: 0 })), ...faults].sort(
    (a, b) => a.rank - b.rank,
  );
  const verdict = { reasons: causes.map(({ reason }) => reason), causes };
  if (silent.length > 0) {
    const sentence = `Incomplete: ${counted(silent.length, "source")} gave no complete answer.`;
    return { kind: "incomplete", sentence, ...verdict };
  }
  if (faults.length > 0)
    return { kind: "different", sentence: `Different: ${counted(faults.length, "reason")}.`, ...verdict };
  return { kind: "equivalent", sentence: equivalentSentence(grounds), ...verdict };
}

/** One sentence for each source that gave no answer: once, if it gave neither side one for the same reason. */
function silentIn({ sources }: Grounds): string[] {
  const silent = sources.filter(({ outcome }) => outcome === "unreachable");
  return [...new Set(silent.map(({ source, reason }) => `${source}: ${reason}`))];
}

function equivalentSentence({ basis, counts, predictions, sources }: Grounds): string {
  const word = basis === "planned" ? "Equivalent as planned" : "Equivalent";
  const aspects = `${counted(counts.same, "aspect")} the same, ${counts.equivalent} different for a known reason, 0 unexplained`;
  const checked = predictions
    .filter(({ outcome }) => outcome === "right")
    .reduce((sum, { checked: count }) => sum + count, 0);
  const right = checked === 0 ? "" : `; ${counted(checked, "prediction")} right, 0 wrong`;
  const unchecked =
    basis === "measured" ? predictions.filter(({ outcome }) => outcome === "not checked") : [];
  const notChecked = unchecked.map(({ reason }) => `; no prediction: ${reason}`).join("");
  // A plan has no such sources by its nature.
  const unseen = sources.filter(
    ({ source, outcome }) => basis === "measured" && outcome === "unavailable" && source !== "state",
  );
  const names = [...new Set(unseen.map(({ source }) => source))];
  const notSeen = names.length === 0 ? "" : `; not seen: ${names.join(", ")}`;
  return `${word}: ${aspects}${right}${notChecked}${notSeen}.`;
}

function faultsIn(grounds: Grounds): Cause[] {
  const { causes, predictions, traffic, scenarios, statements, broken } = grounds;
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
  return [
    ...[...broken, ...astray, ...unexpected].map(withoutValues),
    ...causes,
    ...wrongPredictions(predictions, causes),
    ...contradicted.map((reason) => ({ ...withoutValues(reason), rank: ranks.statement })),
  ];
}

function withoutValues(reason: string): Cause {
  return { reason, rank: mostImportant, values: [] };
}

/** They differ together: who is let in is one cause. */
const balancersOpenings = ["firewall", "loadBalancer"].join(step);

/** A value that is already the reason for a difference is not a second reason, and neither is one of an object that only one side has for that reason. */
function wrongPredictions(predictions: Grounds["predictions"], causes: readonly Cause[]): Cause[] {
  const values = causes.flatMap((cause) => cause.values);
  const known = values.map(({ path }) => path);
  // Listeners and pools have a protocol, whatever else they have.
  const oneSided = values
    .filter(({ path, left, right }) => path.endsWith(`${step}protocol`) && (left === null || right === null))
    .map(({ path }) => path.slice(0, -"protocol".length));
  const isKnown = (path: string): boolean => {
    // An object's name is made of its values.
    const place = path.endsWith(`${step}name`) ? path.slice(0, -`${step}name`.length) : path;
    return (
      known.some((each) => each === place || each.startsWith(place + step)) ||
      oneSided.some((each) => path.startsWith(each)) ||
      (path.startsWith(balancersOpenings) && known.some((each) => each.startsWith(balancersOpenings)))
    );
  };
  return predictions.flatMap(({ service, wrong }) => {
    const others = wrong.filter(({ path }) => !isKnown(path));
    const [first, ...more] = others;
    if (first === undefined) return [];
    const { path, predicted, found } = first;
    const rest = more.length === 0 ? "" : `, and ${counted(more.length, "more value")}`;
    return [
      {
        reason: `${service}: ${path} was predicted as ${predicted ?? "absent"} and is ${found ?? "absent"}${rest}`,
        rank: ranks.prediction,
        values: [],
      },
    ];
  });
}
