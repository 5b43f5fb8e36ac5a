/** The certificate that agnhost serves TLS with: upstream's image has one for the loopback addresses, with its key, that no client checks. */
import { selfSigned } from "../selfSigned.ts";
import type { ServerCertificate } from "../selfSigned.ts";

export type { ServerCertificate };

const addresses = ["127.0.0.1", "::1"];

/** A new one, with a key of its own. */
export const localhostCertificate = (): Promise<ServerCertificate> =>
  selfSigned(
    "localhost",
    addresses.map((value) => ({ type: "ip", value })),
  );
