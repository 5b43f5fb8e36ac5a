/** The address that a load balancer has in one zone. */
import { join } from "node:path";
import { labFiles } from "../lab/files.ts";
import type { NodeLayout } from "../lab/layout.ts";
import { readState } from "../lab/clouds/aws/balancer/state.ts";
import { zoneOf } from "../lab/clouds/aws/layout.ts";

/** @throws if the data plane has no such load balancer */
export function zoneAddress(labDirectory: string, dnsName: string, node: NodeLayout): string {
  const zone = zoneOf(node);
  const { loadBalancers } = readState(join(labFiles(labDirectory).state, "nlb.json"));
  const address = loadBalancers
    .find((balancer) => balancer.dnsName === dnsName)
    ?.addresses.find((candidate) => candidate.zone === zone)?.address;
  if (address === undefined) throw new Error(`the load balancer ${dnsName} has no address in ${zone}`);
  return address;
}
