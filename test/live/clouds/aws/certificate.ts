/** Certificates for tests. */
import { selfSigned } from "../../../../lab/selfSigned.ts";
import type { ServerCertificate } from "../../../../lab/selfSigned.ts";

/** A certificate that signs itself. @param names hosts; the first one is the common name */
export const certificateFor = (...names: readonly string[]): Promise<ServerCertificate> =>
  selfSigned(
    names[0] ?? "",
    names.map((value) => ({ type: "dns", value })),
  );
