/** Kubeconfigs: an identity and the API server's address. Certificates are embedded, so that the file works wherever it is copied. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { clusterName } from "../layout.ts";

/**
 * @param certificates directory of certificates.ts
 * @param identity name of the certificate to present
 * @param server the API server's URL for the user of the file
 */
export function kubeconfig(certificates: string, identity: string, server: string): string {
  const encoded = (file: string): string => readFileSync(join(certificates, file)).toString("base64");
  const context = `nodeport-vs-loadbalancer-${clusterName}`;
  return stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: context, cluster: { server, "certificate-authority-data": encoded("ca.crt") } }],
    users: [
      {
        name: identity,
        user: {
          "client-certificate-data": encoded(`${identity}.crt`),
          "client-key-data": encoded(`${identity}.key`),
        },
      },
    ],
    contexts: [{ name: context, context: { cluster: context, user: identity } }],
    "current-context": context,
  });
}
