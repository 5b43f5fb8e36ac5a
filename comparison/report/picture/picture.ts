/** The picture of both ways: for a page that includes the style sheet, and as a separate file. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { BySide, Side } from "../../result/bySide.ts";
import type { Comparison } from "../../result/comparison.ts";
import { condensed } from "./condensed.ts";
import { dotOf, legendDot, ownersIn } from "./dot.ts";
import { drawing } from "./draw.ts";

/** The colours; a page with pictures includes them. */
export const pictureStyle = readFileSync(join(import.meta.dirname, "style.css"), "utf8");

/** SVG elements. */
export interface Pictures {
  readonly both: string;
  readonly each: BySide<string>;
  /** One for each owner. */
  readonly legend: readonly string[];
}

export async function picturesOf({ picture, left, right }: Comparison): Promise<Pictures> {
  const draw = await drawing();
  const titles = { left: left.title, right: right.title };
  const view = { titles, legend: false };
  const one = (side: Side): string =>
    draw(dotOf(condensed(picture), { ...view, sides: [side] }), titles[side]);
  return {
    both: draw(dotOf(condensed(picture), { ...view, sides: ["left", "right"] }), description(titles)),
    each: { left: one("left"), right: one("right") },
    legend: ownersIn(picture).map((owner) => draw(legendDot(owner), owner)),
  };
}

/** The picture as an SVG file with its colours and its legend. */
export async function pictureSvg({ picture, left, right }: Comparison): Promise<string> {
  const draw = await drawing();
  const titles = { left: left.title, right: right.title };
  const svg = draw(
    dotOf(condensed(picture), { titles, sides: ["left", "right"], legend: true }),
    description(titles),
  );
  const background = '<rect width="100%" height="100%" style="fill: var(--paper)"/>';
  return `${svg.replace(/(<svg[^>]*>)/, `$1\n<style>\n${pictureStyle}</style>\n${background}`)}\n`;
}

function description({ left, right }: BySide<string>): string {
  return `${left} on the left, ${right} on the right`;
}
