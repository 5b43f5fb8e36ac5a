/** The text of docs/cloud-controller.md. */
import { markdownTable } from "markdown-table";
import { refusals } from "./refusals/index.ts";

const introduction = `# What the AWS cloud controller manager refuses

The comparison has a model of the AWS cloud controller manager, kubernetes/cloud-provider-aws v1.35.0. This page lists what makes that controller refuse a LoadBalancer
Service with the annotation \`service.beta.kubernetes.io/aws-load-balancer-type: nlb\`, as far as the model knows it. \`npm run cloud-controller\` writes this page from the
model's table.

A refused Service stays pending: it has no load balancer, or one that is not finished. The reason is in a warning event of the Service. If the Service had a load
balancer before, the controller stops maintaining it: the load balancer stays as it is, and new nodes and later changes do not reach it. Refusals marked "only at
creation" do not stop that.

The controller itself refuses some values. Others it passes on, and AWS refuses the request.
`;

const unknown = `
The model cannot know what depends on the rest of the account: quotas, such as 60 rules per security group; subnets without free addresses; certificates, Elastic IP
addresses and buckets that do not exist or belong to others; the controller's own permissions.
`;

export function controllerDocument(): string {
  const rows = refusals.map(({ refused, by, at, source }) => [
    refused,
    by === "AWS" ? "AWS" : "the controller",
    at === "creation" ? "only at creation" : "always",
    source,
  ]);
  const table = markdownTable([["Refused", "By", "When", "Source"], ...rows]);
  return `${introduction}\n${table}\n${unknown}`;
}
