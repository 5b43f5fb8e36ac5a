import assert from "node:assert/strict";
import type { Picture } from "../../../../../comparison/result/comparison.ts";
import { condensed } from "../../../../../comparison/report/picture/condensed.ts";
import { pictureSvg } from "../../../../../comparison/report/picture/picture.ts";
import { equivalent } from "../example.ts";

/** The example with many more nodes in the first zone of the left side, each with one pod. */
function grown(more: number): Picture {
  const { objects, edges } = equivalent.picture;
  const numbers = Array.from({ length: more }, (_, index) => index);
  const shared = { side: "left", label: "x", owner: "kubernetes" } as const;
  const nodes = numbers.flatMap((number): Picture["objects"] => [
    { ...shared, kind: "node", id: `n${number}`, within: "left zone a" },
    { ...shared, kind: "pod", id: `p${number}`, within: `n${number}` },
  ]);
  const pods = nodes.filter(({ kind }) => kind === "pod");
  const proxies = objects.filter(({ kind, side }) => kind === "kube-proxy" && side === "left");
  const traffic = proxies.flatMap(({ id: from }) =>
    pods.map(({ id: to }): Picture["edges"][number] => ({ from, to, kind: "traffic", label: "" })),
  );
  return { objects: [...objects, ...nodes], edges: [...edges, ...traffic] };
}

describe("the picture of a large cluster", function () {
  this.timeout(20_000);

  it("does not change for a small cluster", () => {
    assert.deepEqual(condensed(equivalent.picture), equivalent.picture);
    assert.deepEqual(condensed(grown(3)), grown(3));
  });

  it("shows equally many nodes of each zone, and how many more there are", () => {
    const { objects, edges } = condensed(grown(100));
    const nodes = objects.filter(({ kind, side }) => kind === "node" && side === "left");
    assert.equal(nodes.length, 4);
    assert.equal(objects.find(({ id }) => id === "left zone a")?.label, "us-west-2a\nand 99 more");
    assert.equal(objects.find(({ id }) => id === "left zone b")?.label, "us-west-2b");
    const ids = new Set(objects.map(({ id }) => id));
    assert(edges.every(({ from, to }) => ids.has(from) && ids.has(to)));
    assert(!ids.has("p99"));
  });

  it("is drawn for any number of nodes", async () => {
    assert.match(await pictureSvg({ ...equivalent, picture: grown(1000) }), /and 999 more/);
  });
});
