/** The AWS cloud controller manager, kubernetes/cloud-provider-aws v1.35.0, which makes Network Load Balancers of Services with the annotation for it. */
import type { Controller } from "../../cloud.ts";
import { looksMeant, looksMeantAsLabel } from "../annotations/names.ts";
import type { AwsClusterFacts, NlbFacts } from "../model.ts";
import { catalogue } from "./catalogue/index.ts";
import { defaultConfiguration, settingsOf } from "./configuration.ts";
import type { Configuration } from "./configuration.ts";
import { readConfiguration } from "./configurationFile/read.ts";
import { lifeCycle } from "./lifeCycle.ts";
import { cleanupFinalizer } from "../../serviceController.ts";
import { targetNodes } from "./nodes.ts";
import { claims, predict } from "./predict.ts";
import { minorOf } from "./releases.ts";
import { isFor, isForAnother, isLeftBehind } from "./rules.ts";
import { isSetOnce } from "./setOnce.ts";
import { byDefault, variantsFor } from "./variants.ts";
import { whyNone, whyPerhapsNone } from "./whyNone.ts";
import { withoutEffect } from "./withoutEffect.ts";

export const cloudControllerManager = controllerWith(undefined);

/** @param given its configuration, if it is known */
function controllerWith(given: Configuration | undefined): Controller {
  const configuration = given ?? defaultConfiguration;
  const settings = settingsOf(configuration);
  return {
    name: "ccm",
    title: "the AWS cloud controller manager",
    owner: "cloud controller",
    finalizer: cleanupFinalizer,
    looksMeant,
    looksMeantAsLabel,
    ...(settings === undefined ? {} : { settings }),
    configuredBy: (text, file) => controllerWith(readConfiguration(text, file)),
    ...(given === undefined ? { byDefault } : {}),
    variants: (found) => variantsFor(found, given),
    claims,
    predict: (service, cluster, existing) =>
      predict(service, cluster as AwsClusterFacts, existing as NlbFacts | undefined, configuration),
    whyNone: (service, cluster, version = cluster?.kubernetesVersion) =>
      whyNone(service, cluster as AwsClusterFacts | undefined, minorOf(version), given),
    whyPerhapsNone: (service, cluster) =>
      whyPerhapsNone(
        service,
        cluster as AwsClusterFacts | undefined,
        minorOf(cluster?.kubernetesVersion),
        given,
      ),
    withoutEffect: (service, cluster) =>
      withoutEffect(service, configuration, minorOf(cluster?.kubernetesVersion)),
    memberNodes: targetNodes,
    isSetOnce,
    isFor,
    isForAnother,
    isLeftBehind,
    catalogue,
    lifeCycle,
  };
}
