import assert from "node:assert/strict";
import { startedOtherwise } from "../../../lab/plan.ts";
import type { LabPlan } from "../../../lab/plan.ts";

describe("a running lab", () => {
  const tools = {
    root: "/cache",
    bin: "/bin",
    cni: "/cni",
    images: [],
    python: "python3",
    pythonHome: "/usr",
  };
  const ports = { kubernetes: 1, cloudApi: 2, nodePort: 3, loadBalancer: 4 };
  const plan: LabPlan = {
    ...{ checkout: "/project", directory: "/project/.lab", kubeconfig: "kubeconfig", ports, timeScale: 1 },
    tools,
  };
  const withController = { ...plan, tools: { ...tools, loadBalancerController: "/controller" } };

  it("is what is wanted with the usual mode of kube-proxy, named or not", () => {
    assert.equal(startedOtherwise(plan, { ...plan, proxyMode: "nftables" }), undefined);
    assert.equal(startedOtherwise({ ...plan, proxyMode: "nftables" }, plan), undefined);
  });

  it("lacks the proxy for load balancers", () => {
    const withProxy = { ...plan, tools: { ...tools, loadBalancerProxy: "/envoy" } };
    assert.equal(startedOtherwise(withProxy, plan), "without the proxy that lab:loadBalancerProxy asks for");
    assert.equal(startedOtherwise(plan, withProxy), undefined);
  });

  it("has another mode of kube-proxy", () => {
    assert.equal(
      startedOtherwise({ ...plan, proxyMode: "iptables" }, plan),
      "with kube-proxy in nftables mode, and lab:proxyMode asks for iptables",
    );
    assert.match(
      startedOtherwise(plan, { ...plan, proxyMode: "iptables" }) ?? "",
      /^with .* in iptables mode/,
    );
  });

  it("has an account in another shape", () => {
    assert.equal(startedOtherwise(plan, { ...plan, shape: "usual" }), undefined);
    assert.equal(
      startedOtherwise({ ...plan, shape: "kops" }, plan),
      "with an account in the shape usual, and lab:shape asks for kops",
    );
    assert.match(startedOtherwise(plan, { ...plan, shape: "kops" }) ?? "", /^with .* in the shape kops,/);
  });

  it("has another version of Kubernetes", () => {
    assert.equal(startedOtherwise(plan, { ...plan, kubernetesVersion: "1.35" }), undefined);
    assert.equal(
      startedOtherwise({ ...plan, kubernetesVersion: "1.36" }, plan),
      "Kubernetes 1.35, and lab:kubernetesVersion asks for 1.36",
    );
    assert.match(startedOtherwise(plan, { ...plan, kubernetesVersion: "1.34" }) ?? "", /^Kubernetes 1\.34,/);
  });

  it("lacks a controller, and may have one too many", () => {
    assert.match(startedOtherwise(withController, plan) ?? "", /^without the controller/);
    assert.equal(startedOtherwise(plan, withController), undefined);
  });
});
