/** The AWS Load Balancer Controller, which makes Network Load Balancers of Services that name it, and of new Services that name nobody, by its webhook. */
import type { Controller } from "../../cloud.ts";
import { looksMeant, looksMeantAsLabel } from "../annotations/names.ts";
import type { AwsClusterFacts, NlbFacts, RuleFacts } from "../model.ts";
import { isInstruction } from "./annotations.ts";
import { catalogue } from "./catalogue/index.ts";
import { asCreated, claimedBy } from "./claims.ts";
import { lifeCycle } from "./lifeCycle.ts";
import { owner, resourcesFinalizer, title } from "./marks.ts";
import { targetNodes } from "./nodes.ts";
import { notes } from "./notes.ts";
import { predict, whyNone } from "./predict.ts";
import { isSetOnce } from "./setOnce.ts";
import { withoutEffect } from "./withoutEffect.ts";

export const loadBalancerController: Controller = {
  name: "lbc",
  title,
  owner,
  finalizer: resourcesFinalizer,
  looksMeant,
  looksMeantAsLabel,
  variants: () => [],
  instructions: { has: isInstruction },
  asCreated,
  claims: (service) => claimedBy(service) !== undefined,
  predict: (service, cluster, existing, endpoints) =>
    predict(service, cluster as AwsClusterFacts, existing as NlbFacts | undefined, endpoints),
  whyNone: (service, cluster) => whyNone(service, cluster as AwsClusterFacts | undefined),
  withoutEffect,
  notes: (service, cluster) => notes(service, cluster as AwsClusterFacts),
  memberNodes: targetNodes,
  isSetOnce,
  isForAnother: () => false,
  isLeftBehind: () => false,
  // A Service can name groups of others, which the controller leaves as they are.
  keeps: (opening, cluster) =>
    (opening as RuleFacts).securityGroup in ((cluster as AwsClusterFacts).controllerGroups ?? {}),
  // Its rules on the nodes are for all its load balancers.
  isFor: () => false,
  catalogue,
  lifeCycle,
};
