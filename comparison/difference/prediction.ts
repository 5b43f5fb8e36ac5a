/** Compares a controller's predicted objects with the existing ones. */
import type { Cloud, Controller, Predicted } from "../clouds/cloud.ts";
import type { ClusterFacts } from "../model/cluster.ts";
import type { Exposure } from "../model/exposure.ts";
import type { FirewallFacts, OpeningFacts } from "../model/firewall.ts";
import { later } from "../model/later.ts";
import type { LoadBalancerFacts } from "../model/loadBalancer.ts";
import type { ServiceFacts } from "../model/service.ts";
import { factsIn, known } from "../model/sourceResult.ts";
import type { Side } from "../result/bySide.ts";
import type { Prediction } from "../result/comparison.ts";
import type { Compared } from "./compared.ts";
import { stoppedSentences } from "./predicted.ts";
import { rolesOf } from "./roles.ts";
import type { Roles } from "./roles.ts";
import { poolsIn, step } from "./shape.ts";
import type { Shape } from "./shape.ts";
import { valuesOf } from "./values.ts";
import type { Values } from "./values.ts";

type Checked = Pick<Compared, "facts" | "cloud" | "left" | "right" | "roles">;

/** @param predicted what the controller makes of this side's Service */
export function checkPrediction(
  compared: Checked,
  side: Side,
  predicted: Predicted & { readonly controller: Controller },
): Prediction {
  const { controller } = predicted;
  const exposure = compared[side];
  const facts = factsIn(exposure.service);
  const service = serviceName(facts);
  const unchecked = (reason: string): Prediction => ({
    service,
    outcome: "not checked",
    reason,
    checked: 0,
    wrong: [],
  });
  if (predicted.kind !== "made") {
    const [stopped = predicted.reason] = stoppedSentences(predicted, exposure);
    return unchecked(stopped);
  }
  const owner = factsIn(exposure.loadBalancer)?.owner;
  const [, maker] = /^other: (.+)$/.exec(String(owner)) ?? [];
  if (maker !== undefined && owner !== controller.owner)
    return unchecked(`${maker} made this load balancer, not ${controller.title}`);
  if (compared.facts.basis === "planned")
    return unchecked("the controller has made nothing yet; the prediction is checked after the update");
  for (const part of ["loadBalancer", "firewall"] as const) {
    const result = exposure[part];
    if (result.kind !== "known") return unchecked(result.reason);
  }
  const found = {
    exposure,
    roles: compared.roles[side],
    cloud: compared.cloud,
    cluster: factsIn(compared.facts.cluster),
  };
  const rows = [
    ...loadBalancerRows(found, predicted.loadBalancer),
    ...openingRows(found, predicted.firewall, controller),
  ];
  const unlike = rows.filter((row) => row.predicted !== row.found);
  const paths = new Set(unlike.map(({ path }) => path));
  const changedLater = unlike.filter(
    ({ path }) => facts !== undefined && controller.isSetOnce(path, facts, paths, found.cluster),
  );
  const wrong = unlike.filter((row) => !changedLater.includes(row));
  const isRight = wrong.length === 0;
  return {
    service,
    outcome: isRight ? "right" : "wrong",
    reason: `${controller.title} made ${isRight ? "what" : "something else than"} its model says`,
    checked: rows.length,
    wrong,
    ...(changedLater.length === 0 ? {} : { changedLater }),
  };
}

/** `namespace/name` */
export function serviceName(service: ServiceFacts | undefined): string {
  return service === undefined ? "unknown" : `${service.namespace}/${service.identity.name}`;
}

type Row = Prediction["wrong"][number];

/** The existing objects of one side. */
interface Found {
  readonly exposure: Exposure;
  readonly roles: Roles;
  readonly cloud: Cloud;
  readonly cluster: ClusterFacts | undefined;
}

/** Values of the load balancer, including its name, but without values that only the cloud knows, such as a member's health. */
function loadBalancerRows(found: Found, loadBalancer: LoadBalancerFacts): Row[] {
  const { shape } = found.cloud;
  const values = (exposure: Exposure): Values =>
    namedValues({ ...found, exposure, roles: rolesOf(exposure, { shape: asChosen(shape), ...found.roles }) });
  const predicted = values({ ...found.exposure, loadBalancer: known(loadBalancer) });
  const there = values(found.exposure);
  return (
    [...new Set([...predicted.keys(), ...there.keys()])]
      .filter((path) => predicted.get(path) !== later && !path.endsWith(`${step}reason`))
      // The model does not predict what others may add.
      .filter((path) => predicted.has(path) || !shape.openRecords.test(path))
      .map((path) => ({ path, predicted: predicted.get(path) ?? null, found: there.get(path) ?? null }))
  );
}

