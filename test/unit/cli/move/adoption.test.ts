import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UsageError } from "../../../../cli/command.ts";
import { adoptedServices, configureAdopted, removeAdopted } from "../../../../cli/move/adoptedServices.ts";
import {
  adoptionPlanText,
  adoptionSteps,
  changedParts,
  givingBackSteps,
} from "../../../../cli/move/adoptionSteps.ts";
import { adoptionArguments } from "../../../../cli/move/arguments.ts";
import { parentOf } from "../../../../cli/stackState.ts";

describe("taking over a load balancer", () => {
  it("describes and imports it before the controller lets go", () => {
    assert.deepEqual(adoptionSteps({ isConfigured: false, isOwned: false, isServed: true }), [
      "describe",
      "import",
      "let go",
    ]);
  });

  it("goes on where it was stopped", () => {
    const described = { isConfigured: true, isOwned: false, isServed: true };
    assert.deepEqual(adoptionSteps(described), ["import", "let go"]);
    assert.deepEqual(adoptionSteps({ ...described, isOwned: true, isServed: false }), ["import"]);
  });

  it("goes back as long as the configuration or the state has it", () => {
    const all = ["take back", "forget"];
    assert.deepEqual(givingBackSteps({ isConfigured: true, isOwned: true, isServed: false }), all);
    assert.deepEqual(givingBackSteps({ isConfigured: true, isOwned: false, isServed: true }), all);
    assert.deepEqual(givingBackSteps({ isConfigured: false, isOwned: false, isServed: true }), []);
  });

  it("is shown step by step, with what it costs", () => {
    const named = { service: "shop/web", loadBalancer: "a1", controller: "the controller", stack: "dev" };
    const lines = adoptionPlanText(["describe", "import", "let go"], named).split("\n");
    assert.match(lines[0] ?? "", /^1\. Describe a1 in Pulumi\.dev\.yaml/);
    assert.match(lines[2] ?? "", /^3\. Let the controller go, by one change of the Service shop\/web/);
    assert.match(lines[3] ?? "", /^It costs nothing/);
  });

  it("names what changed, what is gone and what is new", () => {
    assert.deepEqual(changedParts({ a: { x: 1 }, b: 1, c: 2 }, { a: { x: 1 }, b: 2, d: 3 }), ["b", "c", "d"]);
  });

  it("finds the component by the id of what it has", () => {
    const deployment = { deployment: { resources: [{ type: "t", id: "arn:1", parent: "urn:parent" }] } };
    assert.equal(parentOf(deployment, "arn:1"), "urn:parent");
    assert.equal(parentOf(deployment, "arn:2"), undefined);
  });
});

describe("the arguments of taking over a load balancer", () => {
  const none = { remove: false, plan: false };
  const refused = (values: Parameters<typeof adoptionArguments>[0], reason: RegExp) =>
    assert.throws(
      () => adoptionArguments(values),
      (error) => error instanceof UsageError && reason.test(error.message),
    );

  it("are a Service and a direction; without them clients move", () => {
    assert.equal(adoptionArguments({ ...none, to: "nodeport" }), undefined);
    const service = { namespace: "shop", name: "web" };
    assert.deepEqual(adoptionArguments({ ...none, adopt: "shop/web", plan: true }), {
      ...{ direction: "adopt", service, isPlan: true },
    });
    assert.equal(adoptionArguments({ ...none, "give-back": "shop/web" })?.direction, "give back");
  });

  it("are refused beside those of a move, and without a namespace", () => {
    refused({ ...none, adopt: "web" }, /--adopt "web" is not allowed; allowed is NAMESPACE\/NAME/);
    refused({ ...none, adopt: "shop/web", to: "nodeport" }, /--adopt and --to are given; .* only --plan/);
    refused({ ...none, adopt: "shop/web", "give-back": "shop/web" }, /--adopt and --give-back are given/);
    refused({ adopt: "shop/web", remove: true }, /--adopt and --remove are given/);
  });
});

describe("load balancers that were taken over, in the configuration", () => {
  let directory: string;
  const file = () => readFileSync(join(directory, "Pulumi.dev.yaml"), "utf8");
  const before = "config:\n  # A comment.\n  shop:clusterName: dev\n";

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "adopted-"));
    writeFileSync(join(directory, "Pulumi.yaml"), "name: shop\n");
    writeFileSync(join(directory, "Pulumi.dev.yaml"), before);
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  it("are written, found and removed, and everything else stays", () => {
    assert.deepEqual(adoptedServices(directory, "dev"), []);
    configureAdopted(directory, "dev", "shop/web", { ports: [{ port: 80 }], import: { name: "a1" } });
    configureAdopted(directory, "dev", "shop/api", { ports: [] });
    assert.deepEqual(adoptedServices(directory, "dev"), ["shop/web", "shop/api"]);
    assert.ok(file().startsWith(before));
    removeAdopted(directory, "dev", "shop/web");
    assert.deepEqual(adoptedServices(directory, "dev"), ["shop/api"]);
    removeAdopted(directory, "dev", "shop/api");
    assert.equal(file(), before);
  });
});
