/** Words that all reports use. */
import type { Comparison, Difference, Statement } from "./comparison.ts";

/** Shown where one side has no value. */
export const nothing = "nothing";

/** As a sentence begins. */
export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function shown(value: Difference["left"]): string {
  return value ?? nothing;
}

/** `2026-11-24 03:40 UTC` */
export function when({ made }: Comparison): string {
  return minuteOf(made);
}

/** @param time in ISO 8601 */
function minuteOf(time: string): string {
  return `${time.slice(0, 10)} ${time.slice(11, 16)} UTC`;
}

export function basisOf({ basis }: Comparison): string {
  return basis === "planned"
    ? "Planned: what the update will create"
    : "Measured: what exists, as reported by its sources";
}

/** A sentence: `Kubernetes v1.35.4, kube-proxy in nftables mode.` None if it is not known. */
export function kubernetesInWords({ kubernetes }: Comparison): string[] {
  if (kubernetes === undefined) return [];
  const { version, kubelets, proxyModes } = kubernetes;
  const nodes = kubelets.every((each) => each === version) ? [] : [`kubelets ${kubelets.join(" and ")}`];
  const modes = proxyModes.length === 0 ? [] : [`kube-proxy in ${proxyModes.join(" and ")} mode`];
  return [`${[`Kubernetes ${version}`, ...nodes, ...modes].join(", ")}.`];
}

/** What this run shows about a statement. */
export function evidenceOf({ evidence, notTried, contradicts }: Statement): string {
  if (evidence === null) return notTried ?? "not tried";
  return contradicts ? `${evidence}: this contradicts the verdict` : evidence;
}

export function fillLevelInWords({
  group,
  used,
  isLeast,
  allowed,
  what,
}: NonNullable<Comparison["fillLevels"]>[number]): string {
  return `${group}: ${isLeast ? "at least " : ""}${used} of ${allowed} ${what}`;
}

export function dollars(amount: number): string {
  return `$${amount.toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
}

/** Names of one Deployment's pods differ only in the last parts. */
export function podName(name: string): string {
  return name.split("-").slice(-2).join("-");
}

/** `SyncLoadBalancerFailed: no ports (3 times, last at 2026-11-24 03:40 UTC)` */
export function warningInWords({
  reason,
  message,
  times,
  last,
}: Pick<Comparison["warnings"][number], "reason" | "message" | "times" | "last">): string {
  const often = [
    ...(times > 1 ? [`${times} times`] : []),
    ...(last === "" ? [] : [`${times > 1 ? "last " : ""}at ${minuteOf(last)}`]),
  ].join(", ");
  return `${reason}: ${message}${often === "" ? "" : ` (${often})`}`;
}

export function unheededInWords({
  place,
  name,
  value,
  why,
  gets,
  instead,
}: Omit<Comparison["withoutEffect"][number], "side" | "service">): string {
  const rest = [why, ...(gets === null ? [] : [gets]), ...(instead === null ? [] : [`use ${instead}`])];
  return `${place} ${name} "${value}": ${rest.join("; ")}`;
}
