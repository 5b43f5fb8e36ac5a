/** Certificates for tests, and their import into the emulated AWS Certificate Manager. */
import { region } from "../../../../lab/clouds/aws/layout.ts";
import { selfSigned } from "../../../../lab/selfSigned.ts";
import type { ServerCertificate } from "../../../../lab/selfSigned.ts";

/** A certificate that signs itself. @param names hosts; the first one is the common name */
export const certificateFor = (...names: readonly string[]): Promise<ServerCertificate> =>
  selfSigned(
    names[0] ?? "",
    names.map((value) => ({ type: "dns", value })),
  );

/** The SDK's client for it is no dependency of the project. @returns the certificate's ARN */
export async function importCertificate(
  endpoint: string,
  { certificate, key }: ServerCertificate,
): Promise<string> {
  const body = { Certificate: btoa(certificate), PrivateKey: btoa(key) };
  const { CertificateArn = "" } = await certificateManager(endpoint, "ImportCertificate", body);
  return CertificateArn;
}

export async function deleteCertificate(endpoint: string, arn: string): Promise<void> {
  await certificateManager(endpoint, "DeleteCertificate", { CertificateArn: arn });
}

async function certificateManager(
  endpoint: string,
  action: string,
  body: object,
): Promise<{ readonly CertificateArn?: string }> {
  const scope = `test/20260101/${region}/acm/aws4_request`;
  const answer = await fetch(endpoint, {
    method: "POST",
    headers: {
      Authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
      "Content-Type": "application/x-amz-json-1.1",
      "X-Amz-Target": `CertificateManager.${action}`,
    },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${action}: ${answer.status} ${text}`);
  return text === "" ? {} : (JSON.parse(text) as { readonly CertificateArn?: string });
}
