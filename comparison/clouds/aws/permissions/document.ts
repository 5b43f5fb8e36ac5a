/** The text of docs/permissions.md. */
import { markdownTable } from "markdown-table";
import { verifying } from "./commands.ts";
import { comparePolicy, deployPolicy, previewPolicy } from "./policy.ts";
import type { Policy } from "./policy.ts";
import { askedByElasticLoadBalancing, lookUps, resources } from "./program.ts";

const introduction = `# Permissions on AWS

What the AWS credentials must allow, as IAM policies. \`npm run permissions\` writes this page from
[tables of the calls that are made](../comparison/clouds/aws/permissions/program.ts). The tests compare these tables with the resources that the components declare, the commands that
the code sends, and the calls of the lab's plug-in. The rows of resources follow the source of the official plug-in; no policy was tried on a real account.

The controller in the cluster makes the load balancer of the LoadBalancer Service with permissions of its own, which are not listed here. The policies are for all
objects of an account. To narrow them, add conditions such as \`aws:RequestedRegion\`.
`;

const sections: readonly (readonly [heading: string, text: string, policy: Policy])[] = [
  [
    "To compare, and to find leftovers",
    "`npm run compare` and `npm run leftovers` only read. What they print may contain commands that remove leftovers; run these with credentials that may do so.",
    comparePolicy,
  ],
  ["To preview", "`pulumi preview` looks up the cluster's network. It changes nothing.", previewPolicy],
  [
    "To deploy and remove",
    "`pulumi up`, `pulumi refresh` and `pulumi destroy`. This policy contains the one for a preview.",
    deployPolicy,
  ],
];

export function permissionsDocument(): string {
  return [
    introduction,
    ...sections.flatMap(([heading, text, policy]) => [
      `## ${heading}\n`,
      `${text}\n`,
      `${["```json", JSON.stringify(policy, undefined, 2), "```"].join("\n")}\n`,
    ]),
    "## What needs which action\n",
    `${neededBy()}\n`,
    `Elastic Load Balancing also asks EC2 in the name of whoever makes a load balancer: ${inCode(askedByElasticLoadBalancing)}.\n`,
    "`ec2:DescribeInstanceAttribute` also shows the user data of instances. An instance is looked up only if no security group of the nodes has the cluster's tag. With `nodeSecurityGroupId` set, you can leave out what only `ec2/getInstance` needs.\n",
    "## To verify\n",
    `The scenarios of \`npm run verify\` run on the lab only, so that no account needs to allow what they do. They call ${inCode(verifying)}.\n`,
  ].join("\n");
}

function neededBy(): string {
  return markdownTable([
    ["Resource or look-up of `@pulumi/aws`", "reads", "changes"],
    ...Object.entries(resources).map(([name, { reads, changes }]) => [
      `\`${name}\``,
      inCode(reads),
      inCode(changes),
    ]),
    ...Object.entries(lookUps).map(([name, reads]) => [`\`${name}\``, inCode(reads), ""]),
  ]);
}

const inCode = (actions: readonly string[]): string => actions.map((action) => `\`${action}\``).join(", ");
