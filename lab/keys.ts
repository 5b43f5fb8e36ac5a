/** Keys for certificates, and keys as text. */
import { webcrypto } from "node:crypto";

export const keyAlgorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;

export const newKeys = (): Promise<webcrypto.CryptoKeyPair> =>
  webcrypto.subtle.generateKey(keyAlgorithm, true, ["sign", "verify"]);

/** @param format of private keys `pkcs8`, of public keys `spki` */
export async function keyText(format: "pkcs8" | "spki", key: webcrypto.CryptoKey): Promise<string> {
  const label = format === "pkcs8" ? "PRIVATE KEY" : "PUBLIC KEY";
  const bytes = Buffer.from(await webcrypto.subtle.exportKey(format, key));
  const lines = bytes.toString("base64").match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""].join("\n");
}
