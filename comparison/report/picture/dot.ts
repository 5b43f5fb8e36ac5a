/**
 * The picture as text for Graphviz: both ways from the client at the top to the pods at the bottom, mirror images of each other, with who makes them on the
 * outside. Colours come later, from a style sheet: here are shapes, patterns and the classes that the style sheet knows.
 * https://graphviz.org/doc/info/lang.html
 */
import type { Picture } from "../../result/comparison.ts";

export type Side = "left" | "right";
type PictureObject = Picture["objects"][number];
type Owner = PictureObject["owner"];
type Edge = Picture["edges"][number];
type Attributes = Readonly<Record<string, string>>;

/** Each owner has a shape and a line of its own, so that colour is not needed to tell them apart. */
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
  /** The sides to draw; what belongs to both is drawn once. */
  readonly sides: readonly Side[];
  readonly titles: Readonly<Record<Side, string>>;
  /** Whether the owners are explained below. */
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

/** One owner's shape and pattern with what they mean, as a picture of its own. */
export function legendDot(owner: Owner): string {
  return graph([legendEntry(owner)]);
}

/** Those whose shapes need a word, in the order in which they are explained. */
export function ownersIn({ objects }: Picture): Owner[] {
  return (Object.keys(meanings) as Owner[]).filter((owner) =>
    objects.some((object) => object.owner === owner && !objects.some(({ within }) => within === object.id)),
  );
}

const meanings: Readonly<Partial<Record<Owner, string>>> = {
  program: "declared in the program",
  "cloud controller": "made by the cloud controller",
  kubernetes: "made by Kubernetes",
  other: "made by somebody else",
};

function legendEntry(owner: Owner): string {
  const label = meanings[owner] ?? owner;
  return statement(quoted(`legend ${owner}`), {
    label,
    class: classOf({ kind: "node", owner }),
    ...shapes[owner],
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
  // What is in the same frame stands in one column, and so does what stands outside.
  const group = within ?? (outsiders.has(kind) ? `${side} outside` : undefined);
  const column: Attributes = group === undefined ? {} : { group };
  return statement(quoted(id), { label, class: classOf(object), ...shapes[owner], ...column });
}

/**
 * Ids by row, each from left to right. What makes the load balancer stands beside it, the Service beside the kube-proxies that carry it out; on the left before
 * them, on the right after them.
 */
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
  // Without anything in them.
  zone: 2,
  node: 2,
  pod: 3,
};

/** Below all others, and held there by a line that is not seen. */
function legendRow(owners: readonly Owner[], above: string | undefined): string[] {
  const [first] = owners;
  if (first === undefined || above === undefined) return [];
  return [
    ...owners.map(legendEntry),
    inOrder(owners.map((owner) => `legend ${owner}`)),
    `${quoted(above)} -> ${quoted(`legend ${first}`)} [style="invis"]`,
  ];
}

/** Graphviz keeps the order of a row along its edges, seen or not. */
function inOrder(row: readonly string[]): string {
  const chain = row.length < 2 ? "" : `; ${row.map(quoted).join(" -> ")} [style="invis"]`;
  return `{ rank="same"; ${row.map(quoted).join("; ")}${chain} }`;
}

/** Of several edges with one beginning and one label, the middle one bears it; two bear it both. */
function labelledOnce(edges: readonly Edge[]): Edge[] {
  return edges.map((edge) => {
    const alike = edges.filter(
      ({ from, label, kind }) => from === edge.from && label === edge.label && kind === edge.kind,
    );
    return alike.length < 3 || alike[Math.floor(alike.length / 2)] === edge ? edge : { ...edge, label: "" };
  });
}

/** An edge up or to the left is written down or to the right, with its head at the beginning: so it cannot turn the order around. */
function arrow({ from, to, kind, label }: Edge, places: ReadonlyMap<string, number>): string {
  const { arrowhead = "", ...line } = lines[kind];
  const isBack = (places.get(from) ?? 0) > (places.get(to) ?? 0);
  const heads: Attributes = isBack ? { dir: "back", arrowtail: arrowhead } : { arrowhead };
  const [tail, head] = isBack ? [to, from] : [from, to];
  return `${quoted(tail)} -> ${statement(quoted(head), { label: spaced(label), class: kind, ...line, ...heads })}`;
}

/** Away from the line or frame beside it. */
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

/** A string of the DOT language. A backslash would start an escape sequence of a label's. */
function quoted(text: string): string {
  return `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")}"`;
}