/** Without the roles of what a Service may have chosen. */
const asChosen = (shape: Shape): Pick<Shape, "roles"> => ({
  roles: (loadBalancer, names) =>
    shape.roles(loadBalancer, names).filter(([, role]) => shape.chosen?.test(role) !== true),
});

function namedValues({ exposure, roles, cloud: { shape } }: Found): Values {
  const loadBalancer = factsIn(exposure.loadBalancer);
  const named = [
    ...(loadBalancer === undefined ? [] : [["loadBalancer", loadBalancer.identity.name]]),
    ...(loadBalancer?.pools ?? []).map(({ identity: { id, name } }) => [
      [poolsIn(shape), roles.text(id)].join(step),
      name,
    ]),
  ];
  const names = named.map(([place = "", name = ""]): [string, string] => [[place, "name"].join(step), name]);
  return new Map([...valuesOf(exposure, ["loadBalancer"], { roles, shape }), ...names]);
}

/**
 * Openings by the traffic that they admit, with their descriptions. A cloud may keep only one of several equal openings, so a controller may use others'
 * openings on the nodes. Openings that it neither made nor needs do not count, and neither do those that other Services may need, or that it needed only in
 * the past. On its own load balancer, all openings count where it alone decides.
 */
function openingRows(found: Found, predicted: FirewallFacts, controller: Controller): Row[] {
  const { exposure, cluster } = found;
  const firewall = factsIn(exposure.firewall);
  const onNodes = openingsIn("nodes", found, firewall);
  const [service, loadBalancer] = [factsIn(exposure.service), factsIn(exposure.loadBalancer)];
  const isNeeded = (opening: OpeningFacts): boolean =>
    service !== undefined &&
    loadBalancer !== undefined &&
    controller.isFor(opening, loadBalancer.identity.name) &&
    !controller.isLeftBehind(opening, service, loadBalancer.identity.name);
  const own = new Map(
    [...onNodes].filter(([, opening]) => opening.owner === controller.owner && isNeeded(opening)),
  );
  const isOthers = (opening: OpeningFacts): boolean =>
    opening.owner !== controller.owner ||
    (loadBalancer !== undefined && controller.isForAnother(opening, loadBalancer.identity.name));
  const onBalancer = openingsIn("loadBalancer", found, firewall);
  const kept = [...onBalancer].filter(
    ([, opening]) => cluster === undefined || controller.keeps?.(opening, cluster) !== false,
  );
  return [
    ...rowsOf(openingsIn("nodes", found, predicted), onNodes, isOthers, own.keys()),
    ...rowsOf(openingsIn("loadBalancer", found, predicted), onBalancer, isOthers, new Map(kept).keys()),
  ];
}

function openingsIn(
  where: keyof FirewallFacts,
  { roles, cloud: { shape } }: Found,
  firewall: FirewallFacts | undefined,
): Map<string, OpeningFacts> {
  const place = ["firewall", where].join(step);
  const keyOf = shape.keys[place];
  const openings = firewall?.[where] ?? [];
  return new Map(
    openings.map((opening) => [
      place + step + (keyOf?.(opening as never, roles) ?? opening.identity.id),
      opening,
    ]),
  );
}

/**
 * @param isOthers whether an existing opening was made by or for others, who gave it its name
 * @param counted the existing openings that the prediction must contain
 */
function rowsOf(
  predicted: ReadonlyMap<string, OpeningFacts>,
  found: ReadonlyMap<string, OpeningFacts>,
  isOthers: (opening: OpeningFacts) => boolean,
  counted: Iterable<string> = found.keys(),
): Row[] {
  return [...new Set([...predicted.keys(), ...counted])].map((path) => {
    const [expected, opening] = [predicted.get(path)?.identity.name ?? null, found.get(path)];
    const isNamedByOthers = opening !== undefined && expected !== null && isOthers(opening);
    return {
      path,
      predicted: expected,
      found: isNamedByOthers ? expected : (opening?.identity.name ?? null),
    };
  });
}
