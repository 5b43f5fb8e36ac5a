/** Which of a load balancer's zones its name leads to. */
import type { Testbed } from "./testbed.ts";

/** @returns how many of its zones have no address in DNS now */
export async function zonesOutOfDns(
  testbed: Pick<Testbed, "account" | "resolve">,
  hostname: string,
): Promise<number> {
  const [{ AvailabilityZones = [] }, addresses] = await Promise.all([
    testbed.account.loadBalancer(hostname),
    testbed.resolve(hostname),
  ]);
  if (AvailabilityZones.length === 0) throw new Error(`${hostname}: the API lists no zone`);
  return AvailabilityZones.length - addresses.length;
}
