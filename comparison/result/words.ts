/** Words that all reports use. */
import type { Comparison, Difference, Statement } from "./comparison.ts";

/** Stands where one side has nothing. */
export const nothing = "nothing";

export function shown(value: Difference["left"]): string {
  return value ?? nothing;
}

/** `2026-11-24 03:40 UTC` */
export function when({ made }: Comparison): string {
  return `${made.slice(0, 10)} ${made.slice(11, 16)} UTC`;
}

export function basisOf({ basis }: Comparison): string {
  return basis === "planned"
    ? "Planned: what will be there after the update"
    : "Measured: what is there, as its sources say it";
}

/** What a reader learns from this run about a statement. */
export function evidenceOf({ evidence, notTried, contradicts }: Statement): string {
  if (evidence === null) return notTried ?? "not tried";
  return contradicts ? `${evidence}: this speaks against the verdict` : evidence;
}

export function dollars(amount: number): string {
  return `$${amount.toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
}

/** Pods of one Deployment have the same beginning; the last parts tell them apart. */
export function podName(name: string): string {
  return name.split("-").slice(-2).join("-");
}
