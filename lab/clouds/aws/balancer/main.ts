/**
 * The Network Load Balancers' data plane: one process in the router's network namespace.
 *
 *     node loading/run.mjs lab/clouds/aws/balancer/main.ts --endpoint http://127.0.0.1:4566 --state .lab/state/nlb.json --time-scale 30
 */
import { parseArgs } from "node:util";
import { internet, nodeNetwork } from "../../../layout.ts";
import { awsEndpoint } from "../layout.ts";
import { setTimeouts } from "./conntrack.ts";
import { DataPlane } from "./dataPlane.ts";
import { KernelError } from "./kernel.ts";
import { Programmer } from "./programmer.ts";
import { SideChannel } from "./sideChannel.ts";
import { Proxy } from "./proxy/envoy.ts";
import { readState } from "./state.ts";

const { values } = parseArgs({
  options: {
    /** The AWS API's URL. */
    endpoint: { type: "string", default: awsEndpoint },
    /** The file that keeps the addresses. */
    state: { type: "string" },
    /** Envoy's executable, which ends TLS and adds proxy protocol headers. */
    proxy: { type: "string" },
    /** How many times faster than AWS's the clocks run: registration, health checks, idle time-outs. 1 is real time. */
    "time-scale": { type: "string", default: "30" },
    /** Seconds from registration to a target's first check, before scaling. */
    "registration-seconds": { type: "string", default: "180" },
  },
});

const log = (line: string): void => {
  console.log(`${new Date().toISOString()} ${line}`);
};

function positive(flag: "time-scale" | "registration-seconds"): number {
  const value = Number(values[flag]);
  if (Number.isFinite(value) && value > 0) return value;
  throw new Error(
    `--${flag} is ${values[flag]}; it must be a number greater than 0, for example --${flag} ${flag === "time-scale" ? "30" : "180"}`,
  );
}

async function main(): Promise<void> {
  if (values.state === undefined)
    throw new Error(
      "--state is missing: give the file that keeps the addresses, for example --state .lab/state/nlb.json",
    );
  const clocks = { scale: positive("time-scale"), registrationSeconds: positive("registration-seconds") };
  const { loadBalancers: allocations } = readState(values.state);
  try {
    setTimeouts(clocks);
  } catch (error) {
    throw new KernelError(
      `may not set the time-outs of connection tracking: run inside the lab's network namespace (npm run lab -- up), or as root: ${String(error)}`,
    );
  }
  const stop = new AbortController();
  process.once("SIGTERM", () => {
    stop.abort();
  });
  process.once("SIGINT", () => {
    stop.abort();
  });
  log(`data plane: AWS API at ${values.endpoint}, clocks ${clocks.scale} times as fast as AWS's`);
  await new DataPlane({
    sideChannel: new SideChannel(values.endpoint),
    programmer: new Programmer(
      [nodeNetwork.cidr],
      clocks,
      allocations.flatMap(({ addresses }) => addresses.map(({ privateAddress }) => privateAddress)),
    ),
    clocks,
    stateFile: values.state,
    publicCidr: internet.loadBalancerCidr,
    allocations,
    log,
    ...(values.proxy === undefined
      ? {}
      : { proxy: new Proxy({ program: values.proxy, directory: `${values.state}.proxy`, clocks, log }) }),
  }).run(stop.signal);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? `data plane: ${error.message}` : error);
  process.exitCode = 1;
  process.exit();
});
