import assert from "node:assert/strict";
import { restrictedNamespaces, restrictedPods } from "../../../policy/rules/podSecurity.ts";

const container = {
  name: "web",
  securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
};
const pod = {
  securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
  containers: [container],
};

const problems = (spec: object): string[] =>
  restrictedPods({ type: "kubernetes:apps/v1:Deployment", props: { spec: { template: { spec } } } });
const withContainer = (changes: object): string[] =>
  problems({ ...pod, containers: [{ ...container, ...changes }] });
const withContext = (changes: object): string[] =>
  withContainer({ securityContext: { ...container.securityContext, ...changes } });

describe("the policy that pods are restricted", () => {
  it("allows a restricted pod, whatever its kind", () => {
    assert.deepEqual(problems(pod), []);
    assert.deepEqual(restrictedPods({ type: "kubernetes:core/v1:Service", props: { spec: {} } }), []);
  });

  const wrong: Readonly<Record<string, readonly [readonly string[], RegExp]>> = {
    "the node's network": [problems({ ...pod, hostNetwork: true }), /^hostNetwork is true/],
    "the node's processes": [problems({ ...pod, hostPID: true }), /^hostPID is true/],
    "the node's files": [
      problems({ ...pod, volumes: [{ name: "root", hostPath: { path: "/" } }] }),
      /^the volume root is a hostPath; allowed are configMap,/,
    ],
    "a port of the node": [
      withContainer({ ports: [{ containerPort: 80, hostPort: 80 }] }),
      /takes port 80 of the node/,
    ],
    "all rights": [withContext({ privileged: true }), /web is privileged/],
    "more rights later": [withContext({ allowPrivilegeEscalation: undefined }), /may gain rights/],
    "user 0": [withContext({ runAsUser: 0 }), /runs as user 0/],
    "root where the container overrides the pod": [withContext({ runAsNonRoot: false }), /may run as root/],
    capabilities: [withContext({ capabilities: {} }), /keeps capabilities; drop ALL/],
    "added capabilities": [
      withContext({ capabilities: { drop: ["ALL"], add: ["NET_ADMIN"] } }),
      /adds capabilities \(NET_ADMIN\)/,
    ],
    "system calls": [withContext({ seccompProfile: { type: "Unconfined" } }), /has no seccomp profile/],
  };
  for (const [what, [found, message]] of Object.entries(wrong))
    it(`refuses ${what}`, () => {
      assert.equal(found.length, 1);
      assert.match(found.join(), message);
    });

  it("asks of init containers what it asks of others", () => {
    assert.equal(problems({ ...pod, initContainers: [{ name: "first" }] }).length, 2);
  });

  it("finds the pods of each kind", () => {
    const bare = { containers: [container] };
    const template = { spec: { template: { spec: bare } } };
    const kinds: Readonly<Record<string, object>> = {
      "kubernetes:core/v1:Pod": { spec: bare },
      "kubernetes:apps/v1:StatefulSet": template,
      "kubernetes:apps/v1:DaemonSetPatch": template,
      "kubernetes:batch/v1:Job": template,
      "kubernetes:batch/v1:CronJob": { spec: { jobTemplate: template } },
    };
    for (const [type, props] of Object.entries(kinds))
      assert.equal(restrictedPods({ type, props: { ...props } }).length, 2, type);
  });

  it("has namespaces enforce it", () => {
    const of = (labels?: object): string[] =>
      restrictedNamespaces({ type: "kubernetes:core/v1:Namespace", props: { metadata: { labels } } });
    const label = "pod-security.kubernetes.io/enforce";
    assert.deepEqual(of({ [label]: "restricted" }), []);
    assert.match(of().join(), /enforce is missing; set it to restricted/);
    assert.match(of({ [label]: "baseline" }).join(), /enforce is "baseline"; set/);
  });
});
