/**
 * An exposure as single values at paths of roles, such as `loadBalancer / listeners / TCP 80 / protocol`. It walks whatever the facts hold, so that a field that
 * is new in the model is compared without being mentioned here.
 */
import { annotationNames } from "../clouds/aws/cloudControllerManager/annotations.ts";
import type { EntranceFacts } from "../model/dataPath.ts";
import type { Exposure, Part } from "../model/exposure.ts";
import type { RuleFacts } from "../model/firewall.ts";
import type { NodePort } from "../model/later.ts";
import type { ListenerFacts, TargetFacts, TargetGroupFacts, ZoneFacts } from "../model/loadBalancer.ts";
import type { EndpointFacts, ServicePortFacts } from "../model/service.ts";
import { compareText, inNodeOrder, listenerKey, rolesOf } from "./roles.ts";
import type { Roles } from "./roles.ts";

/** Values by their path; a path is its steps, joined. */
export type Values = ReadonlyMap<string, string>;

export const step = " / ";

/**
 * Names by which people and APIs know an object. Each object has its own, so they are not compared; where a name or an id is used elsewhere, its role is.
 */
export const ownNames: ReadonlySet<string> = new Set([
  "service / identity",
  "service / namespace",
  "endpoints / * / pod",
  "endpoints / * / address",
  "loadBalancer / identity",
  "loadBalancer / listeners / * / identity",
  "loadBalancer / targetGroups / * / identity",
  "firewall / nodes / * / identity",
  "firewall / loadBalancer / * / identity",
]);

/** What the path says already: an entrance at a node port is called by the port's role, one at a cluster IP by its number. */
const partsOfKeys: ReadonlySet<string> = new Set([
  "dataPath / * / node",
  "dataPath / * / entrances / * / port",
]);

/** Instructions for the controller: what they bring about is compared, and predicted from them. Annotations that are none are compared as they are. */
const instructions: ReadonlySet<string> = new Set(
  Object.values(annotationNames).map((name) => ["service", "annotations", name].join(step)),
);

/** Ports of nodes: the same number may be a node port here and a client's port elsewhere. */
const nodePortPaths: ReadonlySet<string> = new Set([
  "service / ports / * / nodePort",
  "service / healthCheckNodePort",
  "loadBalancer / targetGroups / * / port",
  "loadBalancer / targetGroups / * / healthCheck / port",
  "loadBalancer / targetGroups / * / targets / * / port",
  "firewall / nodes / * / fromPort",
  "firewall / nodes / * / toPort",
]);

/** Lists to which others than those compared may add: each item stands for itself. */
const itemByItem: ReadonlySet<string> = new Set(["service / finalizers"]);

/** What an item of a list is called among the others. */
const keys: Readonly<Record<string, (item: never, roles: Roles) => string>> = {
  "service / ports": ({ name }: ServicePortFacts) => name,
  "loadBalancer / zones": ({ zone }: ZoneFacts) => zone,
  "loadBalancer / listeners": (listener: ListenerFacts) => listenerKey(listener),
  "loadBalancer / targetGroups": ({ identity }: TargetGroupFacts, roles) => roles.text(identity.id),
  "loadBalancer / targetGroups / * / targets": ({ id }: TargetFacts) => id,
  "firewall / nodes": ruleKey,
  "firewall / loadBalancer": ruleKey,
  dataPath: ({ node }: { readonly node: string }) => node,
  "dataPath / * / entrances": ({ kind, protocol, port }: EntranceFacts, roles) =>
    `${kind} ${protocol} ${kind === "node port" ? roles.nodePort(port) : port}`,
};

export function ruleKey(
  {
    securityGroup,
    ipProtocol,
    fromPort,
    toPort,
    source,
  }: Pick<RuleFacts, "securityGroup" | "ipProtocol" | "fromPort" | "toPort" | "source">,
  roles: Roles,
): string {
  const [from, to] = [roles.nodePort(fromPort), roles.nodePort(toPort)];
  return `${securityGroup}: ${ipProtocol} ${from === to ? from : `${from}-${to}`} from ${source}`;
}

export function valuesOf(exposure: Exposure, parts: readonly Part[]): Values {
  const roles = rolesOf(exposure);
  const values = new Map<string, string>();
  const walk = (value: unknown, path: readonly string[], pattern: readonly string[]): void => {
    const [at, kind] = [path.join(step), pattern.join(step)];
    if (value === undefined || partsOfKeys.has(kind) || ownNames.has(kind) || instructions.has(at)) return;
    if (Array.isArray(value)) {
      if (itemByItem.has(kind))
        for (const [item, times] of counted(value)) values.set([at, item].join(step), times);
      else if (value.every((item) => typeof item !== "object")) values.set(at, listed(value, roles));
      else for (const [key, item] of keyed(value, kind, roles)) walk(item, [...path, key], [...pattern, "*"]);
    } else if (typeof value === "object" && value !== null) {
      for (const [key, field] of Object.entries(value)) walk(field, [...path, key], [...pattern, key]);
    } else
      values.set(
        at,
        nodePortPaths.has(kind)
          ? roles.nodePort(value as NodePort)
          : roles.text(typeof value === "string" ? value : JSON.stringify(value)),
      );
  };
  for (const part of parts) {
    const said = exposure[part];
    if (said.kind === "known") walk(said.facts, [part], [part]);
  }
  return values;
}

/** How often each item is there: once is `present`. */
function counted(items: readonly unknown[]): Map<string, string> {
  const texts = items.map(String);
  return new Map(
    texts.map((text) => {
      const times = texts.filter((other) => other === text).length;
      return [text, times === 1 ? "present" : `${times} times`];
    }),
  );
}

function listed(items: readonly unknown[], roles: Roles): string {
  const texts = items.map((item) => roles.text(String(item))).sort(compareText);
  return texts.length === 0 ? "none" : texts.join(", ");
}

/** Items by name; of several with one name the second is `name (2)`. */
function keyed(items: readonly object[], kind: string, roles: Roles): [string, object][] {
  if (kind === "endpoints") {
    return inNodeOrder(items as EndpointFacts[]).map((item, index) => [`pod ${index + 1}`, item]);
  }
  const keyOf = keys[kind];
  if (keyOf === undefined) throw new Error(`the comparison has no name for the items of "${kind}"`);
  const seen = new Map<string, number>();
  return [...items]
    .map((item) => [keyOf(item as never, roles), item] as const)
    .sort(
      ([a, itemA], [b, itemB]) =>
        compareText(a, b) || compareText(JSON.stringify(itemA), JSON.stringify(itemB)),
    )
    .map(([key, item]) => {
      const times = (seen.get(key) ?? 0) + 1;
      seen.set(key, times);
      return [times === 1 ? key : `${key} (${times})`, item];
    });
}
