import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadKubeconfig } from "../../../../../comparison/sources/kubernetes/kubeconfig.ts";
import { PlainReason } from "../../../../../comparison/sources/reasons/plainReason.ts";

describe("a kubeconfig", () => {
  let directory: string;
  const environment = { KUBECONFIG: process.env.KUBECONFIG, HOME: process.env.HOME };
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "kubeconfig-test-"));
  });
  afterEach(() => {
    rmSync(directory, { recursive: true });
    Object.assign(process.env, environment);
    if (environment.KUBECONFIG === undefined) delete process.env.KUBECONFIG;
  });

  const file = (content: string): string => {
    const path = join(directory, "config");
    writeFileSync(path, content);
    return path;
  };
  const whole = (current: string): string =>
    JSON.stringify({
      clusters: [{ name: "c", cluster: { server: "https://k8s.example" } }],
      users: [{ name: "u", user: { token: "t" } }],
      contexts: [
        { name: "one", context: { cluster: "c", user: "u" } },
        { name: "two", context: { cluster: "c", user: "u" } },
      ],
      "current-context": current,
    });
  const refuses = (load: () => unknown, message: string | RegExp): void => {
    assert.throws(load, (error) => {
      assert.ok(error instanceof PlainReason);
      if (typeof message === "string") assert.equal(error.message, message);
      else assert.match(error.message, message);
      return true;
    });
  };

  it("is read from the file that is asked for", () => {
    assert.equal(loadKubeconfig(file(whole("one"))).getCurrentCluster()?.server, "https://k8s.example");
  });

  it("has the context that is asked for, instead of its current one", () => {
    assert.equal(loadKubeconfig(file(whole("one")), "two").getCurrentContext(), "two");
  });

  it("is refused without the context that is asked for, naming those that it has", () => {
    refuses(
      () => loadKubeconfig(file(whole("one")), "three"),
      'the kubeconfig has no context "three"; it has one, two',
    );
  });

  it("is read from KUBECONFIG", () => {
    process.env.KUBECONFIG = file(whole("two"));
    assert.equal(loadKubeconfig().getCurrentContext(), "two");
  });

  it("is refused if the file is not there", () => {
    refuses(
      () => loadKubeconfig("/nowhere/config"),
      "there is no kubeconfig /nowhere/config; name an existing file",
    );
  });

  it("is refused if a file in KUBECONFIG is not there", () => {
    process.env.KUBECONFIG = `${file(whole("one"))}:/nowhere/config`;
    refuses(
      () => loadKubeconfig(),
      "there is no kubeconfig /nowhere/config; set KUBECONFIG to an existing file",
    );
  });

  it("is missed if there is none anywhere", () => {
    delete process.env.KUBECONFIG;
    process.env.HOME = directory;
    refuses(
      () => loadKubeconfig(),
      "no kubeconfig found: neither KUBECONFIG nor ~/.kube/config names a cluster",
    );
  });

  it("is refused without a current context, and the message names the existing ones", () => {
    refuses(
      () => loadKubeconfig(file(whole(""))),
      "the kubeconfig has no cluster for its current context, which is not set; choose one with kubectl config use-context: one, two",
    );
  });

  it("is refused with a current context that it does not have", () => {
    refuses(
      () => loadKubeconfig(file(whole("three"))),
      'the kubeconfig has no cluster for its current context "three"; choose one with kubectl config use-context: one, two',
    );
  });

  it("is refused if it is empty", () => {
    refuses(
      () => loadKubeconfig(file("apiVersion: v1\nkind: Config\n")),
      "the kubeconfig has no cluster for its current context, which is not set; it has no contexts at all",
    );
  });

  it("is refused if it is no YAML, on one line", () => {
    refuses(() => loadKubeconfig(file("{{{")), /^the kubeconfig cannot be read: [^\n]+$/);
  });
});
