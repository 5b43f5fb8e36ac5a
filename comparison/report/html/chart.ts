/** Cost by number of Services, as SVG: two lines that differ in style, mark and label. */
import { scaleLinear } from "d3-scale";
import { line } from "d3-shape";
import type { Cost } from "../../result/comparison.ts";
import { html } from "./template.ts";
import type { Markup } from "./template.ts";

const size = { width: 520, height: 300 };
const inner = { left: 58, right: 508, top: 36, bottom: 256 };

type Point = Cost["byServices"][number];
type Series = "oneEach" | "oneShared";

/** Class and title of each line. */
export const series: Readonly<Record<Series, { readonly name: string; readonly title: string }>> = {
  oneEach: { name: "one-each", title: "one load balancer per Service, either way" },
  oneShared: { name: "one-shared", title: "one shared by all: your own load balancer only" },
};

export function costChart(points: readonly Point[]): Markup {
  const x = scaleLinear(
    [0, Math.max(1, ...points.map(({ services }) => services))],
    [inner.left, inner.right],
  );
  const highest = Math.max(1, ...points.flatMap(({ oneEach, oneShared }) => [oneEach, oneShared]));
  const y = scaleLinear([0, highest], [inner.bottom, inner.top]).nice(5);
  const drawn = (of: Series): Markup => {
    const path = line<Point>(
      (point) => x(point.services),
      (point) => y(point[of]),
    )([...points]);
    const last = points.at(-1);
    const { name, title } = series[of];
    return html`<g class="${name}">
      <path d="${path ?? ""}" />
      ${points.map((point) => mark(of, x(point.services), y(point[of])))}
      ${last === undefined ? "" : html`<text x="${inner.right}" y="${above(y(last[of]))}" text-anchor="end">${title}</text>`}
    </g>`;
  };
  return html`<svg
    class="chart"
    viewBox="0 0 ${size.width} ${size.height}"
    role="img"
    aria-labelledby="chart-title"
  >
    <title id="chart-title">
      Dollars per month by number of Services; the table below has the same numbers
    </title>
    ${y.ticks(5).map(
      (tick) =>
        html`<g class="tick">
          <line x1="${inner.left}" x2="${inner.right}" y1="${y(tick)}" y2="${y(tick)}" />
          <text x="${inner.left - 8}" y="${y(tick) + 4}" text-anchor="end"
            >$${tick.toLocaleString("en-US")}</text
          >
        </g>`,
    )}
    ${x
      .ticks(6)
      .map(
        (tick) =>
          html`<g class="tick"
            ><text x="${x(tick)}" y="${inner.bottom + 20}" text-anchor="middle">${tick}</text></g
          >`,
      )}
    <text class="axis" x="${(inner.left + inner.right) / 2}" y="${size.height - 6}" text-anchor="middle">
      Services
    </text>
    <text class="axis" x="0" y="10">dollars per month</text>
    ${drawn("oneEach")} ${drawn("oneShared")}
  </svg>`;
}

function mark(of: Series, x: number, y: number): Markup {
  return of === "oneEach"
    ? html`<circle cx="${x}" cy="${y}" r="3.5" />`
    : html`<rect x="${x - 3.5}" y="${y - 3.5}" width="7" height="7" />`;
}

/** A line's title stands above its end; where the line is steep, beside it. */
function above(y: number): number {
  return Math.max(inner.top, y) - 10;
}
