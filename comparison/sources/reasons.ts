/** Why a source did not say what it should: from any error to one sentence, for people, without a stack. */
import type { SourceName } from "../model/exposure.ts";
import { awsReason } from "./reasons/aws.ts";
import { kubernetesReason } from "./reasons/kubernetes.ts";
import { networkReason } from "./reasons/network.ts";
import { PlainReason } from "./reasons/plainReason.ts";
import { TimeLimitError } from "./timeLimit.ts";

export function reasonOf(error: unknown, source: SourceName): string {
  if (!(error instanceof Error)) return `${nounOf(source)} failed: ${firstLine(String(error))}`;
  if (error instanceof PlainReason) return error.message;
  const name = nounOf(source);
  if (error instanceof TimeLimitError) {
    return `${name} did not say everything within ${error.seconds} s; try again, and if it stays so look at the network`;
  }
  return (
    bySource(error, source) ??
    networkReason(error, name) ??
    `${name} failed: ${firstLine(error.message) || error.name}`
  );
}

function bySource(error: Error, source: SourceName): string | undefined {
  if (source === "Kubernetes API") return kubernetesReason(error);
  if (source === "ELBv2 API" || source === "EC2 API") return awsReason(error, source);
  return undefined;
}

function nounOf(source: SourceName): string {
  if (source === "DNS") return "DNS";
  return source === "nodes' rules" ? "the reading of the nodes' rules" : `the ${source}`;
}

function firstLine(text: string): string {
  return (text.trim().split("\n")[0] ?? "").slice(0, 300);
}
