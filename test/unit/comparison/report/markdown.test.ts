import assert from "node:assert/strict";
import { markdownReport } from "../../../../comparison/report/markdown.ts";
import * as examples from "./example.ts";
import { unpriced } from "./example/teaching.ts";

describe("a comparison as Markdown", () => {
  const { equivalent, different, incomplete, planned } = examples;

  for (const [name, comparison] of Object.entries(examples)) {
    it(`begins with the verdict, and all rows of a table have equally many cells: ${name}`, () => {
      const text = markdownReport(comparison);
      assert(text.startsWith(`## NodePort + own NLB and LoadBalancer: ${comparison.verdict.kind}\n\n**`));
      const tables = text.split(/\n\n/).filter((block) => block.startsWith("| "));
      assert(tables.length >= 4);
      for (const table of tables) {
        const widths = new Set(table.split("\n").map((line) => line.split("|").length));
        assert.equal(widths.size, 1, table);
      }
    });
  }

  it("names the cluster's Kubernetes, if that is known", () => {
    const kubernetes = { version: "v1.36.3", kubelets: ["v1.36.3"], proxyModes: ["iptables"] };
    assert.match(
      markdownReport({ ...equivalent, kubernetes }),
      /^Measured: .* UTC\)\. Kubernetes v1\.36\.3, kube-proxy in iptables mode\. NodePort \+ own NLB: /m,
    );
    assert.doesNotMatch(markdownReport(equivalent), /UTC\)\. Kubernetes v/);
  });

  it("shows differences with the numbers of their reasons, and folds what is the same", () => {
    const [open = "", ...folded] = markdownReport(equivalent).split("<details>");
    assert.match(
      open,
      /\| Service: finalizers \| none \| service\.kubernetes\.io\/load-balancer-cleanup \| equivalent \(4\) \|/,
    );
    assert.match(open, /^4\. A finalizer keeps .* <https:\/\/kubernetes\.io\//m);
    assert.doesNotMatch(open, /session affinity/);
    assert.match(
      folded.join(""),
      /<summary>24 aspects are the same<\/summary>\n\n.*\n.*\n\| Service: cluster IP /,
    );
  });

  it("shows unexplained differences, wrong predictions, missing sources and failed requests", () => {
    const text = markdownReport(different);
    assert.match(text, /intervalSeconds \| 30 \| 10 \|/);
    assert.match(text, /### More is open than the Services ask for\n\n- The rule "tcp 30000-32767 from/);
    assert.match(text, /intervalSeconds: predicted 30, found 10/);
    assert.match(text, /\| LoadBalancer \| 197 of 200 \| 3 of 200 requests failed: connection refused \|/);
    assert.match(markdownReport(incomplete), /- EC2 API unreachable: not permitted/);
    assert.doesNotMatch(markdownReport(planned), /### Requests through both load balancers/);
    assert.match(text, /### Requests through both load balancers/);
  });

  it("says in words when requests were lost", () => {
    assert.match(
      markdownReport(equivalent),
      /^- A pod is killed, new connections: NodePort \+ own NLB: pod killed at 2\.03 s; 4 of 200 lost, between 2 s and 2\.6 s; /m,
    );
  });

  it("shows the notes in the place of prices that a cloud does not have", () => {
    const text = markdownReport({ ...equivalent, cost: unpriced });
    for (const note of unpriced.notes) assert.ok(text.includes(`- ${note}`), note);
    assert.match(text, /^Source: <https:\/\/docs\.openstack\.org\//m);
    assert.doesNotMatch(text, /Prices as of/);
    assert.match(markdownReport(equivalent), /Prices as of 2026-11-20: us-west-2/);
  });

  it("escapes values", () => {
    const service = "a|b <img> [x](y) ` *d* _e_ f_g @f \\ &lt; & co.\nnext";
    const text = markdownReport({ ...equivalent, left: { ...equivalent.left, service } });
    assert.ok(
      text.includes("a\\|b \\<img> \\[x](y) \\` \\*d\\* \\_e\\_ f_g \\@f \\\\ \\&lt; & co. next"),
      text.split("\n").find((line) => line.includes("next")),
    );
  });

  it("begins no list, heading or quotation by a value", () => {
    const limits = ["- a", "# b", "> c", "1. d", "2) e", "10 f"];
    const lines = markdownReport({ ...equivalent, limits }).split("\n");
    for (const line of ["- \\- a", "- \\# b", "- \\> c", "- 1\\. d", "- 2\\) e", "- 10 f"])
      assert.ok(lines.includes(line), line);
  });

  it("shows code between backquotes as code, and writes no character reference", () => {
    const text = markdownReport({ ...equivalent, limits: ["run `a_b *c* <d>`, not `e"] });
    assert.ok(text.includes("- run `a_b *c* <d>`, not \\`e"));
    assert.doesNotMatch(text, /&#\d+;/);
  });
});
