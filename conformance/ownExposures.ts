/**
 * Lets a spec of load balancers judge the other exposure. For each of the specs' Services of type LoadBalancer, the program declares a NodePortExposure of the same
 * pods: a Service of type NodePort and a Network Load Balancer of its own. Its name becomes the address of the spec's Service, which no controller serves.
 */
import { setTimeout } from "node:timers/promises";
import type { PulumiFn } from "@pulumi/pulumi/automation/index.js";
import type { BenchLab } from "../bench/benchLab.ts";
import { openBenchStack } from "../bench/benchStack.ts";
import { deploy } from "../cli/stack.ts";
import { findClusterNetwork, NodePortExposure } from "../components/index.ts";
import type { NodePortExposureArgs } from "../components/index.ts";
import { clusterName } from "../lab/layout.ts";
import { ownClass } from "./admission.ts";
import type { Cluster } from "./cluster.ts";
import { kubectl } from "./cluster.ts";

/** The part of a Service that matters. */
export interface SpecService {
  readonly metadata: { readonly namespace: string; readonly name: string; readonly uid: string };
  readonly spec: {
    readonly loadBalancerClass?: string;
    readonly selector: Readonly<Record<string, string>>;
    readonly externalTrafficPolicy?: "Cluster" | "Local";
    readonly ports: readonly {
      readonly name?: string;
      readonly port: number;
      readonly targetPort: number | string;
    }[];
  };
}

const pollMilliseconds = 1_000;

/** Serves the specs' Services until it is aborted. @throws if one of them cannot be served */
export async function serveOwnExposures(lab: BenchLab, cluster: Cluster, signal: AbortSignal): Promise<void> {
  const served: SpecService[] = [];
  const stack = await openBenchStack(lab, ownExposures(served), signal);
  while (!signal.aborted) {
    const { items } = JSON.parse(
      await kubectl(cluster, ["get", "services", "--all-namespaces", "--output=json"]),
    ) as { readonly items: readonly SpecService[] };
    const known = new Set(served.map(({ metadata }) => metadata.uid));
    const added = items.filter(
      ({ spec, metadata }) => spec.loadBalancerClass === ownClass && !known.has(metadata.uid),
    );
    served.push(...added);
    if (added.length > 0) {
      const report = (): void => undefined;
      const { outputs } = await deploy(stack, { planned: 0, refresh: false, report, signal });
      for (const service of added) {
        const name = nameOf(served.indexOf(service));
        await publish(cluster, service, String(outputs[name]?.value));
      }
    }
    await setTimeout(pollMilliseconds, undefined, { signal }).catch(() => undefined);
  }
}

/** Of an exposure. A spec's own name and namespace would be too long for the names of target groups. */
const nameOf = (index: number): string => `spec-${index + 1}`;

/** Outputs by exposure: the load balancer's name. */
function ownExposures(served: readonly SpecService[]): PulumiFn {
  return async () => {
    const network = await findClusterNetwork(clusterName);
    const addresses = served.map((service, index) => {
      // The rule that they all share is declared once.
      const args = { ...exposureOf(service), network, sharedNodeRules: index === 0 };
      const exposure = new NodePortExposure(nameOf(index), args);
      return [nameOf(index), exposure.loadBalancer.dnsName] as const;
    });
    return Object.fromEntries(addresses);
  };
}

/** The same pods and ports, with the same policy. */
export function exposureOf({ metadata, spec }: SpecService): Omit<NodePortExposureArgs, "network"> {
  return {
    namespace: metadata.namespace,
    selector: spec.selector,
    ports: spec.ports.map(({ name, port, targetPort }) => ({
      name: name === undefined || name === "" ? `port-${port}` : name,
      port,
      targetPort,
    })),
    externalTrafficPolicy: spec.externalTrafficPolicy ?? "Cluster",
    loadBalancerSourceRanges: ["0.0.0.0/0"],
  };
}

/** As a controller does: the spec waits for it, and sends its requests there. */
async function publish(cluster: Cluster, { metadata }: SpecService, hostname: string): Promise<void> {
  const status = { loadBalancer: { ingress: [{ hostname }] } };
  const place = ["--namespace", metadata.namespace, "service", metadata.name];
  await kubectl(cluster, [
    "patch",
    ...place,
    "--subresource=status",
    "--type=merge",
    `--patch=${JSON.stringify({ status })}`,
  ]);
}
