/** The meaning of a failed AWS call for the user of `pulumi up`. */

interface SdkError extends Error {
  readonly code?: string;
  readonly $metadata?: { readonly requestId?: string; readonly httpStatusCode?: number };
}

const isLoopback = (endpoint: string): boolean =>
  ["127.0.0.1", "localhost", "[::1]"].includes(new URL(endpoint).hostname);

/** @param endpoints the configured ones: a refused connection to loopback means that the lab is down. */
export function explain(error: unknown, endpoints: readonly (string | undefined)[]): string {
  if (!(error instanceof Error)) return String(error);
  const { code, name, message, $metadata } = error as SdkError;
  if (name === "AbortError") return "interrupted";
  if (code === "ECONNREFUSED" || code === "ECONNRESET") {
    const [lab] = endpoints.filter((endpoint) => endpoint !== undefined).filter(isLoopback);
    if (lab !== undefined)
      return `no answer from the AWS API at ${lab} (aws:endpoints): the lab is not running; start it with: npm run lab -- up`;
  }
  if ($metadata?.httpStatusCode === undefined) return message;
  return `${name}: ${message} (HTTP ${String($metadata.httpStatusCode)}, request ${$metadata.requestId ?? "unknown"})`;
}
