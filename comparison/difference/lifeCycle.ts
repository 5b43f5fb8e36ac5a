/** The life cycle of the compared Services, by side. */
import { controllerOf } from "../clouds/cloud.ts";
import type { Cloud, Controller } from "../clouds/cloud.ts";
import type { Exposure } from "../model/exposure.ts";
import type { ServiceFacts } from "../model/service.ts";
import { factsIn } from "../model/sourceResult.ts";
import type { LifeCycle } from "../result/comparison.ts";
import type { Compared } from "./compared.ts";

/** The life cycle of one kind of object, by Service type. */
export interface ByServiceType {
  readonly nodePort: string;
  readonly loadBalancer: string;
}

type Verb = "creates" | "updates" | "repairs" | "deletes";

export type LifeCycleRow = Readonly<Record<"object" | "source", string> & Record<Verb, ByServiceType>> & {
  /** Whether it is about a pool's members: a controller can register those of a load balancer that a program made. @default false */
  readonly ofMembers?: boolean;
};

type Sides = Pick<Exposure, "service" | "loadBalancer">;

/** Each side uses the rows of the controller that claims its Service. The left side decides the order of the objects. */
export function lifeCycleOf({ cloud, left, right }: Pick<Compared, "cloud" | "left" | "right">): LifeCycle[] {
  const [ours, theirs] = [factsIn(left.service), factsIn(right.service)];
  const rows = [...tableFor(cloud, ours), ...tableFor(cloud, theirs)];
  const objects = [...new Set(rows.map(({ object }) => object))];
  return objects.flatMap((object) => {
    const [row] = rows.filter((each) => each.object === object);
    if (row === undefined) return [];
    const bySide = (verb: Verb): LifeCycle[Verb] => ({
      ...row[verb],
      left: ofSide(cloud, left, object, verb),
      right: ofSide(cloud, right, object, verb),
    });
    return [
      {
        object,
        creates: bySide("creates"),
        updates: bySide("updates"),
        repairs: bySide("repairs"),
        deletes: bySide("deletes"),
        source: row.source,
      },
    ];
  });
}

function tableFor(cloud: Cloud, service: ServiceFacts | undefined): readonly LifeCycleRow[] {
  return (service === undefined ? cloud.controllers[0] : controllerOf(cloud, service)).lifeCycle;
}

function ofSide(cloud: Cloud, exposure: Sides, object: string, verb: Verb): string {
  const service = factsIn(exposure.service);
  if (service === undefined) return "not known without the Service";
  const row = tableFor(cloud, service).find((each) => each.object === object);
  if (row === undefined) return "there is none";
  if (service.type !== "NodePort") return row[verb].loadBalancer;
  const registrar = row.ofMembers === true ? registrarOf(cloud, exposure) : undefined;
  const registered = registrar?.lifeCycle.find((each) => each.object === object);
  return registered === undefined ? row[verb].nodePort : registered[verb].loadBalancer;
}

/** The controller that registers the members of a load balancer that is not its own. */
function registrarOf({ controllers }: Cloud, { loadBalancer }: Sides): Controller | undefined {
  const { owner, pools = [] } = factsIn(loadBalancer) ?? {};
  const members = pools.flatMap((pool) => pool.members);
  return controllers.find(
    (each) => each.owner !== owner && members.some((member) => member.owner === each.owner),
  );
}
