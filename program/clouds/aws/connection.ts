import { RunError } from "@pulumi/pulumi";
import { Provider } from "@pulumi/kubernetes/provider.js";
import { clusterOf } from "../../../comparison/clouds/aws/plan/network.ts";
import { findClusterNetwork, LoadBalancerExposure, NodePortExposure } from "../../../components/aws/index.ts";
import type { Connection } from "../cloud.ts";
import { findKubeconfig } from "./eksKubeconfig.ts";
import { lookUpFailure } from "./lookUpFailure.ts";
import { portsOf } from "./portSettings.ts";
import type { AwsSettings } from "./settings.ts";

export async function connect(clusterName: string, own: AwsSettings): Promise<Connection> {
  const { network: known, options, controller, sharedNodeRules, targetGroupBinding, kubeconfigFrom } = own;
  // EKS is asked first: it alone knows that there is no cluster of this name.
  const kubeconfig = kubeconfigFrom === "eks" ? await findKubeconfig(clusterName) : undefined;
  const network = await findClusterNetwork(clusterName, known).catch((error: unknown) => {
    throw inWords(clusterName, error);
  });
  return {
    providers: kubeconfig === undefined ? {} : { kubernetes: new Provider("eks", { kubeconfig }) },
    cluster: clusterOf(clusterName, network),
    nodePort(name, args, opts) {
      const ports = portsOf(args.ports, { ...own, ...options });
      const exposure = new NodePortExposure(
        name,
        { ...options, ...args, ports, network, sharedNodeRules, targetGroupBinding },
        opts,
      );
      // Both ways need these rules, and AWS keeps each once. The AWS cloud controller manager accepts existing rules, Pulumi does not.
      const {
        sharedNodeRules: shared,
        nodeRules,
        arn: loadBalancerArn,
        targetGroupArns,
      } = exposure.loadBalancer;
      return { exposure, shared, complete: nodeRules, outputs: { loadBalancerArn, targetGroupArns } };
    },
    loadBalancer: (name, args, opts) =>
      new LoadBalancerExposure(
        name,
        { ...options, ...args, ports: portsOf(args.ports, { ...own, ...options }), controller },
        opts,
      ),
  };
}

/** Pulumi shows a RunError without the trace, which says nothing to whoever runs the program. */
function inWords(clusterName: string, error: unknown): unknown {
  if (error instanceof RunError || !(error instanceof Error)) return error;
  const reason = lookUpFailure(`The network of the cluster ${clusterName}`, error.message);
  return reason === undefined ? error : new RunError(reason);
}
