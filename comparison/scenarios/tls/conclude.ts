/** What clients have to be served by a listener that ends TLS, and what pods have to see. */
import type { BySide } from "../../result/bySide.ts";
import type { Outcome } from "../outcome.ts";
import { asDocumented, bySideAsDocumented } from "../scenario.ts";
import type { Conditions, Expected, Finding, Value } from "../scenario.ts";
import { bySide } from "../sides.ts";
import type { TlsVersions } from "../testbed/variants.ts";

/** The listeners that are asked, by what they accept, with the variants of the testbed that have them. */
export const stages = {
  "1.2 and 1.3": "local",
  "before 1.3": "localMasqueraded",
} as const satisfies Readonly<Record<TlsVersions, string>>;

/** Clients, by the host that they ask for. */
export const hosts = ["the first host", "the other host", "an unknown host", "no host"] as const;
export type Host = (typeof hosts)[number];

/** Several values are joined: then the zones do not agree. */
export interface Told {
  /** The certificate, by the host that the client asks for. */
  readonly served: Readonly<Record<Host, string>>;
  readonly protocol: string;
  /** The version of TLS with a client that has all of them. */
  readonly newest: string;
  /** The same with one that has none later than 1.1. */
  readonly old: string;
  /** Whose address pods see: see `addressOwner`. */
  readonly seen: string;
}

export type Measured = Readonly<Record<TlsVersions, BySide<Outcome<Told>>>>;

export function conclude(measured: Measured, { expectations: { tls } }: Conditions): Finding[] {
  const modern = measured["1.2 and 1.3"];
  const find = (title: string, of: (told: Told) => Value, expected: Expected, found = modern): Finding => ({
    title,
    unit: "",
    ...bySide(found, of),
    expected,
  });
  return [
    ...hosts.map((host) =>
      find(
        `a client that asks for ${host} is served`,
        ({ served }) => served[host],
        host === "the other host" ? bySideAsDocumented(tls.ownHost) : asDocumented(tls.otherHosts),
      ),
    ),
    find(
      "protocol by ALPN of a client that offers HTTP/2 and HTTP/1.1",
      ({ protocol }) => protocol,
      bySideAsDocumented(tls.protocol),
    ),
    ...(Object.keys(stages) as TlsVersions[]).flatMap((versions) => [
      find(
        `versions ${versions}: a client with all versions gets`,
        ({ newest }) => newest,
        asDocumented(tls.newest[versions]),
        measured[versions],
      ),
      find(
        `versions ${versions}: a client with 1.1 at most gets`,
        ({ old }) => old,
        asDocumented(tls.old[versions]),
        measured[versions],
      ),
    ]),
    {
      ...find("Local, address kept: pods see", ({ seen }) => seen, asDocumented(tls.kept)),
      headline: true,
    },
    find("Local, not kept: pods see", ({ seen }) => seen, asDocumented(tls.hidden), measured["before 1.3"]),
  ];
}
