/** The addresses of a load balancer's name. */
import { isIP } from "node:net";
import type { NameFacts } from "../model/exposure.ts";
import { byText } from "./order.ts";
import { PlainReason } from "./reasons/plainReason.ts";

/** As `resolve4` of node:dns/promises. */
export type Resolve4 = (name: string) => Promise<readonly string[]>;

/** DNS error codes that count as answers. https://nodejs.org/docs/latest-v20.x/api/dns.html#error-codes */
const noSuchName = ["ENOTFOUND", "ENODATA"];

/** @param name a host name; an address needs no DNS, and some clouds' load balancers have only an address */
export async function readName(resolve4: Resolve4, name: string): Promise<NameFacts> {
  if (isIP(name) !== 0) return { name, addresses: [name] };
  try {
    return { name, addresses: byText(await resolve4(name)) };
  } catch (error) {
    if (!noSuchName.includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
    throw new PlainReason(
      `DNS has no IPv4 address for ${name}; the name of a new load balancer appears after a few minutes, and the name of a deleted one is removed`,
    );
  }
}
