/** An app that expects a proxy protocol header, and answers as the other one does. */
import type { ComponentResourceOptions, Input, Output } from "@pulumi/pulumi";
import { ComponentResource } from "@pulumi/pulumi";
import { Deployment } from "@pulumi/kubernetes/apps/v1/deployment.js";
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap.js";
import { echoPorts } from "../../../components/core/echoPorts.ts";
import { headerAppConfiguration, probePort } from "./headerAppConfiguration.ts";

/** Upstream's image without a shell. https://www.envoyproxy.io/docs/envoy/latest/start/install#install-envoy-using-docker */
export const headerAppImage = "docker.io/envoyproxy/envoy:distroless-v1.40.0";

const replicas = 3;
const directory = "/etc/envoy";
const file = "envoy.json";

export interface HeaderAppArgs {
  /** Of the other app. */
  readonly namespace: Input<string>;
}

/** Envoy alone: it reads the header, and tells which client's address is in it. */
export class HeaderApp extends ComponentResource {
  readonly namespace: Output<string>;
  /** Labels of the pods. */
  readonly selector: Record<string, string> = { "app.kubernetes.io/name": "header-reader" };
  readonly deployment: Deployment;

  constructor(name: string, { namespace }: HeaderAppArgs, opts?: ComponentResourceOptions) {
    super("scenarios:index:HeaderApp", name, {}, opts);
    const { selector } = this;
    const metadata = { namespace, labels: selector };
    const configuration = new ConfigMap(
      name,
      { metadata, data: { [file]: JSON.stringify(headerAppConfiguration) } },
      { parent: this },
    );
    this.deployment = new Deployment(
      name,
      {
        metadata,
        spec: {
          replicas,
          selector: { matchLabels: selector },
          template: {
            metadata: { labels: selector },
            spec: podSpec(configuration.metadata.name),
          },
        },
      },
      { parent: this },
    );
    this.namespace = this.deployment.metadata.namespace;
    this.registerOutputs({ namespace: this.namespace });
  }
}

function podSpec(configuration: Input<string>) {
  return {
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 65532,
      runAsGroup: 65532,
      seccompProfile: { type: "RuntimeDefault" },
    },
    containers: [
      {
        name: "envoy",
        image: headerAppImage,
        args: ["-c", `${directory}/${file}`, "--disable-hot-restart", "--concurrency", "1"],
        ports: [
          // By this name Services lead to it.
          { name: "http", containerPort: echoPorts.http, protocol: "TCP" },
          { name: "probe", containerPort: probePort, protocol: "TCP" },
        ],
        readinessProbe: { httpGet: { path: "/readyz", port: "probe" }, periodSeconds: 2 },
        resources: { requests: { cpu: "10m", memory: "64Mi" } },
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ["ALL"] },
        },
        volumeMounts: [{ name: "configuration", mountPath: directory, readOnly: true }],
      },
    ],
    volumes: [{ name: "configuration", configMap: { name: configuration } }],
  };
}
