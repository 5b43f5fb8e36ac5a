import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { headerAppImage } from "../../../../comparison/scenarios/testbed/headerApp.ts";
import { labClouds } from "../../../../lab/clouds/index.ts";
import { librariesIn, proxyImage } from "../../../../lab/tools/proxyImage.ts";

const listing = `\tlinux-vdso.so.1 (0x00007f02821b7000)
\tlibm.so.6 => /lib/x86_64-linux-gnu/libm.so.6 (0x00007f02820c6000)
\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f027ae1e000)
\t/lib64/ld-linux-x86-64.so.2 (0x00007f02821b9000)
`;

describe("the image of the load balancers' proxy", () => {
  it("has the libraries that the program is linked to, and the dynamic linker", () => {
    assert.deepEqual(librariesIn(listing), [
      "/lib/x86_64-linux-gnu/libm.so.6",
      "/lib/x86_64-linux-gnu/libc.so.6",
      "/lib64/ld-linux-x86-64.so.2",
    ]);
    assert.deepEqual(librariesIn("\tstatically linked\n"), []);
  });

  it("has the program at upstream's place, and finds the libraries at theirs", () => {
    const contents = new Map(
      ["/cache/envoy", ...librariesIn(listing)].map((path) => [path, Buffer.from(path)]),
    );
    const image = { name: "docker.io/envoyproxy/envoy:v1", program: "/usr/local/bin/envoy" };
    const { names, layers, config } = proxyImage(image, "/cache/envoy", contents);
    assert.deepEqual(names, [image.name]);
    assert.deepEqual(
      layers.flat().map(({ name, content }) => [name, String(content)]),
      [
        ["usr/local/bin/envoy", "/cache/envoy"],
        ["lib/x86_64-linux-gnu/libm.so.6", "/lib/x86_64-linux-gnu/libm.so.6"],
        ["lib/x86_64-linux-gnu/libc.so.6", "/lib/x86_64-linux-gnu/libc.so.6"],
        ["lib64/ld-linux-x86-64.so.2", "/lib64/ld-linux-x86-64.so.2"],
      ],
    );
    assert.deepEqual(config, {
      Entrypoint: ["/usr/local/bin/envoy"],
      Env: ["LD_LIBRARY_PATH=/lib/x86_64-linux-gnu:/lib64"],
    });
  });

  for (const { name, loadBalancerProxy } of labClouds)
    if (loadBalancerProxy !== undefined)
      it(`has the version of its package, and is what the scenarios' app asks for: ${name}`, () => {
        const { image, requirements } = loadBalancerProxy;
        const [, version = ""] = /^[a-z-]+==(\S+)/m.exec(readFileSync(requirements, "utf8")) ?? [];
        assert.match(image.name, new RegExp(`v${version.replaceAll(".", "\\.")}$`));
        assert.equal(headerAppImage, image.name);
      });
});
