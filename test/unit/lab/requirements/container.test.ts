/** The container in which the lab runs on other systems. */
import assert from "node:assert/strict";
import { accessSync, constants, readFileSync } from "node:fs";
import { parse } from "yaml";
import { defaultCloud } from "../../../../lab/clouds/index.ts";
import { explainPlatform } from "../../../../lab/requirements/explain.ts";
import { thisMachine } from "../../../../lab/requirements/machine.ts";
import { requirementsOf } from "../../../../lab/requirements/requirements.ts";

const text = readFileSync("Containerfile", "utf8");
const { config } = parse(readFileSync("Pulumi.dev.yaml", "utf8")) as {
  readonly config: { readonly "lab:ports": Readonly<Record<string, number>> };
};
const { kubernetes, nodePort, loadBalancer } = config["lab:ports"];
const container = JSON.parse(readFileSync(".devcontainer/devcontainer.json", "utf8")) as {
  readonly build: { readonly dockerfile: string; readonly context: string };
  readonly privileged: boolean;
  readonly forwardPorts: readonly number[];
  readonly mounts: readonly { readonly type: string; readonly target: string }[];
};

describe("the container of the lab", () => {
  it("has every package that the lab asks for, in either mode of kube-proxy", () => {
    const [, listed = ""] = /--no-install-recommends \\\n +(.*) \\/.exec(text) ?? [];
    const installed = listed.split(" ");
    const needed = requirementsOf(defaultCloud, "iptables").flatMap((requirement) => {
      const remedy = requirement.remedy({ ...thisMachine(), uid: 1 });
      // Go comes from an image of its own: Debian's is too old.
      return remedy.kind === "packages" ? remedy.packages.apt.filter((each) => each !== "golang-go") : [];
    });
    assert.ok(needed.length > 8, needed.join());
    assert.deepEqual(
      needed.filter((each) => !installed.includes(each)),
      [],
    );
    assert.match(text, /^COPY --from=go \/usr\/local\/go /m);
  });

  it("has a Node and a Go that the project can use", () => {
    const { engines } = JSON.parse(readFileSync("package.json", "utf8")) as {
      readonly engines: { readonly node: string };
    };
    const [, node = "0"] = /^FROM \S+node:(\d+)-/m.exec(text) ?? [];
    assert.ok(Number(node) >= Number(/\d+/.exec(engines.node)?.[0]), node);
    const [, go = "none"] = /^FROM \S+golang:([\d.]+)-/m.exec(text) ?? [];
    assert.ok(readFileSync("lab/parts/go.mod", "utf8").includes(`\ngo ${go}.`), go);
  });

  it("is allowed what the lab needs, and hands on the ports of the lab", () => {
    assert.deepEqual(
      [container.privileged, container.build],
      [true, { dockerfile: "../Containerfile", context: ".." }],
    );
    assert.deepEqual(container.forwardPorts, [nodePort, loadBalancer, kubernetes]);
    assert.match(text, new RegExp(`^EXPOSE ${nodePort} ${loadBalancer}$`, "m"));
    const entry = readFileSync(".devcontainer/entrypoint", "utf8");
    assert.match(entry, new RegExp(`for port in ${nodePort} ${loadBalancer};`));
    accessSync(".devcontainer/entrypoint", constants.X_OK);
    const said = explainPlatform({ ...thisMachine(), platform: "darwin" });
    for (const port of [nodePort, loadBalancer]) assert.ok(said.includes(`-p ${port}:${port}`), said);
  });

  it("keeps the lab's state and what is built outside of the image's overlayfs", () => {
    assert.match(text, /^VOLUME \["\/root\/.cache", "\/project\/.lab"\]$/m);
    const targets = container.mounts.filter(({ type }) => type === "volume").map(({ target }) => target);
    assert.ok(
      targets.includes("/root/.cache") && targets.some((each) => each.endsWith("/.lab")),
      targets.join(),
    );
  });
});
