/** Judges the Services of manifests one by one: what a controller makes of each, and how to make the same in a program. */
import { controllerOf } from "../clouds/cloud.ts";
import type { Controller } from "../clouds/cloud.ts";
import type { Made, ShownValue } from "../clouds/manifests.ts";
import { judge } from "../difference/compare.ts";
import { comparedOf } from "../difference/compared.ts";
import { step } from "../difference/shape.ts";
import type { ClusterFacts } from "../model/cluster.ts";
import type { OpeningFacts } from "../model/firewall.ts";
import type { ServiceFacts } from "../model/service.ts";
import { factsIn, known } from "../model/sourceResult.ts";
import { factsOfBoth, knownOpenings, predicted } from "../plan/facts.ts";
import type { Alone } from "../plan/facts.ts";
import type { BySide } from "../result/bySide.ts";
import type { Aspect } from "../result/comparison.ts";
import type { JudgedService, OwnWay } from "../result/judgement.ts";
import type { Ground } from "./ground.ts";
import { ownWay } from "./own.ts";
import type { Own } from "./own.ts";
import type { DeclaredService } from "./service.ts";

/** A Service's judgement, and the openings that its load balancer needs. */
export interface Judged extends JudgedService {
  readonly openings: readonly OpeningFacts[];
}

export async function judgeService({ place, facts }: DeclaredService, ground: Ground): Promise<Judged> {
  const { cluster } = ground;
  const controller = controllerOf(ground.cloud, facts);
  const common = {
    service: `${facts.namespace}/${facts.identity.name}`,
    place,
    type: facts.type,
    controller: controller.title,
    withoutEffect: withoutEffectOn(facts, controller, cluster),
  };
  if (facts.isBeingDeleted) return { ...common, outcome: "not exposed", reasons: [beingDeleted], ...nothing };
  const isServed = facts.type === "LoadBalancer" || controller.claims(facts);
  if (facts.type === "NodePort" && !isServed) {
    // The manifest says nothing of the load balancer, so it is the component's default.
    const own = await ownWay(facts, undefined, ground);
    return { ...common, outcome: "own", ...withOwn(facts, existing(facts, own), own, ground) };
  }
  const prediction = isServed ? controller.predict(facts, cluster) : notExposed(facts);
  if (prediction.kind !== "made") {
    const { kind: outcome, reason } = prediction;
    const andThen = prediction.kind === "refused" ? [...prediction.others] : [];
    return { ...common, outcome, reasons: [reason], ...nothing, andThen };
  }
  const own = await ownWay(facts, { made: prediction, service: facts }, ground);
  const made = withOwn(facts, predicted(facts, prediction), own, ground);
  return {
    ...common,
    outcome: "made",
    ...made,
    notes: [...controllerNotes(facts, controller, ground), ...made.notes],
  };
}

const nothing = { andThen: [], notes: [], values: [], own: null, openings: [] };

/** As `kubectl get` shows a Service that waits for its finalizers. */
export const beingDeleted =
  "the Service is being deleted, and its load balancer with it; without metadata.deletionTimestamp, this is the manifest of a new one";

function withoutEffectOn(
  facts: ServiceFacts,
  controller: Controller,
  cluster: ClusterFacts,
): JudgedService["withoutEffect"] {
  return controller
    .withoutEffect(facts, cluster)
    .map(({ gets, instead, ...row }) => ({ ...row, gets: gets ?? null, instead: instead ?? null }));
}

function notExposed({ type }: ServiceFacts) {
  return { kind: "not exposed", reason: `a Service of type ${type} has no load balancer` } as const;
}

/** The manifest's Service, with the load balancer that the component makes for it; undefined if it makes none. */
export function existing(service: ServiceFacts, { result }: Own): Alone | undefined {
  return result.kind === "refused" ? undefined : { ...result.exposure, service: known(service) };
}

function controllerNotes(service: ServiceFacts, controller: Controller, ground: Ground): string[] {
  const { manifests, cluster } = ground;
  const opened = manifests.openedByOthers?.(cluster);
  return [...(controller.notes?.(service, cluster) ?? []), ...(opened === undefined ? [] : [opened])];
}

/** What a user should know of a Service and its load balancer. @param exposure both, whoever makes the load balancer */
export function notesOn(exposure: Alone, ground: Ground): string[] {
  const { cloud, manifests } = ground;
  const [service, made] = [factsIn(exposure.service), madeIn(exposure)];
  if (service === undefined || made === undefined) return [];
  const controller = controllerOf(cloud, service);
  const ofController = service.type === "LoadBalancer" ? controllerNotes(service, controller, ground) : [];
  return [...ofController, ...manifests.notes(service, made)];
}

/** @param exposure the Service and its load balancer, whoever makes it */
function withOwn(
  service: ServiceFacts,
  exposure: Alone | undefined,
  own: Own,
  ground: Ground,
): Pick<Judged, "reasons" | "andThen" | "notes" | "values" | "own" | "openings"> {
  const made = exposure === undefined ? undefined : madeIn(exposure);
  const { manifests } = ground;
  return {
    reasons: [],
    andThen: [],
    notes: made === undefined ? [] : [...manifests.notes(service, made)],
    values: made === undefined ? [] : manifests.values(service, made).map(shownValue),
    own: shownOwn(service, own, exposure, ground),
    openings: made === undefined ? [] : [...made.firewall.nodes, ...made.firewall.loadBalancer],
  };
}

function shownValue({ section, title, value }: ShownValue): JudgedService["values"][number] {
  return { section, title, value };
}

