/** The certificate that agnhost serves TLS with: upstream's image has one for the loopback addresses, with its key, that no client checks. */
import "reflect-metadata";
import { webcrypto } from "node:crypto";
import { SubjectAlternativeNameExtension, X509CertificateGenerator, cryptoProvider } from "@peculiar/x509";
import { keyAlgorithm, keyText, newKeys } from "../keys.ts";

cryptoProvider.set(webcrypto);

export interface ServerCertificate {
  /** PEM, as the key. */
  readonly certificate: string;
  readonly key: string;
}

const addresses = ["127.0.0.1", "::1"];

/** An image is kept for as long as its programs stay the same: the certificate must not expire first. */
const validity = { notBefore: new Date("2020-01-01T00:00:00Z"), notAfter: new Date("2099-12-31T00:00:00Z") };

/** A new one, with a key of its own. */
export async function localhostCertificate(): Promise<ServerCertificate> {
  const keys = await newKeys();
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: "CN=localhost",
    keys,
    signingAlgorithm: keyAlgorithm,
    ...validity,
    extensions: [new SubjectAlternativeNameExtension(addresses.map((value) => ({ type: "ip", value })))],
  });
  return { certificate: `${certificate.toString("pem")}\n`, key: await keyText("pkcs8", keys.privateKey) };
}
