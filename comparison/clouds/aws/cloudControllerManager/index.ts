/** The AWS cloud controller manager, kubernetes/cloud-provider-aws v1.35.0, which makes Network Load Balancers of Services with the annotation for it. */
import type { Controller } from "../../cloud.ts";
import { looksMeant } from "../annotations/names.ts";
import { catalogue } from "./catalogue/index.ts";
import { lifeCycle } from "./lifeCycle.ts";
import { cleanupFinalizer } from "./marks.ts";
import { variants } from "./variants.ts";
import { targetNodes } from "./nodes.ts";
import { claims, predict, whyNone } from "./predict.ts";
import { isFor, isLeftBehind } from "./rules.ts";
import { withoutEffect } from "./withoutEffect.ts";

export const cloudControllerManager: Controller = {
  name: "ccm",
  title: "the AWS cloud controller manager",
  owner: "cloud controller",
  finalizer: cleanupFinalizer,
  looksMeant,
  // aws_loadbalancer.go (ensureLoadBalancerv2): only the branch that makes a load balancer reads them. Its own tags are its marks.
  setOnce: /^loadBalancer \/ (?:scheme$|zones \/|(?:.+ \/ )?tags \/ (?!kubernetes\.io\/))/,
  variants,
  claims,
  predict,
  whyNone,
  withoutEffect,
  memberNodes: targetNodes,
  isFor,
  isLeftBehind,
  catalogue,
  lifeCycle,
};
