/** The text of docs/openstack-options.md. */
import { markdownTable } from "markdown-table";
import { support } from "../../../../components/openstack/support.ts";
import type { OptionSupport, Support } from "../../../../components/openstack/support.ts";

const introduction = `# What each way makes of an option on OpenStack

The options of \`NodePortExposure\` and \`LoadBalancerExposure\` of \`components/openstack\`, and what declares them: resources of \`@pulumi/openstack\` and fields of the Service on
one side, fields and annotations (\`loadbalancer.openstack.org/...\`) of the Service on the other, for the OpenStack cloud controller manager v1.35.0. An exposure refuses what
its way cannot do, before anything is declared. Meaning, default and range of each option are in [options.ts](../components/openstack/options.ts). \`npm run openstack-options\`
writes this page from [the table that the components use](../components/openstack/support.ts).
`;

export function optionsDocument(): string {
  const table = markdownTable([
    ["Option", "NodePortExposure", "LoadBalancerExposure"],
    ...Object.entries(support).map(([name, { nodePort, loadBalancer }]: [string, OptionSupport]) => [
      `\`${name}\``,
      inWords(nodePort),
      inWords(loadBalancer),
    ]),
  ]);
  return `${introduction}\n${table}\n`;
}

function inWords(row: Support): string {
  if ("cannot" in row) return `no: the controller ${row.cannot}`;
  return row.but === undefined ? row.by : `${row.by}; the controller ${row.but}`;
}
