/** The text of docs/cloud-controller.md. */
import { markdownTable } from "markdown-table";
import { classicRefusals } from "./refusals/classic.ts";
import { refusals } from "./refusals/index.ts";
import type { Refusal } from "./refusals/refusal.ts";

const introduction = `# What the AWS cloud controller manager refuses

The comparison has a model of the AWS cloud controller manager, kubernetes/cloud-provider-aws v1.35.0. This page lists what makes that controller refuse a LoadBalancer
Service, as far as the model knows it. \`npm run cloud-controller\` writes this page from the model's tables.

A refused Service stays pending: it has no load balancer, or one that is not finished. The reason is in a warning event of the Service. If the Service had a load
balancer before, the controller stops maintaining it: the load balancer stays as it is, and new nodes and later changes do not reach it. Refusals marked "only at
creation" do not stop that.

The controller itself refuses some values. Others it passes on, and AWS refuses the request.

A Kubernetes cluster runs the controller of its own minor version. The column "Since" names the first one that refuses the value, and is empty if all do; the model knows v1.34.4, v1.35.0 and
v1.36.2.

The tables are in the controller's order. It stops at the first reason, and the Service's event names no other. \`npm run compare\` also names what it would refuse next.
`;

const whenWords: Readonly<Record<Refusal["at"], string>> = {
  always: "always",
  creation: "only at creation",
  update: "only at updates",
};

const unknown = `
The model cannot know what depends on the rest of the account: quotas, such as 60 rules per security group; subnets without free addresses; certificates, Elastic IP
addresses and buckets that do not exist or belong to others; the controller's own permissions.

## What it does not follow

- Ports of one Service that exchange their node ports, or one that takes the former node port of another. For each port, the controller looks for a target group by the node port, finds the other port's, and leaves
  the listeners as they are (aws_loadbalancer.go, ensureLoadBalancerv2): each listener then leads to the other port's pods. \`npm run compare\` reports it as a difference.
  Give the ports new node ports instead.
- Its configuration for security groups: a load balancer keeps those that it got when it was made, with or without \`NLBSecurityGroupMode=Managed\` (aws.go,
  ensureNLBSecurityGroup).
- What it sends only along with something else, or never takes back: an unhealthy threshold that changes without the healthy one, a target group attribute that the
  annotation does not name any more, a TLS policy without its annotation, and the bucket while access logs are off. \`npm run compare\` lists them under "Set once,
  changed later", like the scheme, the subnets and the tags.
`;

export function controllerDocument(): string {
  return [
    introduction,
    "## For a Network Load Balancer\n",
    "With the annotation `service.beta.kubernetes.io/aws-load-balancer-type: nlb`.\n",
    tableOf(refusals),
    "\n## For a Classic Load Balancer\n",
    "Without that annotation, or with another value than `nlb`, `external` and `nlb-ip`. A Classic Load Balancer is not compared.\n",
    tableOf(classicRefusals),
    unknown,
  ].join("\n");
}

function tableOf(all: readonly Refusal[]): string {
  const rows = all.map(({ refused, by, at, since, source }) => [
    refused,
    by === "AWS" ? "AWS" : "the controller",
    whenWords[at],
    since === undefined ? "" : `v1.${since}`,
    source,
  ]);
  return markdownTable([["Refused", "By", "When", "Since", "Source"], ...rows]);
}
