/** Builds the result from what exposures have left behind. */
import { withoutUndefined } from "../components/core/withoutUndefined.ts";
import type { OrphansFound, RemovableOrphan } from "./model/orphan.ts";
import { orphansVersion } from "./result/orphans.ts";
import type { Orphans } from "./result/orphans.ts";
import { dollars } from "./result/words.ts";

/** @param cloud its name in texts */
export function orphansOf(found: OrphansFound, cloud: string, made: Date): Orphans {
  const { cluster, place, orphans, prices, units, limits } = found;
  const whose = cluster === "" ? "this cluster" : `cluster ${cluster}`;
  const monthly = cents(orphans.reduce((sum, { monthlyDollars }) => sum + monthlyDollars, 0));
  return {
    schema: orphansVersion,
    made: made.toISOString(),
    cloud,
    cluster,
    place,
    verdict:
      orphans.length === 0
        ? { kind: "none", sentence: `Nothing of ${whose} is left behind on ${cloud} in ${place}.` }
        : {
            kind: "orphans",
            sentence: `Left behind of ${whose} on ${cloud} in ${place}: ${counted(orphans)}; together they ${units === undefined ? `cost ${dollars(monthly)} a month without traffic` : `take ${units}`}.`,
          },
    orphans: orphans.map(resultOf),
    monthly,
    ...withoutUndefined({ units }),
    prices,
    limits: [...limits],
  };
}

const resultOf = ({
  kind,
  name,
  id,
  service,
  reason,
  monthlyDollars,
  units,
  parts,
  commands,
}: RemovableOrphan): Orphans["orphans"][number] => ({
  kind,
  name,
  id,
  service: service ?? null,
  reason,
  monthly: monthlyDollars,
  ...withoutUndefined({ units }),
  parts: parts.map((part) => ({ kind: part.kind, name: part.name, id: part.id })),
  commands: [...commands],
});

/** `1 x load balancer, 2 x target group` */
function counted(orphans: OrphansFound["orphans"]): string {
  const kinds = [...new Set(orphans.map(({ kind }) => kind))];
  return kinds
    .map((kind) => `${orphans.filter((orphan) => orphan.kind === kind).length} x ${kind}`)
    .join(", ");
}

/** A sum of binary fractions is rarely a whole number of cents. */
function cents(sum: number): number {
  return Math.round(sum * 100) / 100;
}
