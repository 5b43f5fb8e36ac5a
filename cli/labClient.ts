/** What only the lab's client, outside the VPC, can do: look up the load balancers' names, send them requests, ask nodes directly. */
import type { Resolve4 } from "../comparison/sources/dns.ts";
import type { NodePortAnswer, NodePortTarget } from "../comparison/probes/probes.ts";
import type { Outcome } from "../comparison/traffic/requests.ts";
import { inside } from "../lab/lab.ts";
import type { Lab } from "../lab/lab.ts";
import { vpc } from "../lab/layout.ts";
import { ownProgram } from "../lab/program.ts";
import { run } from "../lab/tools/command.ts";

export interface LabClient {
  readonly resolve4: Resolve4;
  readonly requests: (url: string) => Promise<readonly Outcome[]>;
  readonly nodePorts: (targets: readonly NodePortTarget[]) => Promise<readonly NodePortAnswer[]>;
}

type Looked = { readonly addresses: readonly string[] } | { readonly code: string };

export function labClient(checkout: string, lab: Lab, signal: AbortSignal): LabClient {
  const there = async (program: string, args: readonly string[]): Promise<unknown> => {
    const own = ownProgram(checkout, program, args);
    const { command, args: words } = inside(lab, "client", [own.program, ...own.args]);
    return JSON.parse(await run(command, words, { signal }));
  };
  return {
    resolve4: async (name) => {
      const looked = (await there("comparison/sources/resolve.ts", [name, vpc.resolver])) as Looked;
      if ("addresses" in looked) return looked.addresses;
      throw Object.assign(new Error(`${name}: ${looked.code}`), { code: looked.code });
    },
    requests: async (url) => (await there("comparison/traffic/client.ts", [url, vpc.resolver])) as Outcome[],
    nodePorts: async (targets) =>
      (await there("comparison/probes/client.ts", [JSON.stringify(targets)])) as NodePortAnswer[],
  };
}
