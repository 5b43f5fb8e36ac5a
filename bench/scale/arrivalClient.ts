/**
 * The client that measures when a new pod takes traffic. It sends requests to load balancers in turns, to each until the new pod has answered through it, and
 * prints when that was. Usage: arrivalClient.ts QUESTION, as JSON
 */
import { get } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

export interface Question {
  /** Of the load balancers. */
  readonly addresses: readonly string[];
  /** Names of the pods that existed before. */
  readonly known: readonly string[];
  readonly patienceSeconds: number;
}

/** Requests per second over all addresses, each on a new connection: enough to resolve milliseconds, few enough to leave the machine to what is measured. */
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
      throw new Error(
        `the new pod has not answered through ${waiting.length + 1} load balancers within ${question.patienceSeconds} s`,
      );
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
