/**
 * Run inside the test bed, outside the VPC: takes a line of JSON, does as it says and answers with one.
 *
 *     {"ask": {protocol, address, port, count, timeoutMs}}   new flows, ten at a time
 *     {"open": {protocol, address, port}}                    a flow that stays, and its first answer
 *     {"again": timeoutMs}                                   one more request on that flow
 */
import { createSocket } from "node:dgram";
import { connect } from "node:net";
import { createInterface } from "node:readline";

interface Goal {
  readonly protocol: "tcp" | "udp";
  readonly address: string;
  readonly port: number;
}

/** Sends one request, resolves with the answer. */
interface Flow {
  readonly request: (timeoutMs: number) => Promise<object>;
  readonly close: () => void;
}

function openTcp({ address, port }: Goal): Flow {
  const socket = connect(port, address);
  let settle: (answer: object) => void = () => undefined;
  let failure: object | undefined;
  socket.on("data", (data) => settle(JSON.parse(data.toString()) as object));
  socket.on("error", (error: NodeJS.ErrnoException) => settle((failure = { error: error.code })));
  socket.on("close", () => settle((failure ??= { error: "closed" })));
  return {
    request: (timeoutMs) =>
      within(timeoutMs, (resolve) => {
        settle = resolve;
        if (failure) resolve(failure);
        else socket.write("hello\n");
      }),
    close: () => socket.destroy(),
  };
}

function openUdp({ address, port }: Goal): Flow {
  const socket = createSocket("udp4");
  return {
    request: (timeoutMs) =>
      within(timeoutMs, (resolve) => {
        socket.once("message", (data) => resolve(JSON.parse(data.toString()) as object));
        socket.once("error", (error: NodeJS.ErrnoException) => resolve({ error: error.code }));
        socket.send("hello", port, address);
      }),
    close: () => socket.close(),
  };
}

const open = (goal: Goal): Flow => (goal.protocol === "tcp" ? openTcp(goal) : openUdp(goal));

function within(timeoutMs: number, start: (resolve: (answer: object) => void) => void): Promise<object> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve({ error: "timeout" }), timeoutMs);
    start((answer) => {
      clearTimeout(timer);
      resolve(answer);
    });
  });
}

let kept: Flow | undefined;

async function answer(line: string): Promise<unknown> {
  const {
    ask,
    open: goal,
    again,
  } = JSON.parse(line) as {
    ask?: Goal & { count: number; timeoutMs: number };
    open?: Goal;
    again?: number;
  };
  if (goal) {
    kept?.close();
    kept = open(goal);
    return kept.request(1000);
  }
  if (again !== undefined) return kept?.request(again);
  const answers: object[] = [];
  let left = ask?.count ?? 0;
  await Promise.all(
    Array.from({ length: 10 }, async () => {
      while (ask && left-- > 0) {
        const flow = open(ask);
        answers.push(await flow.request(ask.timeoutMs));
        flow.close();
      }
    }),
  );
  return answers;
}

for await (const line of createInterface({ input: process.stdin }))
  console.log(JSON.stringify(await answer(line)));
