/** Node ports that are changed in the program. */
import type { LabCase } from "./labCase.ts";

const ports = (nodePort: number, loadBalancer: number) => ({
  ports: [{ name: "http", port: 80, nodePorts: { nodePort, loadBalancer } }],
});

export const nodePortChanges: LabCase = {
  name: "node-port-changes",
  file: "nodePortChanges.ts",
  title: "The node port changes",
  people: "A target group keeps its port for life, and a listener uses it.",
  right:
    "The new target group is made before the old one is deleted, and AWS refuses nothing. The scenario `change-node-port` counts the requests that are lost.",
  sources: [
    "https://github.com/pulumi/pulumi-aws/issues/4220",
    "https://github.com/hashicorp/terraform-provider-aws/issues/16889",
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DeleteTargetGroup.html",
  ],
  steps: [
    {
      does: "The program is deployed with node port 30080, then with 30081.",
      async run(lab) {
        lab.configure(ports(30080, 30083));
        await lab.project.succeed("up");
        lab.configure(ports(30081, 30082));
        return lab.command("up");
      },
      exit: 0,
      says: [/replaced/],
      silent: ["ResourceInUse"],
    },
    {
      does: "Both ways are compared.",
      async run(lab) {
        await lab.healthy();
        return lab.compare();
      },
      exit: 0,
      says: [/^Equivalent/],
    },
  ],
};
