/** A client that speaks TLS: what it is served depends on the host that it asks for, and on what it offers. */
import { Agent } from "node:http";
import { connect } from "node:tls";
import type { SecureVersion, TLSSocket } from "node:tls";
import { askPaths } from "./http.ts";

export interface TlsQuestion {
  /** An address. */
  readonly host: string;
  readonly port: number;
  /** The host that the client asks for (SNI). @default none */
  readonly name?: string;
  /** What it offers by ALPN, the most wanted first. It speaks HTTP/1.1 in any case. */
  readonly protocols: readonly string[];
  readonly newestVersion: SecureVersion;
  /** For the whole of it. */
  readonly timeoutMilliseconds: number;
}

export type TlsAnswer =
  | {
      readonly kind: "answered";
      /** The common name of the certificate. */
      readonly certificate: string;
      readonly version: string;
      /** By ALPN; null if the server chose none. */
      readonly protocol: string | null;
      readonly pod: string;
      readonly clientAddress: string;
    }
  /** There is no version of TLS that both sides accept. */
  | { readonly kind: "refused" };

/** @throws whatever else went wrong */
export type AskByTls = (question: TlsQuestion) => Promise<TlsAnswer>;

/** Node's name of the server's alert, which is number 70 of https://www.rfc-editor.org/rfc/rfc8446#section-6 */
const noCommonVersion = "ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION";
/** Below this level OpenSSL does not offer versions before 1.2. https://docs.openssl.org/3.0/man3/SSL_CTX_set_security_level/ */
const anyCipher = "DEFAULT:@SECLEVEL=0";

export async function askByTls(question: TlsQuestion): Promise<TlsAnswer> {
  const { host, port, timeoutMilliseconds } = question;
  const signal = AbortSignal.timeout(timeoutMilliseconds);
  let socket: TLSSocket;
  try {
    socket = await shakeHands(question, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === noCommonVersion) return { kind: "refused" };
    throw error;
  }
  const agent = Object.assign(new Agent({ keepAlive: true, maxSockets: 1 }), {
    createConnection: () => socket,
  });
  try {
    const [pod = "", client = ""] = await askPaths(
      { host, port },
      ["/hostname", "/clientip"],
      host,
      agent,
      signal,
    );
    return {
      kind: "answered",
      certificate: String(socket.getPeerCertificate().subject.CN),
      version: socket.getProtocol() ?? "",
      protocol: socket.alpnProtocol === false ? null : socket.alpnProtocol,
      pod: pod.trim(),
      clientAddress: client.trim().replace(/:\d+$/, ""),
    };
  } finally {
    agent.destroy();
    socket.destroy();
  }
}

function shakeHands(
  { host, port, name, protocols, newestVersion }: TlsQuestion,
  signal: AbortSignal,
): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const socket = connect({
      host,
      port,
      ...(name === undefined ? {} : { servername: name }),
      ALPNProtocols: [...protocols],
      minVersion: "TLSv1",
      maxVersion: newestVersion,
      ciphers: anyCipher,
      // The certificates sign themselves. Which one it is is the question.
      rejectUnauthorized: false,
    });
    const fail = (error: Error): void => {
      socket.destroy();
      reject(error);
    };
    socket.once("secureConnect", () => {
      resolve(socket);
    });
    socket.once("error", fail);
    signal.addEventListener("abort", () => {
      fail(new Error(`no answer from ${host}`));
    });
  });
}
