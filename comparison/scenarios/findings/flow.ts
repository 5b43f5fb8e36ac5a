/** One UDP flow: whether it stays with its pod, and how long it is silent when that pod goes. Pure, from samples. */
import type { Sample } from "../traffic/load.ts";

export interface Flow {
  /** Pods that answered, in the order of their first answers. */
  readonly pods: readonly string[];
  /** Seconds from the last answer of the first pod to the first one of another; undefined if no other answered. */
  readonly silentSeconds: number | undefined;
}

/** @param samples of one flow: from one and the same port */
export function flowOf(samples: readonly Sample[]): Flow {
  const answers = answersOf(samples);
  const pods = [...new Set(answers.map(({ pod }) => pod))];
  const last = answers.findLast(({ pod }) => pod === pods[0]);
  const next = answers.find(({ pod }) => pod !== pods[0]);
  return {
    pods,
    silentSeconds:
      last === undefined || next === undefined ? undefined : Math.max(0, next.arrived - last.arrived) / 1000,
  };
}

/** Who answered, in the order in which the answers arrived, in milliseconds since the epoch. */
export function answersOf(samples: readonly Sample[]): { readonly pod: string; readonly arrived: number }[] {
  return samples
    .flatMap(({ at, milliseconds, outcome }) =>
      outcome.kind === "answered" ? [{ pod: outcome.pod, arrived: at + milliseconds }] : [],
    )
    .sort((a, b) => a.arrived - b.arrived);
}
