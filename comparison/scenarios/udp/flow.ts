/** One UDP flow: whether it stays with its pod, and how long it is silent when that pod goes. */
import type { Sample } from "../../traffic/load.ts";

export interface Flow {
  /** How often another pod answered than the one before, in the order in which requests were sent. */
  readonly moves: number;
  /** Seconds from the last answer of the first pod to the first one of another; undefined if no other answered. */
  readonly silentSeconds: number | undefined;
}

/** @param samples of one flow: from one and the same port */
export function flowOf(samples: readonly Sample[]): Flow {
  const answers = answersOf(samples);
  const first = answers[0]?.pod;
  const last = answers.findLast(({ pod }) => pod === first);
  const next = answers.find(({ pod }) => pod !== first);
  const pods = answersOf(samples, ({ at }) => at).map(({ pod }) => pod);
  return {
    moves: pods.filter((pod, index) => index > 0 && pod !== pods[index - 1]).length,
    silentSeconds:
      last === undefined || next === undefined ? undefined : Math.max(0, next.arrived - last.arrived) / 1000,
  };
}

interface FlowAnswer {
  readonly pod: string;
  /** In milliseconds since the epoch. */
  readonly at: number;
  readonly arrived: number;
}

/** Who answered, in the order in which the answers arrived unless it is another one. */
export function answersOf(
  samples: readonly Sample[],
  order: (answer: FlowAnswer) => number = ({ arrived }) => arrived,
): FlowAnswer[] {
  return samples
    .flatMap(({ at, milliseconds, outcome }) =>
      outcome.kind === "answered" ? [{ pod: outcome.pod, at, arrived: at + milliseconds }] : [],
    )
    .sort((a, b) => order(a) - order(b));
}
