/**
 * The picture as text for Graphviz: both ways from the client at the top to the pods at the bottom. They mirror each other; who creates them stands on the
 * outside. Shapes, patterns and classes are set here, colours in the style sheet.
 * https://graphviz.org/doc/info/lang.html
 */
import type { BySide, Side } from "../../result/bySide.ts";
import type { Picture } from "../../result/comparison.ts";

type PictureObject = Picture["objects"][number];
type Owner = PictureObject["owner"];
type Edge = Picture["edges"][number];
type Attributes = Readonly<Record<string, string>>;

/** Owners differ in shape and line, so that no colour is needed to tell them apart. */
const shapes: Readonly<Record<Owner, Attributes>> = {
  program: { shape: "box", style: "filled" },
  "cloud controller": { shape: "box", style: "filled,diagonals,dashed" },
  kubernetes: { shape: "box", style: "filled,rounded" },
  other: { shape: "box", style: "filled,dotted" },
  none: { shape: "ellipse", style: "filled" },
};

const lines: Readonly<Record<Edge["kind"], Attributes>> = {
  traffic: { style: "solid", arrowhead: "normal" },
  makes: { style: "dashed", arrowhead: "vee" },
  asks: { style: "dotted", arrowhead: "vee" },
};

const frames: Readonly<Record<"side" | "inner", Attributes>> = {
  side: { class: "side", style: "filled,rounded", fontsize: "16", margin: "16" },
  // Labels are below, where no traffic comes in.
  inner: { style: "filled,rounded", fontsize: "12", labeljust: "c", labelloc: "b", margin: "9" },
};

const font = 'fontname="Helvetica,Arial,sans-serif"';
const defaults = [
  `graph [${font} fontsize="13" bgcolor="transparent" newrank="true" splines="line" nodesep="0.25" ranksep="0.62" pad="0.1"]`,
  `node [${font} fontsize="13" margin="0.18,0.1" height="0.45"]`,
  `edge [${font} fontsize="12" arrowsize="0.75"]`,
];

export interface View {
  /** The sides to draw. What belongs to both is drawn once. */
  readonly sides: readonly Side[];
  readonly titles: BySide<string>;
  /** Whether a legend below explains the owners. */
  readonly legend: boolean;
}

export function dotOf(picture: Picture, { sides, titles, legend }: View): string {
  const objects = picture.objects.filter(({ side }) => side === "both" || sides.includes(side));
  const ids = new Set(objects.map(({ id }) => id));
  const edges = labelledOnce(picture.edges.filter(({ from, to }) => ids.has(from) && ids.has(to)));
  const rows = rowsOf(objects, edges);
  const places = new Map(rows.flat().map((id, place) => [id, place]));
  return graph([
    ...objects
      .filter(({ side, within }) => side === "both" && within === null)
      .flatMap((object) => drawn(object, objects)),
    ...sides.flatMap((side) => [
      `subgraph ${quoted(`cluster_${side}`)} {`,
      statement("graph", {
        ...frames.side,
        label: spaced(spaced(titles[side])),
        labeljust: side === "left" ? "l" : "r",
      }),
      ...objects
        .filter((object) => object.side === side && object.within === null)
        .flatMap((object) => drawn(object, objects)),
      "}",
    ]),
    ...rows.map(inOrder),
    ...(legend ? legendRow(ownersIn(picture), rows.at(-1)?.[0]) : []),
    ...edges.map((edge) => arrow(edge, places)),
  ]);
}

/** The legend's entry for one owner, as a separate picture. */
export function legendDot(owner: Owner): string {
  return graph([legendEntry(owner)]);
}

/** Owners that the legend explains, in its order. */
export function ownersIn({ objects }: Picture): Owner[] {
  return (Object.keys(meanings) as Owner[]).filter((owner) =>
    objects.some((object) => object.owner === owner && !objects.some(({ within }) => within === object.id)),
  );
}

const meanings: Readonly<Partial<Record<Owner, string>>> = {
  program: "declared in the program",
  "cloud controller": "created by the cloud controller manager",
  kubernetes: "created by Kubernetes",
  other: "created by something else",
};

function legendEntry(owner: Owner): string {
  const label = meanings[owner] ?? owner;
  return statement(quoted(`legend ${owner}`), {
    label,
    class: classOf({ kind: "node", owner }),
    ...shapes[owner],
    margin: "0.25,0.1",
  });
}

function graph(statements: readonly string[]): string {
  return ["digraph {", ...defaults, ...statements, "}"].join("\n");
}

/** An object, or the frame around what is in it. */
function drawn(object: PictureObject, objects: readonly PictureObject[]): string[] {
  const { id, label } = object;
  const content = objects.filter(({ within }) => within === id);
  if (content.length === 0) return [node(object)];
  return [
    `subgraph ${quoted(`cluster_${id}`)} {`,
    statement("graph", { ...frames.inner, label, class: classOf(object) }),
    ...content.flatMap((inner) => drawn(inner, objects)),
    "}",
  ];
}

