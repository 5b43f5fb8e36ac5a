/** The picture as SVG, laid out by Graphviz. Colours are left to a style sheet. */
import { Graphviz } from "@hpcc-js/wasm-graphviz";

export type Draw = (dot: string, description: string) => string;

/** Loads Graphviz, once for all pictures. */
export async function drawing(): Promise<Draw> {
  const graphviz = await Graphviz.load();
  return (dot, description) => tidied(graphviz.dot(dot), description);
}

/**
 * An SVG that can stand in a page: without what Graphviz adds for files of their own, its ids, which would be there twice, and tool tips of internal names; with a
 * description for those who don't see it; as large as its frame allows.
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

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
