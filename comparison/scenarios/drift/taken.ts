/** What somebody can delete from a load balancer without its owner's knowledge. */
import { covers } from "../../../components/core/sourceRanges.ts";
import type { Target, Testbed } from "../testbed/testbed.ts";

/** Deletes it. @returns whether it, or its like, is there again */
export type Take = (testbed: Testbed, target: Target) => Promise<() => Promise<boolean>>;

export const takeListener: Take = async ({ cloud }, { way, address }) => {
  const before = await cloud.listeningPorts(address);
  const [port] = before;
  if (port === undefined) throw new Error(`${way}: there is no listener to take away`);
  await cloud.deleteListener(address, port);
  return async () => (await cloud.listeningPorts(address)).length === before.length;
};

export const takeMember: Take = async ({ cloud }, { way, address }) => {
  const [taken] = await cloud.members(address);
  if (taken === undefined) throw new Error(`${way}: there is no target to take away`);
  await cloud.takeOut(taken);
  return async () =>
    (await cloud.members(address)).some(
      ({ machine, state }) => machine === taken.machine && state !== "draining",
    );
};

/**
 * The firewall entry that lets the testbed's client in: at the load balancer, if it has a firewall of its own, or else at the nodes. If none does, the one that lets the
 * load balancer in to the nodes.
 */
export const takeOpening: Take = async ({ cloud, clientAddress }, { way, address, nodePorts }) => {
  const [nodePort = 0] = Object.values(nodePorts);
  const find = async (from: string) =>
    [...(await cloud.balancerOpenings(address)), ...(await cloud.openings(nodePort))].find(
      ({ source }) => source !== undefined && covers([source], `${from}/32`),
    );
  for (const from of [clientAddress, ...(await cloud.zones(address)).map((zone) => zone.sourceAddress)]) {
    const opening = await find(from);
    if (opening === undefined) continue;
    await cloud.close(opening);
    return async () => (await find(from)) !== undefined;
  }
  throw new Error(`${way}: no rule lets the client in`);
};
