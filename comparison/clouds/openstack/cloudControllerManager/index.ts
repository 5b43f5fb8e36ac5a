/** The OpenStack cloud controller manager, kubernetes/cloud-provider-openstack v1.35.0. */
import { refusedInWords } from "../../cloud.ts";
import type { Controller } from "../../cloud.ts";
import type { ClusterFacts } from "../../../model/cluster.ts";
import type { ServiceFacts } from "../../../model/service.ts";
import type { OpenStackClusterFacts } from "../model.ts";
import { looksMeant } from "./annotations.ts";
import { catalogue } from "./catalogue.ts";
import { lifeCycle } from "./lifeCycle.ts";
import { memberNodes } from "./nodes.ts";
import { notes } from "./notes.ts";
import { whyNotModelled } from "./notModelled.ts";
import { claims, predict, whyNotItsOwn } from "./predict.ts";
import { refusals } from "./refusals.ts";
import { isSetOnce } from "./setOnce.ts";
import { cleanupFinalizer } from "../../serviceController.ts";
import { withoutEffect } from "./withoutEffect.ts";

const settingsOn = (cluster: ClusterFacts | undefined) =>
  (cluster as OpenStackClusterFacts | undefined)?.controllerSettings;

export const cloudControllerManager: Controller = {
  // Manifests are not judged for it yet.
  name: undefined,
  title: "the OpenStack cloud controller manager",
  owner: "cloud controller",
  finalizer: cleanupFinalizer,
  looksMeant,
  variants: () => [],
  claims,
  predict: (service, cluster) => predict(service, cluster as OpenStackClusterFacts),
  whyNone: (service, cluster) => whyNone(service, cluster),
  withoutEffect: (service, cluster) => withoutEffect(service, settingsOn(cluster)),
  notes: (service, cluster) => notes(service, settingsOn(cluster)),
  memberNodes,
  isSetOnce,
  // The load balancer's name is in the name of the security group by its parts: lb-sg-UID-NAMESPACE-NAME.
  isFor: ({ identity: { name } }, loadBalancer) => name === loadBalancer,
  isForAnother: () => false,
  isLeftBehind: () => false,
  catalogue,
  lifeCycle,
};

function whyNone(service: ServiceFacts, cluster: ClusterFacts | undefined): string | undefined {
  const openstackCluster = cluster as OpenStackClusterFacts | undefined;
  const settings = settingsOn(cluster);
  const why = whyNotItsOwn(service, settings) ?? whyNotModelled(service, openstackCluster);
  if (why !== undefined) return why;
  const [reason, ...others] = refusals(service, openstackCluster, settings);
  return reason === undefined ? undefined : refusedInWords({ kind: "refused", reason, others });
}
