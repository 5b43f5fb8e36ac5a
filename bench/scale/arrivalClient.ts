/**
 * The client's part in measuring when a new pod takes traffic: asks load balancers in turns, each until the new pod has answered through it, and prints
 * when that was. Usage: arrivalClient.ts QUESTION, as JSON
 */
import { get } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

export interface Question {
  /** Of load balancers. */
  readonly addresses: readonly string[];
  /** Names of pods that were there before. */
  readonly known: readonly string[];
  readonly patienceSeconds: number;
}

/** Requests a second over all addresses, each on a connection of its own: enough to see milliseconds, few enough to leave the machine to what is measured. */
const perSecond = 500;
const atOnce = 10;

const question = JSON.parse(process.argv[2] ?? "") as Question;
const arrivals: number[] = [];
const waiting = [...question.addresses];
const end = Date.now() + question.patienceSeconds * 1000;
console.log("asking");
await Promise.all(Array.from({ length: atOnce }, ask));
console.log(JSON.stringify(arrivals));

async function ask(): Promise<void> {
  for (let address = waiting.shift(); address !== undefined; address = waiting.shift()) {
    const began = Date.now();
    if (began > end)
      throw new Error(`${waiting.length + 1} load balancers have not led to a new pod in time`);
    const name = await hostname(address);
    if (name !== undefined && !question.known.includes(name)) arrivals.push(Date.now());
    else waiting.push(address);
    await sleep(Math.max(0, began + (1000 * atOnce) / perSecond - Date.now()));
  }
}

/** Undefined if there was no answer. */
function hostname(host: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const request = get({ host, path: "/hostname", agent: false, timeout: 1000 }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (part: string) => (text += part));
      response.on("end", () => resolve(text.trim()));
      response.on("error", () => resolve(undefined));
    });
    request.on("error", () => resolve(undefined));
    request.on("timeout", () => request.destroy());
  });
}
