/** One app, exposed both ways. */
import {
  EchoApp,
  findClusterNetwork,
  LoadBalancerExposure,
  NodePortExposure,
} from "../../../components/index.ts";
import { clusterName, nodes } from "../../../lab/layout.ts";
import { outputsOf } from "../../../outputs.ts";

/**
 * Both Services select the same pods, one on each node, so that nothing else differs. Under policy `Local`, a node keeps the client's address and sends
 * requests only to its own pod.
 */
export async function bothWays() {
  const network = await findClusterNetwork(clusterName);
  const app = new EchoApp("app", { replicas: nodes.length });
  const options = {
    namespace: app.namespace,
    selector: app.selector,
    ports: [{ name: "http", port: 80, targetPort: "http", appProtocol: "http" }],
    loadBalancerSourceRanges: ["0.0.0.0/0"],
    externalTrafficPolicy: "Local" as const,
  };
  const own = new NodePortExposure("own", { ...options, network });
  const dependsOn = [...own.loadBalancer.sharedNodeRules];
  const theirs = new LoadBalancerExposure("theirs", options, { dependsOn });
  return { nodePort: outputsOf(own), loadBalancer: outputsOf(theirs) };
}
