/** Starts the control plane: etcd, the API server, then its clients. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { ensureCertificates, identities } from "../cluster/certificates.ts";
import type { Identity } from "../cluster/certificates.ts";
import { apiServer, apiServerUrl, controllerManager, etcd, scheduler } from "../cluster/controlPlane.ts";
import { clusterDnsIdentity, corefile } from "../cluster/clusterDns.ts";
import { kubeconfig } from "../cluster/kubeconfig.ts";
import { apiServerIsReady } from "../cluster/kubectl.ts";
import type { ClusterPlaces } from "../cluster/places.ts";
import { writeWhole } from "../files.ts";
import type { LabPlan } from "../plan.ts";
import { until } from "../until.ts";
import type { Supervisor } from "./supervisor.ts";

/** Generous: a two-core machine that is busy with a build needs much of it. */
const apiServerTimeoutMs = 90_000;

/**
 * Writes the certificates, and a kubeconfig for every client among them.
 * @param others identities besides the cluster's own
 */
export async function writeCredentials(cluster: ClusterPlaces, others: readonly Identity[]): Promise<void> {
  mkdirSync(cluster.certificates, { recursive: true });
  await ensureCertificates(cluster.certificates, new Date(), others);
  for (const { file, serves } of [...identities, ...others]) {
    if (serves === undefined)
      writeWhole(
        join(cluster.kubeconfigs, file),
        kubeconfig(cluster.certificates, file, apiServerUrl),
        0o600,
      );
  }
  writeWhole(
    join(cluster.kubeconfigs, "Corefile"),
    corefile(join(cluster.kubeconfigs, clusterDnsIdentity.file)),
  );
}

/** Resolves once the API server is ready to serve. */
export async function startApiServer(
  cluster: ClusterPlaces,
  { apiServerFlags }: Pick<LabPlan, "apiServerFlags">,
  supervisor: Supervisor,
): Promise<void> {
  supervisor.start("etcd", etcd(cluster));
  supervisor.start("kube-apiserver", apiServer(cluster, apiServerFlags));
  const isReady = (): ReturnType<typeof apiServerIsReady> => {
    for (const name of ["etcd", "kube-apiserver"]) supervisor.process(name).throwIfFailing();
    return apiServerIsReady(cluster.certificates);
  };
  await until("the API server", isReady, apiServerTimeoutMs);
}

export function startControllers(cluster: ClusterPlaces, supervisor: Supervisor): void {
  supervisor.start("kube-controller-manager", controllerManager(cluster));
  supervisor.start("kube-scheduler", scheduler(cluster));
}
