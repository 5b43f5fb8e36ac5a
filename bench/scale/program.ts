/** The Pulumi programs: many exposures of one kind in front of one app. */
import type { PulumiFn } from "@pulumi/pulumi/automation/index.js";
import {
  EchoApp,
  findClusterNetwork,
  LoadBalancerExposure,
  NodePortExposure,
} from "../../components/index.ts";
import { clusterName } from "../../lab/layout.ts";

export const kinds = ["NodePortExposure", "LoadBalancerExposure"] as const;
export type Kind = (typeof kinds)[number];

/**
 * How many rules the nodes' security group then has: one for the node port of each exposure, one for path MTU discovery, and one by which nodes
 * reach each other.
 */
export const rulesNeeded = (exposures: number): number => exposures + 2;

/** One pod, so that every second answer tells whether a second one has come. */
const replicas = 1;

export function manyExposures(kind: Kind, count: number): PulumiFn {
  return async () => {
    const app = new EchoApp("app", { replicas });
    const options = {
      namespace: app.namespace,
      selector: app.selector,
      ports: [{ name: "http", port: 80, targetPort: "http", appProtocol: "http" }],
      loadBalancerSourceRanges: ["0.0.0.0/0"],
      quotas: { rulesPerSecurityGroup: rulesNeeded(count) },
    };
    // A Service is waited for until it has a pod. Pulumi does four things at once for each processor: as many Services without one would keep it from making the app.
    const afterApp = { dependsOn: [app.deployment] };
    const names = Array.from({ length: count }, (_, index) => `app-${index + 1}`);
    if (kind === "LoadBalancerExposure") {
      for (const name of names) new LoadBalancerExposure(name, options, afterApp);
      return { namespace: app.namespace };
    }
    const network = await findClusterNetwork(clusterName);
    names.forEach((name, index) => {
      // The rule that all of them share is declared once.
      new NodePortExposure(name, { ...options, network, sharedNodeRules: index === 0 }, afterApp);
    });
    return { namespace: app.namespace };
  };
}
