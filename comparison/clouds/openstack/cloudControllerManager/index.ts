/** The OpenStack cloud controller manager, kubernetes/cloud-provider-openstack v1.35.0. */
import { refusedInWords } from "../../cloud.ts";
import type { Controller } from "../../cloud.ts";
import { refusedFor } from "../../refusing.ts";
import type { ClusterFacts } from "../../../model/cluster.ts";
import type { ServiceFacts } from "../../../model/service.ts";
import type { ControllerSettings, OctaviaFacts, OpenStackClusterFacts } from "../model.ts";
import { looksMeant } from "./annotations.ts";
import { catalogue } from "./catalogue.ts";
import { readCloudConf } from "./cloudConf/read.ts";
import { settingsInWords } from "./cloudConf/words.ts";
import { lifeCycle } from "./lifeCycle.ts";
import { memberNodes } from "./nodes.ts";
import { notes } from "./notes.ts";
import { whyNotModelled } from "./notModelled.ts";
import { claims, predict, whyNotItsOwn } from "./predict.ts";
import { reasonsFor } from "./refusals/index.ts";
import { isSetOnce } from "./setOnce.ts";
import { inStatus } from "./status.ts";
import { cleanupFinalizer } from "../../serviceController.ts";
import { withoutEffect } from "./withoutEffect.ts";

export const cloudControllerManager = controllerWith(undefined);

/** @param given what its cloud.conf says, if it is known. @default what the facts of a cluster say of it */
function controllerWith(given: ControllerSettings | undefined): Controller {
  const knownOn = <C extends ClusterFacts | undefined>(cluster: C) =>
    (given === undefined || cluster === undefined
      ? cluster
      : { ...cluster, controllerSettings: given }) as C & (OpenStackClusterFacts | undefined);
  const settingsOn = (cluster: ClusterFacts | undefined): ControllerSettings | undefined =>
    given ?? (cluster as OpenStackClusterFacts | undefined)?.controllerSettings;
  const settings = given === undefined ? undefined : settingsInWords(given);
  return {
    name: "occm",
    title: "the OpenStack cloud controller manager",
    owner: "cloud controller",
    finalizer: cleanupFinalizer,
    ...(settings === undefined ? {} : { settings }),
    ...(given === undefined ? {} : { configured: given }),
    configuredBy: (text, file) => controllerWith(readCloudConf(text, file)),
    looksMeant,
    looksMeantAsLabel: looksMeant,
    variants: () => [],
    claims,
    predict: (service, cluster, existing) =>
      predict(service, knownOn(cluster as OpenStackClusterFacts), existing as OctaviaFacts | undefined),
    whyNone: (service, cluster) => whyNone(service, knownOn(cluster), settingsOn(cluster)),
    withoutEffect: (service, cluster) => withoutEffect(service, settingsOn(cluster)),
    notes: (service, cluster) => notes(service, settingsOn(cluster)),
    inStatus,
    memberNodes: (service, nodes, cluster) => memberNodes(service, nodes, settingsOn(cluster)),
    isSetOnce: (path, service, unlike, cluster) =>
      isSetOnce(path, { service, settings: settingsOn(cluster), unlike }),
    // The load balancer's name is in the name of the security group by its parts: lb-sg-UID-NAMESPACE-NAME.
    isFor: ({ identity: { name } }, loadBalancer) => name === loadBalancer,
    isForAnother: () => false,
    isLeftBehind: () => false,
    catalogue,
    lifeCycle,
  };
}

function whyNone(
  service: ServiceFacts,
  cluster: OpenStackClusterFacts | undefined,
  settings: ControllerSettings | undefined,
): string | undefined {
  const why = whyNotItsOwn(service, settings) ?? whyNotModelled(service, cluster);
  if (why !== undefined) return why;
  const refused = refusedFor(reasonsFor({ service, cluster, settings, existing: undefined }));
  return refused && refusedInWords(refused);
}
