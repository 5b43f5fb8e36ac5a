/** Server certificates in the emulated AWS Certificate Manager. The SDK's client for it is no dependency of the project. */
import type { ServerCertificate } from "../../selfSigned.ts";
import { region } from "./layout.ts";

/** https://docs.aws.amazon.com/acm/latest/APIReference/API_ImportCertificate.html @returns the certificate's ARN */
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
      // The emulator takes any signature, and finds the service by the scope.
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
