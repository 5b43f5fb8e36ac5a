/** The picture as SVG, laid out by Graphviz. Colours are left to a style sheet. */
import { Graphviz } from "@hpcc-js/wasm-graphviz";
import { escaped } from "../escaped.ts";

export type Draw = (dot: string, description: string) => string;

/** Loads Graphviz, once for all pictures. */
export async function drawing(): Promise<Draw> {
  const graphviz = await Graphviz.load();
  return (dot, description) => tidied(graphviz.dot(dot), description);
}

/**
 * An SVG for a page: as large as its frame allows, with a description for those who do not see it. Removed are what Graphviz adds for a separate file, ids,
 * which two pictures in one page would share, and tool tips with internal names.
 */
function tidied(svg: string, description: string): string {
  return svg
    .slice(svg.indexOf("<svg"))
    .trim()
    .replaceAll(/<!--.*?-->\n?/gs, "")
    .replaceAll(/<title>.*?<\/title>\n?/gs, "")
    .replaceAll(/ id="[^"]*"/g, "")
    .replaceAll(' xml:space="preserve"', "")
    .replace(/ xmlns:xlink="[^"]*"/, "")
    .replace(/<polygon fill="none" stroke="none"[^>]*\/>\n?/, "")
    .replace(
      /<svg width="(\d+)pt" height="(\d+)pt"/,
      `<svg class="picture" role="img" aria-label="${escaped(description)}"`,
    );
}
