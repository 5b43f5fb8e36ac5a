/** Which of a load balancer's zones its name leads to. */
import type { Testbed } from "./testbed.ts";

/** @returns how many of its zones have no address in DNS now */
export async function zonesOutOfDns(
  { cloud, resolve }: Pick<Testbed, "cloud" | "resolve">,
  address: string,
): Promise<number> {
  const [zones, addresses] = await Promise.all([cloud.zones(address), resolve(address)]);
  if (zones.length === 0) throw new Error(`${address}: the API lists no zone`);
  return zones.length - addresses.length;
}
