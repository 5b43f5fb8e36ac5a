import type { ComponentResourceOptions, Input, Output } from "@pulumi/pulumi";
import { ComponentResource } from "@pulumi/pulumi";
import { Deployment } from "@pulumi/kubernetes/apps/v1/deployment.js";
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import { PodDisruptionBudget } from "@pulumi/kubernetes/policy/v1/podDisruptionBudget.js";
import { echoPorts } from "./echoPorts.ts";

/** The app that both ways expose. */
export interface EchoAppArgs {
  /**
   * Number of pods. They are spread over zones and nodes.
   * @default 3
   */
  readonly replicas?: Input<number>;
  /**
   * Image of agnhost, the test server of Kubernetes.
   * @default the image that the tests of Kubernetes v1.35.4 use
   */
  readonly image?: Input<string>;
}

/** https://github.com/kubernetes/kubernetes/blob/v1.35.4/test/images/agnhost/VERSION */
const defaultImage = "registry.k8s.io/e2e-test-images/agnhost:2.59";

const defaultReplicas = 3;

/**
 * Seconds for which a pod that leaves the Service still answers. kube-proxy needs about one second to send new connections elsewhere. A
 * load balancer's health check under `externalTrafficPolicy: Local` needs two failures, 10 s apart. agnhost exits as soon as it is
 * asked to, so nothing else keeps connections open.
 */
const preStopSleepSeconds = 25;

/** The sleep, plus time for the process to exit. */
const terminationGracePeriodSeconds = preStopSleepSeconds + 10;

const selector = { "app.kubernetes.io/name": "echo" };

/**
 * The app to expose: agnhost, the test server of Kubernetes. Over HTTP and UDP it tells which pod answered (`/hostname`) and which client
 * address it saw (`/clientip`). It runs in its own namespace under the `restricted` pod security standard.
 * https://github.com/kubernetes/kubernetes/tree/v1.35.4/test/images/agnhost#netexec
 */
export class EchoApp extends ComponentResource {
  /** The namespace's name. */
  readonly namespace: Output<string>;
  /** Labels of the pods. */
  readonly selector: Record<string, string> = selector;
  /** Of the pods. */
  readonly deployment: Deployment;

  constructor(name: string, args: EchoAppArgs = {}, opts?: ComponentResourceOptions) {
    super("exposure:index:EchoApp", name, {}, opts);

    const namespace = new Namespace(
      name,
      { metadata: { labels: { "pod-security.kubernetes.io/enforce": "restricted" } } },
      { parent: this },
    );
    this.namespace = namespace.metadata.name;

    const metadata = { namespace: this.namespace, labels: selector };
    this.deployment = new Deployment(
      name,
      {
        metadata,
        spec: {
          replicas: args.replicas ?? defaultReplicas,
          selector: { matchLabels: selector },
          // A new pod is ready before an old one is stopped.
          strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
          template: { metadata: { labels: selector }, spec: podSpec(args.image ?? defaultImage) },
        },
      },
      { parent: this },
    );
    new PodDisruptionBudget(
      name,
      {
        metadata,
        // A pod that is not ready serves no requests, so it may always be evicted.
        spec: {
          selector: { matchLabels: selector },
          maxUnavailable: 1,
          unhealthyPodEvictionPolicy: "AlwaysAllow",
        },
      },
      { parent: this },
    );

    this.registerOutputs({ namespace: this.namespace });
  }
}

function podSpec(image: Input<string>) {
  return {
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    terminationGracePeriodSeconds,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 65532,
      runAsGroup: 65532,
      seccompProfile: { type: "RuntimeDefault" },
    },
    topologySpreadConstraints: [
      spreadOver("topology.kubernetes.io/zone"),
      spreadOver("kubernetes.io/hostname"),
    ],
    containers: [
      {
        name: "netexec",
        image,
        args: ["netexec", `--http-port=${echoPorts.http}`, `--udp-port=${echoPorts.udp}`],
        ports: [
          { name: "http", containerPort: echoPorts.http, protocol: "TCP" },
          { name: "udp", containerPort: echoPorts.udp, protocol: "UDP" },
        ],
        readinessProbe: { httpGet: { path: "/readyz", port: "http" }, periodSeconds: 2 },
        livenessProbe: { httpGet: { path: "/healthz", port: "http" }, periodSeconds: 10 },
        lifecycle: { preStop: { sleep: { seconds: preStopSleepSeconds } } },
        resources: { requests: { cpu: "10m", memory: "32Mi" }, limits: { memory: "256Mi" } },
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ["ALL"] },
        },
      },
    ],
  };
}

/** Counts the pods of each revision separately, so that pods are evenly spread after a rollout too, and ignores nodes that are down. */
function spreadOver(topologyKey: string) {
  return {
    topologyKey,
    maxSkew: 1,
    whenUnsatisfiable: "DoNotSchedule",
    nodeTaintsPolicy: "Honor",
    labelSelector: { matchLabels: selector },
    matchLabelKeys: ["pod-template-hash"],
  };
}
