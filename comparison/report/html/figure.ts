/** The picture in the page: both ways in one drawing on a wide screen, one below the other on a narrow one; and in words. */
import { sides } from "../../result/bySide.ts";
import type { Side } from "../../result/bySide.ts";
import type { Comparison, Picture } from "../../result/comparison.ts";
import type { Pictures } from "../picture/picture.ts";
import { titles } from "../titles.ts";
import { section } from "./section.ts";
import { html, Markup } from "./template.ts";

export function figureSection(comparison: Comparison, drawn: Pictures): Markup {
  return section(
    "picture",
    titles.picture,
    html`<figure>
      <div class="wide">${new Markup(drawn.both)}</div>
      <div class="narrow">${new Markup(drawn.each.left)} ${new Markup(drawn.each.right)}</div>
      <figcaption>
        <ul class="legend">
          ${drawn.legend.map((svg) => html`<li>${new Markup(svg)}</li>`)}
        </ul>
      </figcaption>
    </figure>`,
    html`<details>
      <summary>The picture in words</summary>
      ${sides.map(
        (side) =>
          html`<h3>${comparison[side].title}</h3>
            <ul>
              ${inWords(comparison.picture, side).map((sentence) => html`<li>${sentence}</li>`)}
            </ul>`,
      )}
    </details>`,
  );
}

const verbs = { traffic: "sends to", makes: "creates", asks: "asks" } as const;

/** Every line of one side; equal ones once. */
function inWords({ objects, edges }: Picture, side: Side): string[] {
  const own = new Map(
    objects
      .filter((object) => object.side === side || object.side === "both")
      .map((object) => [object.id, object]),
  );
  const said = edges.flatMap(({ from, to, kind, label }) => {
    const [tail, head] = [own.get(from), own.get(to)];
    if (tail === undefined || head === undefined) return [];
    const through = kind === "traffic" && label !== "" ? ` (${label})` : "";
    return [`${oneLine(tail.label)} ${verbs[kind]} ${oneLine(head.label)}${through}`];
  });
  return [...new Set(said)].map((sentence) => {
    const times = said.filter((other) => other === sentence).length;
    return times === 1 ? sentence : `${sentence}, ${times} times`;
  });
}

function oneLine(label: string): string {
  return label.replaceAll("\n", " ");
}
