/** The inbound rules of the nodes that a whole program leads to, whichever of its exposures are compared. */
import { controllerOf } from "../../cloud.ts";
import { knownOpenings, predicted } from "../../../plan/facts.ts";
import { fixedNodePorts } from "../../../plan/nodePorts.ts";
import type { ProgramPlan } from "../../../plan/plan.ts";
import { ofType, serviceType, takesTraffic } from "../../../plan/resources.ts";
import { plannedService } from "../../../plan/service.ts";
import type { AwsClusterFacts, RuleFacts } from "../model.ts";
import { plannedFirewall, rulesIn } from "./firewall.ts";

/**
 * Those that the program declares, and those that controllers will make for its Services, each once.
 *
 * @throws UnreadablePlan
 */
export function nodeRulesOf({ declared, cloud, cluster }: ProgramPlan): readonly RuleFacts[] {
  const services = ofType(declared, serviceType)
    .filter(takesTraffic)
    .map((resource) => ({ resource, facts: plannedService(resource, cloud) }));
  const byController = services
    .filter(({ facts }) => facts.type === "LoadBalancer")
    .flatMap(({ facts }) =>
      knownOpenings(predicted(facts, controllerOf(cloud, facts).predict(facts, cluster))),
    );
  // The facts of a program on AWS are AWS's.
  const rules = { declared: rulesIn(declared, services), predicted: byController as RuleFacts[] };
  const nodePorts = new Set(services.flatMap(({ facts }) => [...fixedNodePorts(facts)]));
  const every = [...rules.declared, ...rules.predicted];
  return plannedFirewall(every, { ...rules, nodePorts }, cluster as AwsClusterFacts)
    .nodes as readonly RuleFacts[];
}
