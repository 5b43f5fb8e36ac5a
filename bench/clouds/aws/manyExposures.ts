/** Many exposures of one kind in front of one app. */
import type { PulumiFn } from "@pulumi/pulumi/automation/index.js";
import {
  EchoApp,
  findClusterNetwork,
  LoadBalancerExposure,
  NetworkLoadBalancer,
  NodePortExposure,
} from "../../../components/index.ts";
import type { Arrangement, Kind } from "../cloud.ts";
import { clusterName } from "../../../lab/layout.ts";

/** The number of rules in the nodes' security group: one for each exposure's node port, one for path MTU discovery, and one for traffic between nodes. */
export const rulesNeeded = (exposures: number): number => exposures + 2;

/** With one pod, every second answer comes from the second one once it is there. */
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
    // Pulumi waits until a Service has a pod, and runs only four operations at a time for each processor: that many Services without a pod would keep it from creating the app.
    const afterApp = { dependsOn: [app.deployment] };
    const names = Array.from({ length: count }, (_, index) => `app-${index + 1}`);
    if (kind === "LoadBalancerExposure") {
      for (const name of names) new LoadBalancerExposure(name, options, afterApp);
      return { namespace: app.namespace };
    }
    const network = await findClusterNetwork(clusterName);
    names.forEach((name, index) => {
      // The rule that they all share is declared once.
      new NodePortExposure(name, { ...options, network, sharedNodeRules: index === 0 }, afterApp);
    });
    return { namespace: app.namespace };
  };
}

/** Listeners of a shared load balancer, from this port on. */
const firstPort = 8001;

export function arranged(arrangement: Arrangement, services: number): PulumiFn {
  switch (arrangement) {
    case "one shared":
      return sharingExposures(services);
    case "one each, own":
      return manyExposures("NodePortExposure", services);
    case "one each, the controller's":
      return manyExposures("LoadBalancerExposure", services);
  }
}

function sharingExposures(count: number): PulumiFn {
  return async () => {
    const { namespace, selector, deployment } = new EchoApp("app", { replicas });
    const network = await findClusterNetwork(clusterName);
    const quotas = { rulesPerSecurityGroup: rulesNeeded(count) };
    const loadBalancer = new NetworkLoadBalancer("shared", { network, quotas });
    for (let index = 0; index < count; index++)
      new NodePortExposure(
        `app-${index + 1}`,
        {
          ...{ namespace, selector, network, loadBalancer },
          ports: [{ name: "http", port: firstPort + index, targetPort: "http", appProtocol: "http" }],
          loadBalancerSourceRanges: ["0.0.0.0/0"],
        },
        { dependsOn: [deployment] },
      );
    return { namespace };
  };
}
