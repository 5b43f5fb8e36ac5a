/** Loads from the lab's client, outside the VPC. */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { RunningLoads, Sample, StartLoads } from "../../comparison/scenarios/traffic/load.ts";
import { inside } from "../../lab/lab.ts";
import type { Lab } from "../../lab/lab.ts";
import { vpc } from "../../lab/layout.ts";
import { ownProgram } from "../../lab/program.ts";
import { checkout } from "../devLab.ts";

/** How long the client's program may take to start, in milliseconds, on a machine that is busy with a build. */
const startTimeout = 30_000;

/** @param from the checkout that the client's program is run from: one that the lab can reach */
export function labLoads(lab: Lab, signal: AbortSignal, from = checkout): StartLoads {
  return async (loads) => {
    signal.throwIfAborted();
    const own = ownProgram(from, "comparison/scenarios/traffic/client.ts", [
      JSON.stringify(loads),
      vpc.resolver,
    ]);
    const { command, args } = inside(lab, "client", [own.program, ...own.args]);
    const child = spawn(command, args, { stdio: ["pipe", "pipe", "pipe"] });
    // It ends with its input: also if this process does.
    const stop = (): void => void child.stdin.end();
    signal.addEventListener("abort", stop);

    const samples: Sample[] = [];
    let complaint = "";
    child.stdin.on("error", () => undefined);
    child.stderr.setEncoding("utf8").on("data", (text: string) => (complaint += text));
    const ended = new Promise<readonly Sample[]>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (code) => {
        signal.removeEventListener("abort", stop);
        if (code === 0) resolve(samples);
        else
          reject(new Error(`the client ended with ${code ?? "a signal"}: ${complaint.trim().slice(-500)}`));
      });
    });
    // Whoever waits for it hears of it; until then it is no unhandled rejection.
    ended.catch(() => undefined);
    await new Promise<void>((resolve, reject) => {
      const late = setTimeout(() => {
        stop();
        reject(new Error(`the client did not start within ${startTimeout / 1000} s`));
      }, startTimeout);
      createInterface({ input: child.stdout }).on("line", (line) => {
        const said = JSON.parse(line) as Sample | { readonly ready: true };
        if (!("ready" in said)) samples.push(said);
        else {
          clearTimeout(late);
          resolve();
        }
      });
      ended.catch(reject);
    });
    return {
      samples,
      ended,
      stop: () => {
        stop();
        return ended;
      },
    } satisfies RunningLoads;
  };
}
