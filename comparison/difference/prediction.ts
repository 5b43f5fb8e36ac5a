/** What the cloud controller was predicted to make, held against what is there. */
import type { Predicted } from "../clouds/aws/cloudControllerManager/predict.ts";
import { isLeftBehind } from "../clouds/aws/cloudControllerManager/rules.ts";
import type { Exposure, Facts } from "../model/exposure.ts";
import type { FirewallFacts, RuleFacts } from "../model/firewall.ts";
import { later } from "../model/later.ts";
import type { LoadBalancerFacts } from "../model/loadBalancer.ts";
import { factsIn, known } from "../model/sourceResult.ts";
import type { Prediction } from "../result/comparison.ts";
import { rolesOf } from "./roles.ts";
import { ruleKey, step, valuesOf } from "./values.ts";
import type { Values } from "./values.ts";

/** @param predicted what the controller makes of this side's Service */
export function checkPrediction(basis: Facts["basis"], side: Exposure, predicted: Predicted): Prediction {
  const service = factsIn(side.service);
  const name = service === undefined ? "unknown" : `${service.namespace}/${service.identity.name}`;
  const unchecked = (reason: string): Prediction => ({
    service: name,
    outcome: "not checked",
    reason,
    checked: 0,
    wrong: [],
  });
  if (predicted.kind === "not its own" && factsIn(side.loadBalancer)?.owner !== "cloud controller") {
    return unchecked(predicted.reason);
  }
  if (predicted.kind !== "made") return unexpected(name, side, predicted.reason);
  if (basis === "planned")
    return unchecked("the controller has made nothing yet; the prediction is checked after the update");
  for (const part of ["loadBalancer", "firewall"] as const) {
    const said = side[part];
    if (said.kind !== "known") return unchecked(said.reason);
  }
  const rows = [...loadBalancerRows(side, predicted.loadBalancer), ...ruleRows(side, predicted.firewall)];
  const wrong = rows.filter((row) => row.predicted !== row.found);
  const isRight = wrong.length === 0;
  return {
    service: name,
    outcome: isRight ? "right" : "wrong",
    reason: `the cloud controller made ${isRight ? "what" : "something else than"} its model says`,
    checked: rows.length,
    wrong,
  };
}

type Row = Prediction["wrong"][number];

/** The model says that the controller makes nothing of the Service: then there must be nothing of the controller's. */
function unexpected(service: string, { loadBalancer }: Exposure, reason: string): Prediction {
  const dnsName = factsIn(loadBalancer)?.dnsName;
  if (dnsName === undefined) return { service, outcome: "not checked", reason, checked: 0, wrong: [] };
  return {
    service,
    outcome: "wrong",
    reason: `by its model the controller makes nothing: ${reason}`,
    checked: 1,
    wrong: [{ path: "loadBalancer", predicted: null, found: dnsName }],
  };
}

/** Values of the load balancer with its name; without what only the cloud can know, such as the health of a target. */
function loadBalancerRows(side: Exposure, loadBalancer: LoadBalancerFacts): Row[] {
  const predicted = namedValues({ ...side, loadBalancer: known(loadBalancer) });
  const found = namedValues(side);
  return (
    [...new Set([...predicted.keys(), ...found.keys()])]
      .filter((path) => predicted.get(path) !== later && !path.endsWith(`${step}reason`))
      // Others may add tags, and AWS attributes that it had not when the model was written: of these it says nothing.
      .filter((path) => predicted.has(path) || !/ \/ (tags|attributes) \/ /.test(path))
      .map((path) => ({ path, predicted: predicted.get(path) ?? null, found: found.get(path) ?? null }))
  );
}

function namedValues(exposure: Exposure): Values {
  const loadBalancer = factsIn(exposure.loadBalancer);
  const roles = rolesOf(exposure);
  const named = [
    ...(loadBalancer === undefined ? [] : [["loadBalancer", loadBalancer.identity.name]]),
    ...(loadBalancer?.targetGroups ?? []).map(({ identity: { id, name } }) => [
      ["loadBalancer", "targetGroups", roles.text(id)].join(step),
      name,
    ]),
  ];
  const names = named.map(([place = "", name = ""]): [string, string] => [[place, "name"].join(step), name]);
  return new Map([...valuesOf(exposure, ["loadBalancer"]), ...names]);
}

/**
 * Rules by what they let in, with their descriptions. AWS keeps a rule once for the same protocol, ports and source, so the controller uses one on the nodes that
 * others have made; and rules that it neither made nor needs say nothing of it, nor do those that it needed once. On its load balancer it needs all that there are.
 */
function ruleRows(side: Exposure, predicted: FirewallFacts): Row[] {
  const found = factsIn(side.firewall);
  const onNodes = rulesIn("nodes", side, found);
  const [service, loadBalancer] = [factsIn(side.service), factsIn(side.loadBalancer)];
  const isLeft = (rule: RuleFacts): boolean =>
    service !== undefined &&
    loadBalancer !== undefined &&
    isLeftBehind(rule, service, loadBalancer.identity.name);
  const own = new Map([...onNodes].filter(([, rule]) => rule.owner === "cloud controller" && !isLeft(rule)));
  return [
    ...rowsOf(rulesIn("nodes", side, predicted), onNodes, own.keys()),
    ...rowsOf(rulesIn("loadBalancer", side, predicted), rulesIn("loadBalancer", side, found)),
  ];
}

function rulesIn(
  where: keyof FirewallFacts,
  side: Exposure,
  firewall: FirewallFacts | undefined,
): Map<string, RuleFacts> {
  const roles = rolesOf(side);
  const rules = firewall?.[where] ?? [];
  return new Map(rules.map((rule) => [["firewall", where, ruleKey(rule, roles)].join(step), rule]));
}

/** @param counted those found that the prediction must have */
function rowsOf(
  predicted: ReadonlyMap<string, RuleFacts>,
  found: ReadonlyMap<string, RuleFacts>,
  counted: Iterable<string> = found.keys(),
): Row[] {
  return [...new Set([...predicted.keys(), ...counted])].map((path) => {
    const [expected, rule] = [predicted.get(path)?.identity.name ?? null, found.get(path)];
    const isOthers = rule !== undefined && rule.owner !== "cloud controller";
    return {
      path,
      predicted: expected,
      found: isOthers && expected !== null ? expected : (rule?.identity.name ?? null),
    };
  });
}
