/** Turns any error of a source into one readable sentence, without a stack. */
import type { AskedSource } from "./askedSource.ts";
import { networkReason } from "./reasons/network.ts";
import { PlainReason } from "./reasons/plainReason.ts";
import { TimeLimitError } from "./timeLimit.ts";

export function reasonOf(error: unknown, source: AskedSource): string {
  const { noun } = source;
  if (!(error instanceof Error)) return `${noun} failed: ${firstLine(String(error))}`;
  if (PlainReason.is(error)) return error.message;
  if (error instanceof TimeLimitError) {
    return `${noun} did not answer completely within ${error.seconds} s; try again, and check the network if it happens again`;
  }
  return (
    source.reasonOf?.(error) ??
    networkReason(error, noun) ??
    `${noun} failed: ${firstLine(error.message) || error.name}`
  );
}

function firstLine(text: string): string {
  return (text.trim().split("\n")[0] ?? "").slice(0, 300);
}
