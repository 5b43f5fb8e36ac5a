/** Why a source did not answer as it should: from any error to one sentence for people, without a stack. */
import type { AskedSource } from "./askedSource.ts";
import { networkReason } from "./reasons/network.ts";
import { PlainReason } from "./reasons/plainReason.ts";
import { TimeLimitError } from "./timeLimit.ts";

export function reasonOf(error: unknown, source: AskedSource): string {
  const { noun } = source;
  if (!(error instanceof Error)) return `${noun} failed: ${firstLine(String(error))}`;
  if (PlainReason.is(error)) return error.message;
  if (error instanceof TimeLimitError) {
    return `${noun} did not say everything within ${error.seconds} s; try again, and if it stays so look at the network`;
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
