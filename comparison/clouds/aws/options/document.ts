/** The text of docs/options.md. */
import { basename } from "node:path";
import { markdownTable } from "markdown-table";
import { supportByGroup } from "../../../../components/aws/support.ts";
import type { Rows, Support } from "../../../../components/aws/support/row.ts";
import { seen } from "./seen.ts";
import type { Seen } from "./seen.ts";

const introduction = `# What each way makes of an option

The options of \`NodePortExposure\` and \`LoadBalancerExposure\`, and what declares them: resources of \`@pulumi/aws\` and fields of the Service on one side, fields and annotations
(\`service.beta.kubernetes.io/...\`) of the Service on the other, for the AWS cloud controller manager v1.35.0 and the AWS Load Balancer Controller v3.2.2
(\`controller: "aws-load-balancer-controller"\`). An exposure refuses what its way cannot do, before anything is
declared. Meaning, default and range of each option are in [options.ts](../components/aws/options.ts) and beside it. \`npm run options\` writes this page from
[the table that the components use](../components/aws/support.ts), and the tests declare one value of every option in all three ways.
The last column says where traffic on the lab shows it, or why none can: the page's scenarios run with \`npm run verify\`.
`;

export function optionsDocument(): string {
  return [introduction, ...Object.entries(supportByGroup).flatMap(section)].join("\n");
}

function section([group, rows]: readonly [string, Rows]): string[] {
  const table = markdownTable([
    [
      "Option",
      "NodePortExposure",
      "LoadBalancerExposure, cloud controller manager",
      "LoadBalancerExposure, AWS Load Balancer Controller",
      "Traffic on the lab",
    ],
    ...Object.entries(rows).map(([name, { nodePort, loadBalancer, loadBalancerController }]) => [
      `\`${name}\``,
      inWords(nodePort),
      inWords(loadBalancer),
      inWords(loadBalancerController),
      whereSeen(seen[name as keyof typeof seen]),
    ]),
  ]);
  return [`## ${group[0]?.toUpperCase() ?? ""}${group.slice(1)}\n`, `${table}\n`];
}

function inWords(row: Support): string {
  if ("cannot" in row) return `no: the controller ${row.cannot}`;
  return row.but === undefined ? row.by : `${row.by}; the controller ${row.but}`;
}

function whereSeen(where: Seen): string {
  if ("notShown" in where) return `none: ${where.notShown}`;
  return "scenario" in where
    ? `the scenario \`${where.scenario}\``
    : `[${basename(where.test)}](../${where.test})`;
}
