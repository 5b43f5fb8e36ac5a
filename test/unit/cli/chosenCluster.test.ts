import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { chosenCluster } from "../../../cli/chosenCluster.ts";
import { UsageError } from "../../../cli/command.ts";

const service = ["shop/web", "shop/web-lb"];

describe("the cluster that a command line names", () => {
  it("is none by default", () => {
    assert.equal(chosenCluster({ service }), undefined);
    assert.equal(chosenCluster({ orphans: true }), undefined);
  });

  it("has a kubeconfig, a context, or both", () => {
    assert.deepEqual(chosenCluster({ service, context: "eks" }), { context: "eks" });
    const kubeconfig = fileURLToPath(import.meta.url);
    assert.deepEqual(chosenCluster({ orphans: true, kubeconfig, context: "eks" }), {
      kubeconfig,
      context: "eks",
    });
  });

  const wrong: readonly (readonly [string, Parameters<typeof chosenCluster>[0], string])[] = [
    [
      "with manifests",
      { file: ["a.yaml"], context: "eks" },
      "--context names a cluster, and --file needs none; give only one of them",
    ],
    [
      "for the stack dev",
      { kubeconfig: "a.yaml" },
      "--kubeconfig needs --service or --orphans, and there is neither",
    ],
    [
      "if its kubeconfig does not exist",
      { service, kubeconfig: "/no/such/kubeconfig" },
      '--kubeconfig "/no/such/kubeconfig" is no file; name a kubeconfig that exists',
    ],
    ["if it is empty", { service, context: "" }, '--context "" is not allowed; allowed is a context\'s name'],
  ];
  for (const [when, values, message] of wrong)
    it(`is refused ${when}`, () =>
      assert.throws(
        () => chosenCluster(values),
        (error) => error instanceof UsageError && error.message === message,
      ));
});
