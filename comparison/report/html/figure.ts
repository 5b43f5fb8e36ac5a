/** The picture in the page: both ways in one where there is room, one below the other where there is not, and in words. */
import type { Comparison, Picture } from "../../result/comparison.ts";
import type { Pictures } from "../picture/picture.ts";
import { html, Markup } from "./template.ts";

export function figureSection({ picture, left, right }: Comparison, drawn: Pictures): Markup {
  return html`<section aria-labelledby="picture">
    <h2 id="picture">Both ways in one picture</h2>
    <figure>
      <div class="wide">${new Markup(drawn.both)}</div>
      <div class="narrow">${new Markup(drawn.each.left)} ${new Markup(drawn.each.right)}</div>
      <figcaption>
        <ul class="legend">
          ${drawn.legend.map((svg) => html`<li>${new Markup(svg)}</li>`)}
        </ul>
      </figcaption>
    </figure>
    <details>
      <summary>The picture in words</summary>
      ${(["left", "right"] as const).map(
        (side) =>
          html`<h3>${side === "left" ? left.title : right.title}</h3>
            <ul>
              ${inWords(picture, side).map((sentence) => html`<li>${sentence}</li>`)}
            </ul>`,
      )}
    </details>
  </section>`;
}

const verbs = { traffic: "sends to", makes: "makes", asks: "asks" } as const;

/** Every line of one side, alike ones once. */
function inWords({ objects, edges }: Picture, side: "left" | "right"): string[] {
  const own = new Map(
    objects.filter((object) => object.side !== otherOf(side)).map((object) => [object.id, object]),
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

function otherOf(side: "left" | "right"): string {
  return side === "left" ? "right" : "left";
}

function oneLine(label: string): string {
  return label.replaceAll("\n", " ");
}
