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
const withPodContext = (changes: object): string[] =>
  problems({ ...pod, securityContext: { ...pod.securityContext, ...changes } });

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
    "root where the container overrides the pod": [
      withContext({ runAsNonRoot: false }),
      /web has runAsNonRoot false; allowed are true/,
    ],
    capabilities: [withContext({ capabilities: {} }), /keeps capabilities; drop ALL/],
    "added capabilities": [
      withContext({ capabilities: { drop: ["ALL"], add: ["NET_ADMIN"] } }),
      /adds capabilities \(NET_ADMIN\)/,
    ],
    "system calls": [
      withContext({ seccompProfile: { type: "Unconfined" } }),
      /web has seccompProfile\.type "Unconfined"; allowed are RuntimeDefault, Localhost/,
    ],
    "no seccomp profile": [
      problems({ ...pod, securityContext: { runAsNonRoot: true } }),
      /web has no seccomp profile/,
    ],
    "no word on root": [
      problems({ ...pod, securityContext: { seccompProfile: { type: "Localhost" } } }),
      /web may run as root/,
    ],
    "user 0 of the pod": [withPodContext({ runAsUser: 0 }), /^the pod runs as user 0/],
    "another /proc": [
      withContext({ procMount: "Unmasked" }),
      /web has procMount "Unmasked"; allowed are Default/,
    ],
    "a type of SELinux": [
      withContext({ seLinuxOptions: { type: "spc_t" } }),
      /web has seLinuxOptions\.type "spc_t"; allowed are container_t,/,
    ],
    "a user of SELinux": [
      withPodContext({ seLinuxOptions: { user: "system_u" } }),
      /^the pod has seLinuxOptions\.user "system_u"; omit it/,
    ],
    "a role of SELinux": [withContext({ seLinuxOptions: { role: "sysadm_r" } }), /seLinuxOptions\.role/],
    "no AppArmor": [
      withPodContext({ appArmorProfile: { type: "Unconfined" } }),
      /^the pod has appArmorProfile\.type "Unconfined"; allowed are/,
    ],
    "no AppArmor by the older annotation": [
      restrictedPods({
        type: "kubernetes:core/v1:Pod",
        props: {
          metadata: { annotations: { "container.apparmor.security.beta.kubernetes.io/web": "unconfined" } },
          spec: pod,
        },
      }),
      /io\/web is "unconfined"; allowed are runtime\/default/,
    ],
    "sysctls of the node": [
      withPodContext({ sysctls: [{ name: "net.ipv4.tcp_rmem" }, { name: "kernel.msgmax" }] }),
      /^the pod sets the sysctl kernel\.msgmax; allowed are kernel\.shm_rmid_forced,/,
    ],
    "a process of Windows' host": [
      withPodContext({ windowsOptions: { hostProcess: true } }),
      /^the pod has windowsOptions\.hostProcess true/,
    ],
    "a probe of another host": [
      withContainer({ livenessProbe: { httpGet: { host: "169.254.169.254", port: 80 } } }),
      /web sets livenessProbe\.httpGet\.host/,
    ],
    "a hook to another host": [
      withContainer({ lifecycle: { preStop: { tcpSocket: { host: "10.0.0.1" } } } }),
      /web sets lifecycle\.preStop\.tcpSocket\.host/,
    ],
  };
  for (const [what, [found, message]] of Object.entries(wrong))
    it(`refuses ${what}`, () => {
      assert.equal(found.length, 1);
      assert.match(found.join(), message);
    });

  it("allows what the standard lists besides none", () => {
    const context = {
      appArmorProfile: { type: "Localhost" },
      seLinuxOptions: { type: "container_t", user: "", level: "s0" },
      windowsOptions: { hostProcess: false },
      runAsUser: 1000,
    };
    assert.deepEqual(withPodContext({ ...context, sysctls: [{ name: "net.ipv4.tcp_wmem" }] }), []);
    assert.deepEqual(withContext({ ...context, procMount: "Default" }), []);
    assert.deepEqual(withContainer({ readinessProbe: { httpGet: { path: "/", port: 80, host: "" } } }), []);
    assert.deepEqual(problems({ ...pod, volumes: [{ name: "model", image: { reference: "x" } }] }), []);
  });

  it("takes null for nothing", () => {
    assert.match(withPodContext({ runAsNonRoot: null }).join(), /web may run as root/);
    assert.match(withPodContext({ seccompProfile: null }).join(), /web has no seccomp profile/);
    assert.deepEqual(withContext({ procMount: null, seccompProfile: null }), []);
  });

  it("does not ask of a pod for Windows what only Linux has", () => {
    const windows = { os: { name: "windows" }, securityContext: { runAsNonRoot: true } };
    assert.deepEqual(problems({ ...windows, containers: [{ name: "web" }] }), []);
    assert.equal(problems({ ...windows, os: { name: "linux" }, containers: [{ name: "web" }] }).length, 3);
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
    const patched = (labels: object): string[] =>
      restrictedNamespaces({ type: "kubernetes:core/v1:NamespacePatch", props: { metadata: { labels } } });
    assert.match(patched({ [label]: "privileged" }).join(), /enforce is "privileged"; set/);
    assert.deepEqual(patched({ team: "shop" }), []);
  });
});
