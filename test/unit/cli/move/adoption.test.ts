import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UsageError } from "../../../../cli/command.ts";
import { adoptedServices, configureAdopted, removeAdopted } from "../../../../cli/move/adoptedServices.ts";
import {
  additionRefusal,
  adoptionPlanText,
  adoptionSteps,
  asksWhetherAllowed,
  changedParts,
  givingBackSteps,
  isServed,
} from "../../../../cli/move/adoptionSteps.ts";
import { cleanupFinalizer } from "../../../../comparison/clouds/serviceController.ts";
import { service } from "../../comparison/clouds/aws/cloudControllerManager/cluster.ts";
import { adoptionArguments } from "../../../../cli/move/arguments.ts";

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

  it("is the controller's until its own finalizer is gone, whatever others there are", () => {
    const served = (type: string, ...finalizers: string[]) =>
      isServed({ ...service(), type, finalizers }, cleanupFinalizer);
    assert.ok(served("LoadBalancer") && served("NodePort", cleanupFinalizer, "example.com/keep"));
    assert.ok(!served("NodePort") && !served("NodePort", "example.com/keep"));
  });

  it("is not refused any more once the controller was told to let go", () => {
    const asks = (type: string, isConfigured: boolean) => asksWhetherAllowed({ type }, { isConfigured });
    assert.ok(asks("LoadBalancer", false) && asks("LoadBalancer", true) && asks("NodePort", false));
    assert.ok(!asks("NodePort", true));
  });

  it("is not given back with what the program has added, which is named", () => {
    assert.equal(additionRefusal([], "dev"), undefined);
    const urn = "urn:pulumi:dev::shop::aws:vpc/rule:Rule::a1-tcp-80-10.0.0.0/8";
    assert.match(
      additionRefusal([urn], "dev") ?? "",
      /has added to it since \(a1-tcp-80-10\.0\.0\.0\/8\).*undo these changes of its entry in Pulumi\.dev\.yaml, npm run up/,
    );
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
    assert.deepEqual(adoptedServices(directory, "dev"), {});
    const web = { ports: [{ port: 80 }], import: { name: "a1" } };
    configureAdopted(directory, "dev", "shop/web", web);
    configureAdopted(directory, "dev", "shop/api", { ports: [] });
    assert.deepEqual(adoptedServices(directory, "dev"), { "shop/web": web, "shop/api": { ports: [] } });
    assert.ok(file().startsWith(before));
    removeAdopted(directory, "dev", "shop/web");
    assert.deepEqual(adoptedServices(directory, "dev"), { "shop/api": { ports: [] } });
    removeAdopted(directory, "dev", "shop/api");
    assert.equal(file(), before);
  });
});
