/** A node port that the program wants, and another Service has. */
import { DescribeTargetGroupsCommand } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { CaseLab } from "./caseLab.ts";
import type { LabCase, Said } from "./labCase.ts";

const taken = { ports: [{ name: "http", port: 80, nodePorts: { nodePort: 30090 } }] };
const free = { ports: [{ name: "http", port: 80, nodePorts: { nodePort: 30091 } }] };

/** What it did to target groups, which carry node ports, is said as well. */
async function withTargetGroups(lab: CaseLab, command: () => Promise<Said>): Promise<Said> {
  const before = await groups(lab);
  const said = await command();
  const after = await groups(lab);
  const change = before.join() === after.join() ? "the target groups are as they were" : "they changed";
  return { ...said, text: `${said.text}\n${change}` };
}

async function groups({ aws }: CaseLab): Promise<string[]> {
  const { TargetGroups = [] } = await aws.elbv2.send(new DescribeTargetGroupsCommand({}));
  return TargetGroups.map(({ TargetGroupArn = "" }) => TargetGroupArn).sort();
}

const owner =
  'node port 30090 of the Service "nodeport" is taken by the Service default/squatter; choose another in ports[].nodePorts, or delete that Service';

export const nodePortIsTaken: LabCase = {
  name: "node-port-is-taken",
  file: "nodePortIsTaken.ts",
  title: "The node port is taken",
  people: "A node port in a program, which another Service of the cluster has already.",
  right: "The error names the port, the Service that has it, and the way out. Nothing is half made.",
  sources: [
    "https://github.com/kubernetes/kubernetes/issues/32987",
    "https://github.com/kubernetes/kubernetes/issues/73140",
    "https://kubernetes.io/docs/concepts/services-networking/service/#nodeport-custom-port",
  ],
  steps: [
    {
      does: "The program is deployed with that node port.",
      async run(lab) {
        await lab.apply("node-port-is-taken.yaml");
        lab.configure(taken);
        return withTargetGroups(lab, () => lab.command("up"));
      },
      exit: 1,
      says: [owner, "the target groups are as they were"],
    },
    {
      does: "The program is deployed with another node port.",
      async run(lab) {
        lab.configure(free);
        return lab.command("up");
      },
      exit: 0,
      says: ["http://"],
    },
  ],
};
