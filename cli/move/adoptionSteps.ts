/** The steps by which a controller's load balancer becomes the program's own, and the controller's again, decided from what there is. */

import type { ServiceFacts } from "../../comparison/model/service.ts";

export type AdoptionStep = "describe" | "import" | "let go" | "take back" | "forget";

export interface Situation {
  /** Whether the stack's configuration has the load balancer. */
  readonly isConfigured: boolean;
  /** Whether the stack's state has it. */
  readonly isOwned: boolean;
  /** Whether the Service is still, or again, the controller's. */
  readonly isServed: boolean;
}

/** A finalizer of another controller is none of this one's business. */
export const isServed = ({ type, finalizers }: ServiceFacts, finalizer: string): boolean =>
  type === "LoadBalancer" || finalizers.includes(finalizer);

/** A Service that its controller was told to let go is none that could be taken over any more; the rest of the way is not refused. */
export const asksWhetherAllowed = (
  { type }: Pick<ServiceFacts, "type">,
  { isConfigured }: Pick<Situation, "isConfigured">,
): boolean => type === "LoadBalancer" || !isConfigured;

/**
 * No file keeps the progress: stopped at any moment, the same call goes on. Until the controller has let go, both own the load balancer and agree about it.
 * An update that was stopped may have imported a part, so there always is one.
 */
export function adoptionSteps({ isConfigured, isServed }: Situation): readonly AdoptionStep[] {
  return [
    ...(isConfigured ? [] : (["describe"] as const)),
    "import",
    ...(isServed ? (["let go"] as const) : []),
  ];
}

/**
 * The state forgets the load balancer before the configuration does: the other way round, an update in between would delete it.
 */
export function givingBackSteps({ isConfigured, isOwned }: Situation): readonly AdoptionStep[] {
  return isConfigured || isOwned ? ["take back", "forget"] : [];
}

/** @param added the URNs of what the program has made for the load balancer since it took it over */
export function additionRefusal(added: readonly string[], stack: string): string | undefined {
  if (added.length === 0) return undefined;
  const names = added.map((urn) => urn.split("::").at(-1) ?? urn);
  return `the program has added to it since (${names.join(", ")}), and the controller would leave that behind; undo these changes of its entry in Pulumi.${stack}.yaml, npm run up, and repeat the command`;
}

interface Named {
  /** NAMESPACE/NAME. */
  readonly service: string;
  readonly loadBalancer: string;
  readonly controller: string;
  readonly stack: string;
}

const texts: Readonly<Record<AdoptionStep, (named: Named) => string>> = {
  describe: ({ loadBalancer, stack }) => `Describe ${loadBalancer} in Pulumi.${stack}.yaml, as it is.`,
  import: () => "Import it with all that belongs to it: pulumi up. Stop if anything about it changes.",
  "let go": ({ service, controller }) =>
    `Let ${controller} go, by one change of the Service ${service}, which keeps its node ports; wait until its finalizer is gone. Stop if anything about the load balancer changes.`,
  "take back": ({ service, controller }) =>
    `Let ${controller} take it back, by one change of the Service ${service}; wait until its status has the load balancer's address.`,
  forget: ({ stack }) =>
    `Take it out of the stack's state, and then out of Pulumi.${stack}.yaml. Nothing is deleted.`,
};

export const adoptionStepText = (step: AdoptionStep, named: Named): string => texts[step](named);

export function adoptionPlanText(steps: readonly AdoptionStep[], named: Named): string {
  return [
    ...steps.map((step, index) => `${String(index + 1)}. ${adoptionStepText(step, named)}`),
    "It costs nothing: the load balancer stays the same, with its name, its addresses and its connections.",
  ].join("\n");
}

/** What differs, by the ids of the parts. */
export function changedParts(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): string[] {
  const ids = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return ids.filter((id) => JSON.stringify(before[id]) !== JSON.stringify(after[id]));
}
