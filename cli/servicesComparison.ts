/** The comparison of any two Services of a cluster, whoever deployed them. */
import { promises as dns } from "node:dns";
import { conclude } from "../comparison/conclude.ts";
import { nothingAsked } from "../comparison/probes/probes.ts";
import type { Comparison } from "../comparison/result/comparison.ts";
import { collect } from "../comparison/sources/collect.ts";
import { loadKubeconfig } from "../comparison/sources/kubernetes/kubeconfig.ts";
import { kubernetesReader } from "../comparison/sources/kubernetes/reader.ts";
import type { ServiceRef } from "../comparison/sources/kubernetes/reader.ts";
import { defaultClients } from "./awsClients.ts";
import type { Starting } from "./devLab.ts";
import { UsageError } from "./command.ts";

/** Namespace and name of a Service, as they stand on the command line. */
export function parseService(text: string): ServiceRef {
  const [namespace, name, ...rest] = text.split("/");
  if (namespace === undefined || name === undefined || namespace === "" || name === "" || rest.length > 0) {
    throw new UsageError(
      `--service "${text}" is not allowed; allowed is NAMESPACE/NAME, such as default/web`,
    );
  }
  return { namespace, name };
}

/** The kubeconfig is the one that kubectl would take; region and credentials of AWS are those of the SDK's default chain. */
export async function compareServices(
  left: ServiceRef,
  right: ServiceRef,
  { progress }: Starting,
): Promise<Comparison> {
  const sources = {
    ...defaultClients(),
    kubernetes: kubernetesReader(() => loadKubeconfig()),
    // Who imitates the AWS API does not write into the public DNS.
    ...(process.env.AWS_ENDPOINT_URL === undefined ? { resolve4: (name: string) => dns.resolve4(name) } : {}),
  };
  const facts = await progress.step("what is there of both", () => collect({ left, right }, sources));
  const reason = "two Services by name are compared by what is there, and nothing is asked of them";
  const noRequests = { kind: "unavailable", reason } as const;
  return conclude({
    facts,
    probes: nothingAsked(reason),
    traffic: { left: noRequests, right: noRequests },
    limits: [
      "No requests were sent: only what is there was compared.",
      "Who declared what is not known without a program's state.",
    ],
    made: new Date(),
  });
}
