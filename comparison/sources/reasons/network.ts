/** Network errors of Node and node-fetch. https://nodejs.org/docs/latest-v20.x/api/errors.html#common-system-errors */

interface NetworkError extends Error {
  readonly code?: string;
  readonly address?: string;
  readonly port?: number;
  readonly hostname?: string;
}

const meanings: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing listens there; is it running, and is the address right?",
  ECONNRESET: "the connection broke; try again",
  EPIPE: "the connection broke; try again",
  ETIMEDOUT: "no answer; is a VPN, a proxy or a firewall in the way?",
  EHOSTUNREACH: "there is no route to it; is a VPN missing?",
  ENETUNREACH: "there is no route to it; is there a network?",
  ENOTFOUND: "DNS does not know this name; is it right, and is a VPN missing?",
  EAI_AGAIN: "DNS does not answer; is there a network?",
  CERT_HAS_EXPIRED: "its certificate has expired",
  DEPTH_ZERO_SELF_SIGNED_CERT: "its certificate is signed by an unknown authority",
  SELF_SIGNED_CERT_IN_CHAIN: "its certificate is signed by an unknown authority; is a proxy in the way?",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "its certificate is signed by an unknown authority",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "its certificate is signed by an unknown authority",
  ERR_TLS_CERT_ALTNAME_INVALID: "its certificate is for another name",
};

/** @param name what did not answer */
export function networkReason(error: Error, name: string): string | undefined {
  const { code = "" } = error as NetworkError;
  const meaning = meanings[code];
  if (meaning !== undefined) return `${name} cannot be reached${placeOf(error)} (${code}): ${meaning}`;
  // The AWS SDK throws it when its own time limit for a connection or an answer ends.
  if (error.name === "TimeoutError") return `${name} cannot be reached: ${meanings.ETIMEDOUT ?? ""}`;
  return undefined;
}

function placeOf(error: NetworkError): string {
  const url = /request to (\S+) failed/.exec(error.message)?.[1];
  if (url !== undefined) return ` at ${URL.canParse(url) ? new URL(url).origin : url}`;
  if (error.address !== undefined)
    return ` at ${error.address}${error.port === undefined ? "" : `:${error.port}`}`;
  return error.hostname === undefined ? "" : ` at ${error.hostname}`;
}
