/** A picture of a cluster of any size: a few nodes represent all, because every node does the same. */
import type { Picture } from "../../result/comparison.ts";

type PictureObject = Picture["objects"][number];

/** More nodes of one side cannot be read beside each other. */
const most = 6;

export function condensed({ objects, edges }: Picture): Picture {
  const left = new Set([...leftOut(objects, "left"), ...leftOut(objects, "right")]);
  const isOut = ({ id, within }: PictureObject): boolean =>
    left.has(id) || (within !== null && left.has(within));
  const kept = objects.filter((object) => !isOut(object));
  const ids = new Set(kept.map(({ id }) => id));
  return {
    objects: kept.map((object) => {
      const more = objects.filter(({ id, within }) => within === object.id && left.has(id)).length;
      return more === 0 ? object : { ...object, label: `${object.label}\nand ${more} more` };
    }),
    edges: edges.filter(({ from, to }) => ids.has(from) && ids.has(to)),
  };
}

/** Ids of nodes to leave out, so that each zone keeps equally many. */
function leftOut(objects: readonly PictureObject[], side: PictureObject["side"]): string[] {
  const nodes = objects.filter((object) => object.side === side && object.kind === "node");
  if (nodes.length <= most) return [];
  const zones = [...new Set(nodes.map(({ within }) => within))];
  const perZone = Math.max(1, Math.floor(most / zones.length));
  return zones.flatMap((zone) =>
    nodes
      .filter(({ within }) => within === zone)
      .slice(perZone)
      .map(({ id }) => id),
  );
}
