/** What somebody can take away from a load balancer behind its owner's back. */
import { covers } from "../../../components/core/sourceRanges.ts";
import type { Testbed, Target } from "../testbed/testbed.ts";

/** Takes it away. @returns whether it, or its like, is there again */
export type Take = (testbed: Testbed, target: Target) => Promise<() => Promise<boolean>>;

export const takeListener: Take = async ({ account }, { way, hostname }) => {
  const before = await account.listeners(hostname);
  const arn = before[0]?.ListenerArn;
  if (arn === undefined) throw new Error(`${way}: there is no listener to take away`);
  await account.deleteListener(arn);
  return async () => (await account.listeners(hostname)).length === before.length;
};

export const takeTarget: Take = async ({ account }, { way, hostname }) => {
  const [taken] = await account.targets(hostname);
  if (taken === undefined) throw new Error(`${way}: there is no target to take away`);
  await account.deregister(taken.targetGroupArn, taken.id);
  return async () =>
    (await account.targets(hostname)).some(({ id, state }) => id === taken.id && state !== "draining");
};

/** The rule that lets the testbed's client reach the node port. */
export const takeRule: Take = async ({ account, clientAddress }, { way, nodePorts }) => {
  const [nodePort = 0] = Object.values(nodePorts);
  const find = async () =>
    (await account.rulesFor(nodePort)).find(({ CidrIpv4 = "" }) => covers([CidrIpv4], `${clientAddress}/32`));
  const rule = await find();
  if (rule === undefined) throw new Error(`${way}: no rule lets the client reach port ${nodePort}`);
  await account.revoke(rule);
  return async () => (await find()) !== undefined;
};