export function node(object: PictureObject): string {
  const { id, kind, side, label, owner, within } = object;
  // Objects of one frame form a column, and so do those outside of all frames.
  const group = within ?? (outsiders.has(kind) ? `${side} outside` : undefined);
  const column: Attributes = group === undefined ? {} : { group };
  return statement(quoted(id), { label, class: classOf(object), ...shapes[owner], ...column });
}

/** Ids by row, each from left to right. What creates the load balancer stands outside of it, the Service outside of the kube-proxies that implement it. */
function rowsOf(objects: readonly PictureObject[], edges: readonly Edge[]): string[][] {
  const balancers = new Set(objects.filter(({ kind }) => kind === "load balancer").map(({ id }) => id));
  const makers = new Set(
    edges.filter(({ to, kind }) => kind === "makes" && balancers.has(to)).map(({ from }) => from),
  );
  const rowOf = ({ id, kind }: PictureObject): number =>
    kind === "program" && !makers.has(id) ? 3 : rowOfKind[kind];
  return [0, 1, 2, 3].map((row) => {
    const leaves = objects.filter(
      (object) => rowOf(object) === row && !objects.some(({ within }) => within === object.id),
    );
    const of = (side: Side, outside: boolean): string[] =>
      leaves
        .filter((object) => object.side === side && outsiders.has(object.kind) === outside)
        .map(({ id }) => id);
    const both = leaves.filter(({ side }) => side === "both").map(({ id }) => id);
    return [...of("left", true), ...of("left", false), ...both, ...of("right", false), ...of("right", true)];
  });
}

const outsiders: ReadonlySet<string> = new Set(["program", "cloud controller", "Service"]);

const rowOfKind: Readonly<Record<PictureObject["kind"], number>> = {
  client: 0,
  "load balancer": 1,
  program: 1,
  "cloud controller": 1,
  Service: 2,
  "kube-proxy": 2,
  // Drawn as objects, not as frames, if they are empty.
  zone: 2,
  node: 2,
  pod: 3,
};

/** The row below all others, held there by an invisible line. */
function legendRow(owners: readonly Owner[], above: string | undefined): string[] {
  const [first] = owners;
  if (first === undefined || above === undefined) return [];
  return [
    ...owners.map(legendEntry),
    inOrder(owners.map((owner) => `legend ${owner}`)),
    `${quoted(above)} -> ${quoted(`legend ${first}`)} [style="invis"]`,
  ];
}

/** Graphviz keeps the order of a row along its edges, visible or not. */
function inOrder(row: readonly string[]): string {
  const chain = row.length < 2 ? "" : `; ${row.map(quoted).join(" -> ")} [style="invis"]`;
  return `{ rank="same"; ${row.map(quoted).join("; ")}${chain} }`;
}

/** Of three or more edges that begin at one object with one label, only the middle one shows it. */
function labelledOnce(edges: readonly Edge[]): Edge[] {
  return edges.map((edge) => {
    const alike = edges.filter(
      ({ from, label, kind }) => from === edge.from && label === edge.label && kind === edge.kind,
    );
    return alike.length < 3 || alike[Math.floor(alike.length / 2)] === edge ? edge : { ...edge, label: "" };
  });
}

/** An edge that points up or left is written in reverse, with its arrow at the tail, so that it does not change the order of objects. */
function arrow({ from, to, kind, label }: Edge, places: ReadonlyMap<string, number>): string {
  const { arrowhead = "", ...line } = lines[kind];
  const isBack = (places.get(from) ?? 0) > (places.get(to) ?? 0);
  const heads: Attributes = isBack ? { dir: "back", arrowtail: arrowhead } : { arrowhead };
  const [tail, head] = isBack ? [to, from] : [from, to];
  return `${quoted(tail)} -> ${statement(quoted(head), { label: spaced(label), class: kind, ...line, ...heads })}`;
}

/** With some distance to the line or frame beside it. */
function spaced(label: string): string {
  return label === "" ? "" : `\u00a0${label}\u00a0`;
}

function classOf({ kind, owner }: Pick<PictureObject, "kind" | "owner">): string {
  return [kind, `owner-${owner}`].map((name) => name.replaceAll(" ", "-").toLowerCase()).join(" ");
}

function statement(subject: string, attributes: Attributes): string {
  const listed = Object.entries(attributes).map(([name, value]) => `${name}=${quoted(value)}`);
  return `${subject} [${listed.join(" ")}]`;
}

/** A string of the DOT language. In a label, a backslash would start an escape sequence. */
function quoted(text: string): string {
  return `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")}"`;
}
