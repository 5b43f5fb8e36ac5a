/** A load balancer made by hand, whose traffic one rule for all node ports lets in. */
import type { LabCase } from "./labCase.ts";
import { makeOwnBalancer } from "./ownBalancer.ts";

export const oneRuleForAllNodePorts: LabCase = {
  name: "one-rule-for-all-node-ports",
  file: "oneRuleForAllNodePorts.ts",
  title: "One rule for all node ports",
  people:
    "A load balancer of Terraform's, attached to the nodes' Auto Scaling group, and a rule `tcp 30000-32767 from the VPC` that came with the cluster.",
  right:
    "The same clients are let in, by other rules: equivalent. A warning says that the rule opens every other node port too.",
  sources: [
    "https://github.com/kubernetes-sigs/cluster-api-provider-aws/issues/3271",
    "https://github.com/gardener/gardener/issues/532",
    "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
  ],
  steps: [
    {
      does: "The Service with that load balancer is compared with one of type LoadBalancer.",
      async run(lab) {
        await lab.apply("one-rule-for-all-node-ports.yaml");
        await makeOwnBalancer(lab, {
          name: "intake",
          internal: true,
          ports: { 80: 30080 },
          opens: [{ from: 30000, to: 32767, source: "10.0.0.0/16" }],
        });
        await lab.served("claims", "intake-lb");
        return lab.compare("claims/intake", "claims/intake-lb");
      },
      exit: 0,
      says: [/^Equivalent/, "opens the node ports of other Services too"],
    },
  ],
};
