import {
  findClusterNetwork,
  LoadBalancerExposure,
  NodePortExposure,
} from "../../../../components/aws/index.ts";
import type { CloudTestbed } from "../../testbed.ts";
import { controllerNamed, declaresSharedRules, namedSubnets, optionsOf, portsOf } from "./options.ts";

export const awsTestbed: CloudTestbed = {
  async connect({ clusterName, machineGroups, tag, controller: named }) {
    const controller = controllerNamed(named);
    const tags = { [tag.key]: tag.value };
    const network = await findClusterNetwork(clusterName);
    return {
      nodePort(resourceName, name, variant, pods) {
        const { attachesGroup = false, controllerRegisters = false, podMembers = false } = variant;
        const nodes = attachesGroup ? { ...network, autoscalingGroupNames: machineGroups } : network;
        const sharedNodeRules = declaresSharedRules(name);
        const args = {
          ...optionsOf(variant),
          ...pods,
          ports: portsOf(variant, "program"),
          tags,
          network: nodes,
          sharedNodeRules,
          targetGroupBinding: controllerRegisters || podMembers,
        };
        const exposure = new NodePortExposure(resourceName, args);
        // The AWS cloud controller manager accepts rules that it finds. Pulumi does not.
        return { exposure, shared: exposure.loadBalancer.sharedNodeRules };
      },
      loadBalancer(resourceName, variant, pods, dependsOn) {
        const args = {
          ...optionsOf(variant),
          ...namedSubnets(controller, variant, network),
          ...pods,
          ports: portsOf(variant, controller),
          tags,
          controller,
        };
        return new LoadBalancerExposure(resourceName, args, { dependsOn: [...dependsOn] });
      },
    };
  },
};
