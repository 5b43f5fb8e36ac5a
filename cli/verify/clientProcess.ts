/** A process of the client's program, which takes orders and reports their results. */
import { spawn } from "node:child_process";
import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { createInterface } from "node:readline";
import type { Order, Said } from "../../comparison/traffic/orders.ts";

/** Starts it, where the client is. */
export interface Command {
  readonly command: string;
  readonly args: readonly string[];
}

/** Receives the results of one order. */
export interface Listener {
  readonly hear: (said: Said) => void;
  /** The process ended before it reported everything. */
  readonly fail: (reason: Error) => void;
}

export class ClientProcess {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #listeners = new Map<number, Listener>();
  #end: Error | undefined;

  constructor({ command, args }: Command) {
    this.#child = spawn(command, args);
    let complaint = "";
    this.#child.stdin.on("error", () => undefined);
    this.#child.stderr.setEncoding("utf8").on("data", (text: string) => (complaint += text));
    this.#child.once("error", (error) => {
      this.#fail(error);
    });
    this.#child.once("close", (code) => {
      this.#fail(new Error(`the client ended with ${code ?? "a signal"}: ${complaint.trim().slice(-500)}`));
    });
    createInterface({ input: this.#child.stdout }).on("line", (line) => {
      this.#hear(JSON.parse(line) as Said);
    });
  }

  get hasEnded(): boolean {
    return this.#end !== undefined;
  }

  /** @param listener needed for all orders but `stop`, which has no result */
  give(order: Order, listener?: Listener): void {
    if (this.#end !== undefined) listener?.fail(this.#end);
    else {
      if (listener !== undefined) this.#listeners.set(order.id, listener);
      this.#child.stdin.write(`${JSON.stringify(order)}\n`);
    }
  }

  /** It ends with its input, so also when this process ends. */
  close(): void {
    this.#child.stdin.end();
  }

  #hear(said: Said): void {
    const listener = this.#listeners.get(said.id);
    if (said.kind !== "sending" && said.kind !== "sample") this.#listeners.delete(said.id);
    listener?.hear(said);
  }

  #fail(reason: Error): void {
    this.#end ??= reason;
    for (const { fail } of this.#listeners.values()) fail(this.#end);
    this.#listeners.clear();
  }
}
