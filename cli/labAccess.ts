/** What only the lab gives of a cluster: the DNS of its client, and its nodes. */
import type { Sources } from "../comparison/sources/exposure.ts";
import { labStatus } from "../lab/lab.ts";
import { readLabSettings } from "../lab/settings.ts";
import { checkout } from "./devLab.ts";
import { labClient } from "./labClient.ts";
import { isLabServer } from "./labServer.ts";
import { nodeRulesOf } from "./nodeRules.ts";

export type LabAccess = Required<Pick<Sources, "resolve4" | "nodeRules">>;

/** @param server the API server that is asked @returns undefined if it is not that of the running lab */
export function labAccess(server: string | undefined, signal: AbortSignal): LabAccess | undefined {
  const settings = readLabSettings(checkout);
  if (!isLabServer(server, settings.ports.kubernetes)) return undefined;
  const { running } = labStatus(settings.directory);
  if (running === undefined) return undefined;
  return {
    resolve4: labClient(checkout, running, signal).resolve4,
    nodeRules: nodeRulesOf(running, signal),
  };
}