function madeIn(alone: Alone): Made | undefined {
  const facts = factsIn(alone.loadBalancer);
  return facts === undefined
    ? undefined
    : { kind: "made", loadBalancer: facts, firewall: { nodes: knownOpenings(alone), loadBalancer: [] } };
}

/** @param exposure what the component's load balancer is compared with */
function shownOwn(facts: ServiceFacts, own: Own, exposure: Alone | undefined, ground: Ground): OwnWay {
  const { name, given, result } = own;
  const { manifests, cloud } = ground;
  const shown = {
    component: manifests.component,
    name,
    arguments: { ...given },
    program: manifests.program(name, given, ground.cluster),
  };
  if (result.kind === "refused" || exposure === undefined) {
    return { ...shown, verdict: "refused", reasons: result.kind === "refused" ? [...result.reasons] : [] };
  }
  const other = { ...exposure, service: asDeclared(exposure.service, own, result.exposure.service, ground) };
  const sides = { left: result.exposure, right: other };
  const compared = comparedOf(
    factsOfBoth(leftToOthers(manifests.isOpenedByOthers(given) ? openedAlike(sides) : sides, ground), ground),
    cloud,
  );
  const { verdict, aspects } = judge(compared, { traffic: [], statements: [] });
  const different = aspects.filter((aspect) => aspect.verdict === "different");
  // Rules are unlike for known reasons, which clients do not see.
  const unlike = new Set<string>(["load balancer", "listeners", ...different.map(({ section }) => section)]);
  const service = different.filter(({ section }) => section === "Service");
  const values = [result.exposure, other].map((each) => valuesOf(each, ground));
  const unseen = manifests
    .withoutOption(facts, ground.cluster)
    .map(({ title, value }) => ({ title, left: "nothing", right: value }));
  const reasons = [
    ...unseen,
    ...service.flatMap(shownAspect),
    ...unlikeValues(values[0] ?? [], values[1] ?? []).filter(({ section }) => unlike.has(section)),
  ].map(
    ({ title, left, right }) =>
      `${title}: ${inLine(right)} for this Service, ${inLine(left)} with ${manifests.component}`,
  );
  if (verdict.kind === "equivalent" && unseen.length === 0)
    return { ...shown, verdict: "equivalent", reasons };
  return { ...shown, verdict: "different", reasons: reasons.length === 0 ? verdict.reasons : reasons };
}

/** Rules that the controller leaves to others are no part of what the manifests ask for. */
export function leftToOthers(sides: BySide<Alone>, { manifests, cluster }: Ground): BySide<Alone> {
  const reason = manifests.openedByOthers?.(cluster);
  if (reason === undefined) return sides;
  const openings = { kind: "unavailable", reason } as const;
  return { left: { ...sides.left, openings }, right: { ...sides.right, openings } };
}

/** The same groups have the same rules, whatever they are. What the controller does not open, others have to, as the component does. */
function openedAlike({ left, right }: BySide<Alone>): BySide<Alone> {
  const reason =
    "both load balancers have the groups that the Service names, and whoever made them knows their rules";
  const openings = { kind: "unavailable", reason } as const;
  return { left: { ...left, openings }, right: { ...right, openings } };
}

function valuesOf(exposure: Alone, { manifests }: Ground): readonly ShownValue[] {
  const [service, made] = [factsIn(exposure.service), madeIn(exposure)];
  return service === undefined || made === undefined ? [] : manifests.values(service, made);
}

/** Rows that the sides do not share, with both values. */
function unlikeValues(left: readonly ShownValue[], right: readonly ShownValue[]) {
  const titles = [...new Set([...left, ...right].map(({ title }) => title))];
  return titles.flatMap((title) => {
    const [own, other] = [left, right].map((rows) => rows.find((row) => row.title === title));
    if (compared(own) === compared(other)) return [];
    return [
      {
        section: (own ?? other)?.section ?? "",
        title,
        left: own?.value ?? "nothing",
        right: other?.value ?? "nothing",
      },
    ];
  });
}

function compared(row: ShownValue | undefined): string {
  return row?.compared ?? row?.value ?? "";
}

/** Not all values are shown: two sides that look the same are told apart by their values. */
function shownAspect({ title, left, right, differences }: Aspect) {
  if (left !== right) return [{ title, left, right }];
  return differences.map(({ path, ...values }) => ({
    title: path.split(step).at(-1) ?? path,
    left: values.left ?? "nothing",
    right: values.right ?? "nothing",
  }));
}

function inLine(text: string): string {
  return text.replaceAll("\n", ", ");
}

/**
 * Without what the component does not need to equal: annotations that instruct nobody, ranges that have no effect, and the names of ports, which clients do not see and the component has to
 * have.
 */
function asDeclared(
  service: Alone["service"],
  { given }: Own,
  declared: Alone["service"],
  { cloud, manifests }: Ground,
): Alone["service"] {
  const [facts, ownFacts] = [factsIn(service), factsIn(declared)];
  if (facts === undefined || ownFacts === undefined) return service;
  const ports = facts.ports.map((port, index) => ({
    ...port,
    name: ownFacts.ports[index]?.name ?? port.name,
  }));
  const told = controllerOf(cloud, facts).instructions ?? cloud.shape.instructions;
  const instructions = Object.entries(facts.annotations).filter(([name]) => told.has(name));
  const ranges = manifests.isOpenedByOthers(given) ? { loadBalancerSourceRanges: [] } : {};
  return known({ ...facts, annotations: Object.fromEntries(instructions), ports, ...ranges });
}
