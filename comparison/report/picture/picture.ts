/** The picture of both ways: for a page that includes the style sheet, and as a separate file. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { sides } from "../../result/bySide.ts";
import type { BySide, Side } from "../../result/bySide.ts";
import type { Comparison } from "../../result/comparison.ts";
import { sideTitles } from "../titles.ts";
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

export async function picturesOf(comparison: Comparison): Promise<Pictures> {
  const draw = await drawing();
  const titles = sideTitles(comparison);
  const picture = condensed(comparison.picture);
  const drawn = (of: readonly Side[], text: string): string =>
    draw(dotOf(picture, { titles, sides: of, legend: false }), text);
  return {
    both: drawn(sides, description(titles)),
    each: { left: drawn(["left"], titles.left), right: drawn(["right"], titles.right) },
    legend: ownersIn(comparison.picture).map((owner) => draw(legendDot(owner), owner)),
  };
}

/** The picture as an SVG file with its colours and its legend. */
export async function pictureSvg(comparison: Comparison): Promise<string> {
  const draw = await drawing();
  const titles = sideTitles(comparison);
  const dot = dotOf(condensed(comparison.picture), { titles, sides, legend: true });
  const svg = draw(dot, description(titles));
  const background = '<rect width="100%" height="100%" style="fill: var(--paper)"/>';
  return `${svg.replace(/(<svg[^>]*>)/, `$1\n<style>\n${pictureStyle}</style>\n${background}`)}\n`;
}

function description({ left, right }: BySide<string>): string {
  return `${left} on the left, ${right} on the right`;
}
