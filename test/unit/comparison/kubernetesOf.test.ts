import assert from "node:assert/strict";
import { kubernetesOf } from "../../../comparison/kubernetesOf.ts";
import type { Facts } from "../../../comparison/model/exposure.ts";
import { factsIn, known } from "../../../comparison/model/sourceResult.ts";
import { kubernetesInWords } from "../../../comparison/result/words.ts";
import { facts } from "./difference/facts.ts";
import { equivalent } from "./report/example.ts";

const cluster = factsIn(facts.cluster) ?? assert.fail();
const [first = assert.fail(), ...others] = cluster.nodes;

/** @param kubelets of the first node and of the others */
const on = (version: string | undefined, kubelets: readonly [string, string]): Facts => ({
  ...facts,
  cluster: known({
    ...cluster,
    ...(version === undefined ? {} : { kubernetesVersion: version }),
    nodes: [
      { ...first, kubeletVersion: kubelets[0] },
      ...others.map((node) => ({ ...node, kubeletVersion: kubelets[1] })),
    ],
  }),
});

const inWords = (kubernetes: ReturnType<typeof kubernetesOf>): string[] =>
  kubernetesInWords({ ...equivalent, ...(kubernetes === undefined ? {} : { kubernetes }) });

describe("the Kubernetes of a comparison", () => {
  it("has the API server's version, the nodes' and kube-proxy's mode", () => {
    const found = kubernetesOf(on("v1.36.3", ["v1.36.3", "v1.36.3"]));
    assert.deepEqual(found, { version: "v1.36.3", kubelets: ["v1.36.3"], proxyModes: ["nftables"] });
    assert.deepEqual(inWords(found), ["Kubernetes v1.36.3, kube-proxy in nftables mode."]);
  });

  it("says where nodes have another version", () => {
    const found = kubernetesOf(on("v1.36.3", ["v1.36.3", "v1.35.4"]));
    assert.deepEqual(inWords(found), [
      "Kubernetes v1.36.3, kubelets v1.35.4 and v1.36.3, kube-proxy in nftables mode.",
    ]);
  });

  it("leaves out kube-proxy's mode where its rules were not read", () => {
    const there = on("v1.35.4", ["v1.35.4", "v1.35.4"]);
    const unread = { kind: "unavailable", reason: "no access to the nodes" } as const;
    const found = kubernetesOf({
      ...there,
      left: { ...there.left, dataPath: unread },
      right: { ...there.right, dataPath: unread },
    });
    assert.deepEqual(inWords(found), ["Kubernetes v1.35.4."]);
  });

  it("is not named if the API server did not tell its version, and not in a plan", () => {
    assert.equal(kubernetesOf(on(undefined, ["v1.35.4", "v1.35.4"])), undefined);
    assert.equal(kubernetesOf({ ...facts, cluster: { kind: "unreachable", reason: "" } }), undefined);
    assert.deepEqual(inWords(undefined), []);
  });
});
