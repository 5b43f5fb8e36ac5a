/** The addresses of a load balancer's name. */
import { isIP } from "node:net";
import type { NameFacts } from "../model/exposure.ts";
import { byText } from "./order.ts";
import { PlainReason } from "./reasons/plainReason.ts";

/** As `resolve4` of node:dns/promises. */
export type Resolve4 = (name: string) => Promise<readonly string[]>;

/** Error codes of DNS that are answers. https://nodejs.org/docs/latest-v20.x/api/dns.html#error-codes */
const noSuchName = ["ENOTFOUND", "ENODATA"];

/** @param name one that is an address already needs no DNS: some clouds' load balancers have no name */
export async function readName(resolve4: Resolve4, name: string): Promise<NameFacts> {
  if (isIP(name) !== 0) return { name, addresses: [name] };
  try {
    return { name, addresses: byText(await resolve4(name)) };
  } catch (error) {
    if (!noSuchName.includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
    throw new PlainReason(
      `DNS has no IPv4 address for ${name}; a new load balancer's name takes a few minutes, a deleted one's is gone`,
    );
  }
}
