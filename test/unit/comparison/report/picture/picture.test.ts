import assert from "node:assert/strict";
import type { Comparison, Picture } from "../../../../../comparison/result/comparison.ts";
import { dotOf, legendDot, ownersIn } from "../../../../../comparison/report/picture/dot.ts";
import { drawing } from "../../../../../comparison/report/picture/draw.ts";
import { picturesOf, pictureSvg } from "../../../../../comparison/report/picture/picture.ts";
import { equivalent } from "../example.ts";

const titles = { left: "NodePort + own NLB", right: "LoadBalancer" };
const both = { titles, sides: ["left", "right"] as const, legend: false };

/** Positions of a text in a drawing. */
function placesOf(svg: string, label: string): { x: number; y: number }[] {
  const texts = svg.matchAll(/<text[^>]* x="(-?[\d.]+)" y="(-?[\d.]+)"[^>]*>([^<]*)<\/text>/g);
  return [...texts]
    .filter(
      ([, , , text]) =>
        text?.replaceAll("&#160;", "").replaceAll("\u00a0", "").replaceAll("&#45;", "-") === label,
    )
    .map(([, x, y]) => ({ x: Number(x), y: Number(y) }));
}

describe("the picture", function () {
  // Graphviz is loaded with the first drawing.
  this.timeout(20_000);

  it("distinguishes owners by shape and pattern, not only by colour", () => {
    const looks = ownersIn(equivalent.picture).map((owner) => / shape=.*$/m.exec(legendDot(owner))?.[0]);
    assert.deepEqual(ownersIn(equivalent.picture), ["program", "cloud controller", "kubernetes"]);
    assert.equal(new Set(looks).size, 3);
  });

  it("draws the two ways side by side as mirror images", async () => {
    const draw = await drawing();
    const svg = draw(dotOf(equivalent.picture, both), "both");
    const [left, right] = placesOf(svg, "Network Load Balancer");
    assert(left !== undefined && right !== undefined && left.x < right.x && left.y === right.y);
    const [client] = placesOf(svg, "client");
    assert(client !== undefined && left.x < client.x && client.x < right.x && client.y < left.y);
    const [service] = placesOf(svg, "type: NodePort");
    const [other] = placesOf(svg, "type: LoadBalancer");
    const proxies = placesOf(svg, "kube-proxy").map(({ x }) => x);
    assert(service !== undefined && service.x < Math.min(...proxies));
    assert(other !== undefined && other.x > Math.max(...proxies));
  });

  it("keeps the order of zones, and draws pods below the kube-proxies", async () => {
    const draw = await drawing();
    const svg = draw(dotOf(equivalent.picture, { ...both, sides: ["right"] }), "right");
    const zones = ["us-west-2a", "us-west-2b", "us-west-2c"].map((zone) => placesOf(svg, zone)[0]?.x ?? NaN);
    assert.deepEqual(
      zones,
      [...zones].sort((a, b) => a - b),
    );
    const [proxy, pod] = [placesOf(svg, "kube-proxy")[0], placesOf(svg, "pod")[0]];
    assert(proxy !== undefined && pod !== undefined && proxy.y < pod.y);
  });

  it("labels only one of several equal lines that begin at one object", async () => {
    const draw = await drawing();
    const svg = draw(dotOf(equivalent.picture, both), "both");
    assert.equal(placesOf(svg, "TCP 32089").length, 1);
    assert.equal(placesOf(svg, "TCP 80").length, 2);
  });

  it("draws what exists if most objects are missing", async () => {
    const draw = await drawing();
    const few = equivalent.picture.objects.filter(({ kind }) => kind === "client" || kind === "Service");
    const bare: Picture = { objects: few, edges: equivalent.picture.edges };
    const svg = draw(dotOf(bare, { ...both, legend: true }), "both");
    assert.equal(placesOf(svg, "client").length, 1);
    assert.match(draw(dotOf({ objects: [], edges: [] }, both), "nothing"), /^<svg/);
  });

  it("escapes labels", async () => {
    const label = '"]; evil [label="x"] \\N <b>&';
    const objects = equivalent.picture.objects.map((object) =>
      object.id === "client" ? { ...object, label } : object,
    );
    const svg = await pictureSvg({ ...equivalent, picture: { ...equivalent.picture, objects } });
    assert.match(svg, />&quot;\]; evil \[label=&quot;x&quot;\] \\N &lt;b&gt;&amp;</);
  });

  it("can be included in a page several times: no ids, and a description for each", async () => {
    const { both: wide, each, legend } = await picturesOf(equivalent);
    for (const svg of [wide, each.left, each.right, ...legend]) {
      assert.doesNotMatch(svg, / id=| style=|<title|<!--/);
      assert.match(svg, /^<svg class="picture" role="img" aria-label="[^"]+"/);
    }
  });

  it("is a complete file with colours and a legend", async () => {
    const hostile: Comparison = { ...equivalent, left: { ...equivalent.left, title: '<"&' } };
    const svg = await pictureSvg(hostile);
    assert.match(svg, /aria-label="&lt;&quot;&amp; on the left, LoadBalancer on the right"/);
    assert.match(svg, /prefers-color-scheme: dark/);
    assert.equal(placesOf(svg, "created by the cloud controller manager").length, 1);
  });
});
