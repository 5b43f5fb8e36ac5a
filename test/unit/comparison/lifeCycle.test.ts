import assert from "node:assert/strict";
import { conclude } from "../../../comparison/conclude.ts";
import type { Exposure } from "../../../comparison/model/exposure.ts";
import { nothingAsked } from "../../../comparison/probes/probes.ts";
import { htmlReport } from "../../../comparison/report/html/page.ts";
import { markdownReport } from "../../../comparison/report/markdown.ts";
import type { Comparison } from "../../../comparison/result/comparison.ts";
import { facts } from "./difference/facts.ts";

const { left: nodePort, right: loadBalancer } = facts;

function concluded(left: Exposure, right: Exposure): Comparison {
  const none = { kind: "unavailable", reason: "nothing is asked" } as const;
  return conclude({
    facts: { ...facts, left, right },
    probes: nothingAsked("a test"),
    traffic: { left: none, right: none },
    limits: [],
    made: new Date("2026-11-24T12:00:00Z"),
  });
}

/** Who creates the load balancer. */
const byProgram = "the program, at `pulumi up`";
const byController = /^the (AWS )?cloud controller manager/;

interface Pair {
  readonly name: string;
  readonly sides: readonly [Exposure, Exposure];
  readonly expected: readonly [string | RegExp, string | RegExp];
}

const pairs: readonly Pair[] = [
  { name: "NodePort on the left", sides: [nodePort, loadBalancer], expected: [byProgram, byController] },
  { name: "LoadBalancer on the left", sides: [loadBalancer, nodePort], expected: [byController, byProgram] },
  { name: "two NodePort Services", sides: [nodePort, nodePort], expected: [byProgram, byProgram] },
  {
    name: "two LoadBalancer Services",
    sides: [loadBalancer, loadBalancer],
    expected: [byController, byController],
  },
];

function assertSays(text: string, expected: string | RegExp): void {
  if (typeof expected === "string") assert.equal(text, expected);
  else assert.match(text, expected);
}

/** Cells of the row about who creates the load balancer, as Markdown. */
function markdownCells(comparison: Comparison): string[] {
  const row = markdownReport(comparison)
    .split("\n")
    .find((line) => line.startsWith("| load balancer | Created by |"));
  return (row ?? "")
    .split("|")
    .slice(3, 5)
    .map((cell) => cell.trim());
}

/** The same of the HTML report: a row for each side, with its title. */
async function htmlCells(comparison: Comparison): Promise<[string, string][]> {
  const page = await htmlReport(comparison);
  const section = page.slice(page.indexOf('id="life-cycle"'));
  const body =
    /<th scope="rowgroup" rowspan="2">load balancer<\/th>([\s\S]*?)<\/tbody>/.exec(section)?.[1] ?? "";
  const rows = [...body.matchAll(/<th scope="row">([\s\S]*?)<\/th>\s*<td[^>]*>([\s\S]*?)<\/td>/g)];
  return rows.map(([, title = "", creates = ""]) => [title, creates.replaceAll(/<\/?code>/g, "`")]);
}

describe("the life cycle in the reports", function () {
  // Graphviz and esbuild start with the first page.
  this.timeout(20_000);

  for (const { name, sides, expected } of pairs) {
    it(`says under each side what is true of its own Service: ${name}`, async () => {
      const comparison = concluded(...sides);
      const row = comparison.lifeCycle.find(({ object }) => object === "load balancer");
      const titles = [comparison.left.title, comparison.right.title];
      const html = await htmlCells(comparison);
      assert.deepEqual(
        html.map(([title]) => title),
        titles,
      );
      for (const [index, who] of expected.entries()) {
        assertSays((index === 0 ? row?.creates.left : row?.creates.right) ?? "", who);
        assertSays(markdownCells(comparison)[index] ?? "", who);
        assertSays(html[index]?.[1] ?? "", who);
      }
    });
  }

  it("keeps the columns by type of Service, whatever the order", () => {
    const [one, other] = [concluded(nodePort, loadBalancer), concluded(loadBalancer, nodePort)];
    const byType = ({ lifeCycle }: Comparison): string[][] =>
      lifeCycle.map(({ creates }) => [creates.nodePort, creates.loadBalancer]);
    assert.deepEqual(byType(one), byType(other));
  });
});
