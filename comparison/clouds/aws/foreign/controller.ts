/** A controller without a model: its load balancers are recognised and compared, but not predicted. */
import type { LifeCycleRow } from "../../../difference/lifeCycle.ts";
import { sourceRangesAnnotation } from "../../../model/service.ts";
import type { ServiceFacts } from "../../../model/service.ts";
import type { Controller } from "../../cloud.ts";
import {
  classicOnly,
  loadBalancerControllerNames,
  looksMeant,
  looksMeantAsLabel,
} from "../annotations/names.ts";
import { unread } from "../annotations/unread.ts";
import { sourceRangesInService } from "../cloudControllerManager/catalogue/service.ts";
import { lifeCycle } from "../cloudControllerManager/lifeCycle.ts";
import { entriesOf } from "../markedEntries.ts";
import type { ServiceController } from "./makers.ts";

export function foreignController(maker: ServiceController): Controller {
  const { title, owner, finalizer, classes } = maker;
  return {
    name: undefined,
    title,
    owner,
    finalizer,
    looksMeant,
    looksMeantAsLabel,
    variants: () => [],
    claims: ({ type, loadBalancerClass = "" }) =>
      type === "LoadBalancer" && classes.includes(loadBalancerClass),
    predict: (service) => ({ kind: "not modelled", reason: notModelled(service, maker) }),
    whyNone: (service) => `${notModelled(service, maker)}; its own logs say why there is none`,
    withoutEffect: (service) =>
      unread(service, {
        title,
        prefixes: ["service.beta.kubernetes.io/", "service.kubernetes.io/"],
        names: loadBalancerControllerNames,
        others: [sourceRangesAnnotation],
        known: (suffix) =>
          suffix in classicOnly
            ? { why: "only the AWS cloud controller manager reads it, for a Classic Load Balancer" }
            : undefined,
      }),
    memberNodes: (_service, nodes) => nodes,
    isSetOnce: () => false,
    isLeftBehind: () => false,
    isFor: () => true,
    isForAnother: () => false,
    catalogue: [sourceRangesInService, ...entriesOf(maker)],
    lifeCycle: lifeCycle.map((row) => described(row, maker)),
  };
}

function notModelled(
  { loadBalancerClass = "" }: ServiceFacts,
  { title, classes }: ServiceController,
): string {
  const by = classes.includes(loadBalancerClass) ? `, by its loadBalancerClass ${loadBalancerClass}` : "";
  return `${title} makes this Service's load balancer${by}; there is no model of it`;
}

/** Who acts is known, when is not. */
function described(row: LifeCycleRow, { title }: ServiceController): LifeCycleRow {
  const own = (["creates", "updates", "repairs", "deletes"] as const).map((verb) => {
    const { nodePort, loadBalancer } = row[verb];
    const by = loadBalancer.includes("cloud controller manager") ? title : loadBalancer;
    return [verb, { nodePort, loadBalancer: by }] as const;
  });
  return { ...row, ...(Object.fromEntries(own) as Partial<LifeCycleRow>) };
}
