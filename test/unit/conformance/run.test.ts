import assert from "node:assert/strict";
import { presets } from "../../../conformance/presets.ts";
import { commandLine, SpecCounter } from "../../../conformance/run.ts";

const suite = { specs: "/cache/e2e.test", runner: "/cache/ginkgo", version: "v1.35.4", found: true };
const places = { access: "/run/kubeconfig", results: "/run" };

/** The names of specs that a preset runs, as ginkgo chooses them. */
function chosen(preset: keyof typeof presets, names: readonly string[]): string[] {
  const { focus = [], skip = [] } = presets[preset] ?? {};
  const matches = (patterns: readonly string[], name: string) =>
    patterns.some((pattern) => new RegExp(pattern).test(name));
  return names.filter((name) => matches(focus, name) && !matches(skip, name));
}

describe("presets of specs", () => {
  const names = [
    "[sig-network] Services should serve a basic endpoint from pods [Conformance]",
    "[sig-network] Services should work after the service has been recreated",
    "[sig-network] Services should fallback to local terminating endpoints [Serial]",
    "[sig-network] Services should implement something [Feature:SCTPConnectivity]",
    "[sig-network] DNS should provide DNS for the cluster [Conformance]",
    "[sig-network] HostPort validates that there is no conflict [LinuxOnly] [Conformance]",
    "[sig-node] Pods should be updated [Conformance]",
  ];

  it("of Services leave out what disturbs others, and features that clusters may lack", () => {
    assert.deepEqual(chosen("services", names), names.slice(0, 2));
  });

  it("in short are what a conformant cluster must do", () => {
    assert.deepEqual(chosen("short", names), [names[0], names[4]]);
  });

  it("of the network leave Services to their own preset", () => {
    assert.deepEqual(chosen("network", names), names.slice(4, 6));
  });
});

describe("presets of specs of load balancers", () => {
  const loadBalancers = "[sig-network] LoadBalancers [Feature:LoadBalancer] should";
  const names = [
    `${loadBalancers} not have connectivity disruption during rolling update with externalTrafficPolicy=Cluster [Slow]`,
    `${loadBalancers} handle load balancer cleanup finalizer for service [Slow]`,
    "[sig-network] Services should serve a basic endpoint from pods [Conformance]",
  ];

  it("are all of them with the cloud controller's, and the rolling updates with the program's own", () => {
    assert.deepEqual(chosen("loadbalancer", names), names.slice(0, 2));
    assert.deepEqual(chosen("nodeport", names), names.slice(0, 1));
  });

  it("say who makes the load balancers", () => {
    const makers = ["loadbalancer", "nodeport", "services"].map((name) => presets[name]?.loadBalancersBy);
    assert.deepEqual(makers, ["cloud controller", "program", undefined]);
  });
});

describe("ginkgo's command line", () => {
  const preset = { about: "", focus: ["A", "B"], skip: ["C"] };

  it("gives ginkgo's flags before the suite, and the suite's after the dashes", () => {
    const line = commandLine({ suite, preset, processes: 4 }, places);
    const dashes = line.indexOf("--");
    assert.equal(line[0], suite.runner);
    assert.equal(line[dashes - 1], suite.specs);
    assert.ok(line.indexOf("--procs=4") < dashes);
    assert.ok(line.indexOf("--output-dir=/run") < dashes);
    assert.ok(line.indexOf("--kubeconfig=/run/kubeconfig") > dashes);
    assert.deepEqual(
      line.filter((word) => /^--(focus|skip)=/.test(word)),
      ["--focus=A", "--focus=B", "--skip=C"],
    );
  });

  it("narrows each pattern of the preset to a part", () => {
    const line = commandLine({ suite, preset, processes: 4, only: "x" }, places);
    assert.deepEqual(
      line.filter((word) => word.startsWith("--focus=")),
      ["--focus=A.*x", "--focus=B.*x"],
    );
  });
});

describe("progress of a run", () => {
  it("counts specs that are done, and those that failed", () => {
    const lines: string[] = [];
    const counter = new SpecCounter((line) => lines.push(line));
    for (const line of [
      "Will run 47 of 7157 specs",
      "noise • in a log",
      "••",
      "• [FAILED] [3.2 seconds]",
      "•",
    ])
      counter.read(line);
    assert.deepEqual(lines, [
      "0 of 47 specs, 0 failed",
      "2 of 47 specs, 0 failed",
      "3 of 47 specs, 1 failed",
      "4 of 47 specs, 1 failed",
    ]);
  });
});
