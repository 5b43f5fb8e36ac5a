/** What ginkgo reports of a run, as the outcome of each spec that was asked for. */

/** ginkgo's report in JSON, as far as it is read. https://pkg.go.dev/github.com/onsi/ginkgo/v2/types#Report */
export interface GinkgoReport {
  readonly SpecReports: readonly SpecReport[] | null;
}

export interface SpecReport {
  readonly ContainerHierarchyTexts: readonly string[] | null;
  readonly LeafNodeType: string;
  readonly LeafNodeText: string;
  readonly State: string;
  /** In nanoseconds. */
  readonly RunTime: number;
  readonly Failure?: { readonly Message: string };
}

export type Outcome = "passed" | "failed" | "skipped";

export interface Spec {
  readonly name: string;
  readonly outcome: Outcome;
  readonly seconds: number;
  /** Why it failed, or why it skipped itself; empty if it passed. */
  readonly reason: string;
}

/** The specs that were run or skipped themselves, failed ones first. Those that the preset leaves out have no message. */
export function specsOf(reports: readonly GinkgoReport[]): Spec[] {
  const order: readonly Outcome[] = ["failed", "skipped", "passed"];
  return reports
    .flatMap(({ SpecReports }) => SpecReports ?? [])
    .filter(isAskedFor)
    .map(specOf)
    .sort((a, b) => order.indexOf(a.outcome) - order.indexOf(b.outcome) || a.name.localeCompare(b.name));
}

function isAskedFor({ LeafNodeType, State, Failure }: SpecReport): boolean {
  // What prepares the suite, and fails, fails everything: it is a result too.
  if (LeafNodeType !== "It") return State !== "passed" && State !== "skipped" && State !== "pending";
  return State !== "pending" && (State !== "skipped" || (Failure?.Message ?? "") !== "");
}

function specOf({
  ContainerHierarchyTexts,
  LeafNodeType,
  LeafNodeText,
  State,
  RunTime,
  Failure,
}: SpecReport): Spec {
  const name = [...(ContainerHierarchyTexts ?? []), LeafNodeText].join(" ").trim();
  return {
    name: name === "" ? LeafNodeType : name,
    // Others are ginkgo's kinds of failures: panicked, timedout, interrupted, aborted.
    outcome: State === "passed" || State === "skipped" ? State : "failed",
    seconds: RunTime / 1e9,
    reason: State === "passed" ? "" : oneLine(Failure?.Message ?? State),
  };
}

const longestReason = 240;

/** A message without its line breaks, and not longer than a table can show. */
export function oneLine(message: string): string {
  const line = message.replaceAll(/\s+/g, " ").trim();
  return line.length <= longestReason ? line : `${line.slice(0, longestReason - 1)}…`;
}

export const countOf = (specs: readonly Spec[], outcome: Outcome): number =>
  specs.filter((spec) => spec.outcome === outcome).length;

/** `46 passed, 1 failed, 2 skipped` */
export const tally = (specs: readonly Spec[]): string =>
  (["passed", "failed", "skipped"] as const)
    .map((outcome) => `${countOf(specs, outcome)} ${outcome}`)
    .join(", ");
