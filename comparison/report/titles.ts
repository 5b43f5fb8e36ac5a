import type { BySide } from "../result/bySide.ts";
import type { Comparison } from "../result/comparison.ts";

/** Titles of sections, the same in every format. */
export const titles = {
  picture: "Both ways in one picture",
  aspects: "Aspect by aspect",
  unexplained: "Unexplained differences",
  opensMore: "More is open than the Services ask for",
  reasons: "Why they differ",
  predictions: "What controllers were predicted to create",
  warnings: "Last warnings about the Services",
  withoutEffect: "Without effect",
  setOnce: "Set once, changed later",
  fillLevels: "Firewall rules, used and allowed",
  statements: "What the question and its answers claim",
  lifeCycle: "Who does what, and when",
  traffic: "Requests through both load balancers",
  scenarios: "What happens to traffic",
  cost: "Cost per month",
  sources: "Sources",
  missingSources: "Missing sources",
  limits: "What this does not show",
} as const;

export function sideTitles({ left, right }: Pick<Comparison, "left" | "right">): BySide<string> {
  return { left: left.title, right: right.title };
}
