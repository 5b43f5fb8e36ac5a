/** The life cycle of the compared Services: which column of the table belongs to which side. */
import type { Facts } from "../model/exposure.ts";
import type { ServiceFacts } from "../model/service.ts";
import type { SourceResult } from "../model/sourceResult.ts";
import type { LifeCycle } from "../result/comparison.ts";

/** Who does what to one kind of object, by the type of the Service. */
export interface ByServiceType {
  readonly nodePort: string;
  readonly loadBalancer: string;
}

type Verb = "creates" | "updates" | "repairs" | "deletes";

export type LifeCycleRow = Readonly<Record<"object" | "source", string> & Record<Verb, ByServiceType>>;

export function lifeCycleOf({ left, right }: Facts, rows: readonly LifeCycleRow[]): LifeCycle[] {
  const bySide = (byType: ByServiceType): LifeCycle[Verb] => ({
    ...byType,
    left: ofType(left.service, byType),
    right: ofType(right.service, byType),
  });
  return rows.map(({ object, creates, updates, repairs, deletes, source }) => ({
    object,
    creates: bySide(creates),
    updates: bySide(updates),
    repairs: bySide(repairs),
    deletes: bySide(deletes),
    source,
  }));
}

function ofType(service: SourceResult<ServiceFacts>, { nodePort, loadBalancer }: ByServiceType): string {
  if (service.kind !== "known") return "not known without the Service";
  return service.facts.type === "NodePort" ? nodePort : loadBalancer;
}
