/** The lab's client, outside the VPC: only there can load balancers' names be looked up, and load balancers and nodes be sent requests. */
import type { Resolve4 } from "../comparison/sources/dns.ts";
import type { NodePortAnswer, NodePortTarget } from "../comparison/probes/probes.ts";
import type { Sample } from "../comparison/traffic/load.ts";
import { requestsTo } from "../comparison/traffic/requests.ts";
import { inside } from "../lab/lab.ts";
import type { Lab } from "../lab/lab.ts";
import { nodeNetwork } from "../lab/layout.ts";
import { ownProgram } from "../lab/program.ts";
import { run } from "../lab/tools/command.ts";
import { clientProgram } from "./verify/clientProgram.ts";
import { trafficClient } from "./verify/trafficClient.ts";

export interface LabClient {
  readonly resolve4: Resolve4;
  readonly requests: (url: string) => Promise<readonly Sample[]>;
  readonly nodePorts: (targets: readonly NodePortTarget[]) => Promise<readonly NodePortAnswer[]>;
}

type LookUp = { readonly addresses: readonly string[] } | { readonly code: string };

export function labClient(checkout: string, lab: Lab, signal: AbortSignal): LabClient {
  const runThere = async (program: string, args: readonly string[]): Promise<unknown> => {
    const own = ownProgram(checkout, program, args);
    const { command, args: words } = inside(lab, "client", [own.program, ...own.args]);
    return JSON.parse(await run(command, words, { signal }));
  };
  const traffic = trafficClient(() => clientProgram(lab, checkout), signal);
  return {
    resolve4: async (name) => {
      const found = (await runThere("comparison/sources/resolve.ts", [name, nodeNetwork.resolver])) as LookUp;
      if ("addresses" in found) return found.addresses;
      throw Object.assign(new Error(`${name}: ${found.code}`), { code: found.code });
    },
    requests: async (url) => (await traffic.startLoads([requestsTo(url)])).ended,
    nodePorts: async (targets) =>
      (await runThere("comparison/probes/client.ts", [JSON.stringify(targets)])) as NodePortAnswer[],
  };
}
