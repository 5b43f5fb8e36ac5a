/** Pods that are clients of their own internal load balancer. */
import type { LabCase } from "./labCase.ts";

export const hairpin: LabCase = {
  name: "hairpin-on-the-lab",
  file: "hairpin.ts",
  title: "Pods that call their own load balancer",
  people: "A pod and its client on one node, with the client's address kept: some connections time out.",
  right:
    "The preview of an internal load balancer says so beforehand, and how to prevent it. The scenario `hairpin` shows that both ways behave alike.",
  sources: [
    "https://github.com/kubernetes/cloud-provider-aws/issues/1160",
    "https://github.com/aws/amazon-vpc-cni-k8s/issues/840",
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-troubleshooting.html#loopback-timeout",
  ],
  steps: [
    {
      does: "An internal load balancer is previewed.",
      run(lab) {
        lab.configure({ scheme: "internal" });
        return lab.command("pulumi", "preview", "--non-interactive");
      },
      exit: 0,
      says: ["times out", "preserveClientIp"],
    },
    {
      does: "The client's address is not kept.",
      run(lab) {
        lab.configure({ scheme: "internal", preserveClientIp: false });
        return lab.command("pulumi", "preview", "--non-interactive");
      },
      exit: 0,
      says: [],
      silent: ["times out"],
    },
  ],
};
