/** Certificates that sign themselves, which no client has to trust. */
import "reflect-metadata";
import { webcrypto } from "node:crypto";
import { SubjectAlternativeNameExtension, X509CertificateGenerator, cryptoProvider } from "@peculiar/x509";
import { keyAlgorithm, keyText, newKeys } from "./keys.ts";

cryptoProvider.set(webcrypto);

export interface ServerCertificate {
  /** PEM, as the key. */
  readonly certificate: string;
  readonly key: string;
}

/** Nothing that holds one may outlive it. */
const validity = { notBefore: new Date("2020-01-01T00:00:00Z"), notAfter: new Date("2099-12-31T00:00:00Z") };

/**
 * A new one, with a key of its own.
 *
 * @param name its common name
 * @param alternatives what clients may ask for
 */
export async function selfSigned(
  name: string,
  alternatives: readonly { readonly type: "dns" | "ip"; readonly value: string }[],
): Promise<ServerCertificate> {
  const keys = await newKeys();
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: `CN=${name}`,
    keys,
    signingAlgorithm: keyAlgorithm,
    ...validity,
    extensions: [new SubjectAlternativeNameExtension([...alternatives])],
  });
  return { certificate: `${certificate.toString("pem")}\n`, key: await keyText("pkcs8", keys.privateKey) };
}
