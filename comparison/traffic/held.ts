/**
 * A connection that is held: it asks who is there, waits for a while without sending a packet, and asks again. It uses a plain socket without TCP keep-alive, since an
 * HTTP agent would silently replace a broken connection.
 */
import { connect } from "node:net";
import type { Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { Load, Sample } from "./load.ts";

/**
 * netexec waits so many seconds for an answer to a datagram, and its own UDP server does not answer unknown datagrams.
 * https://github.com/kubernetes/kubernetes/blob/v1.35.4/test/images/agnhost/netexec/netexec.go
 */
const secondsPerTry = 5;

export async function askTwice(
  how: "idle" | "slow",
  { host, port, holdSeconds = secondsPerTry }: Load,
  address: string,
  signal: AbortSignal,
): Promise<Pick<Sample, "address" | "pod" | "outcome">> {
  const socket = connect({ host: address, port });
  const abort = (): void => void socket.destroy(new Error("no answer"));
  signal.addEventListener("abort", abort, { once: true });
  let pod: string | undefined;
  try {
    const ask = asker(socket, host);
    pod = await ask("/hostname");
    const clientAddress = (await ask("/clientip")).replace(/:\d+$/, "");
    if (how === "slow") await ask(slowPath(holdSeconds));
    else {
      await sleep(holdSeconds * 1000, undefined, { signal });
      await ask("/hostname");
    }
    return { address, pod, outcome: { kind: "answered", pod, clientAddress } };
  } catch (error) {
    throw Object.assign(error instanceof Error ? error : new Error(String(error)), { address, pod });
  } finally {
    signal.removeEventListener("abort", abort);
    socket.destroy();
  }
}

/** A question that takes netexec at least so long: it asks itself something that it does not answer. */
export function slowPath(seconds: number): string {
  const tries = Math.ceil(seconds / secondsPerTry);
  return `/dial?protocol=udp&host=127.0.0.1&port=8081&request=nothing&tries=${tries}`;
}

/** @returns a function that asks over the connection. It rejects if the connection has broken, even earlier */
function asker(socket: Socket, host: string): (path: string) => Promise<string> {
  let received = "";
  let broken: Error | undefined;
  let look = (): void => undefined;
  socket.setEncoding("utf8").on("data", (text) => {
    received += String(text);
    look();
  });
  socket.once("error", (error) => {
    broken = error;
    look();
  });
  socket.once("close", () => {
    broken ??= Object.assign(new Error("the connection was closed"), { code: "ECONNRESET" });
    look();
  });
  return (path) =>
    new Promise((resolve, reject) => {
      look = (): void => {
        const answer = bodyOf(received);
        if (answer === undefined) {
          if (broken !== undefined) reject(broken);
          return;
        }
        received = "";
        resolve(answer);
      };
      socket.write(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
      look();
    });
}

/** The body of a complete HTTP response that states its length, as netexec's do; undefined while it is incomplete. */
export function bodyOf(response: string): string | undefined {
  const end = response.indexOf("\r\n\r\n");
  if (end < 0) return undefined;
  const length = Number(/^content-length: *(\d+)/im.exec(response.slice(0, end))?.[1] ?? 0);
  const body = response.slice(end + 4);
  return Buffer.byteLength(body) < length ? undefined : body;
}
