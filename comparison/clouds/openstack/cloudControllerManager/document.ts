/** The text of docs/openstack-cloud-controller.md. */
import { markdownTable } from "markdown-table";
import { sourceRangesAnnotation } from "../../../model/service.ts";
import { internalAnnotation, prefix } from "./annotations.ts";
import { annotationTable } from "./annotationTable.ts";
import { refusals } from "./refusals/index.ts";

const introduction = `# What the OpenStack cloud controller manager reads and refuses

The comparison has a model of the OpenStack cloud controller manager, kubernetes/cloud-provider-openstack v1.35.0, with Octavia 19.0.0. \`npm run openstack-cloud-controller\`
writes this page from the model's tables.

## What it refuses

A refused Service stays pending, and the reason is in a warning event of the Service. The controller itself refuses some values. Others it passes on, and Octavia refuses the
request. The table is in the controller's order: it stops at the first reason. \`npm run compare\` also names what it would refuse next.
`;

const unknown = `
The model cannot know what depends on the rest of the cloud: quotas; flavors, subnets and networks that do not exist or belong to others; addresses that are taken.

## The annotations

Each begins with \`${prefix}\`. Without one, a key of the section LoadBalancer of \`cloud.conf\` decides, where there is one. An annotation with a word that is no truth, or no whole
number, is as if it were not there.
`;

const others = `
Two have other names. \`${internalAnnotation}: "true"\` leaves out the floating IP; \`internal-lb=true\` in \`cloud.conf\` does so for all Services, and no annotation overrides it.
\`${sourceRangesAnnotation}\` lists the ranges that may connect, if \`spec.loadBalancerSourceRanges\` lists none.

No annotation decides what only \`cloud.conf\` can: \`enabled\`, \`lb-provider\`, \`manage-security-groups\` (by default false: then the controller opens nothing on the nodes),
\`provider-requires-serial-api-calls\` and \`enable-ingress-hostname\`. \`npm run compare -- --controller-config FILE\` reads the file.
`;

export function controllerDocument(): string {
  return [introduction, refusalTable(), unknown, annotations(), others].join("\n");
}

function refusalTable(): string {
  const rows = refusals.map(({ refused, by, source }) => [
    refused,
    by === "Octavia" ? by : "the controller",
    source,
  ]);
  return markdownTable([["Refused", "By", "Source"], ...rows]);
}

function annotations(): string {
  const rows = Object.entries(annotationTable).map(([name, { does, setting, byDefault, emptyWins }]) => [
    `\`${name}\``,
    does,
    setting === undefined
      ? ""
      : `${setting}${emptyWins === true ? ", unless the annotation is there, even empty" : ""}`,
    byDefault,
  ]);
  return markdownTable([["Annotation", "What it does", "Else in cloud.conf", "Else"], ...rows]);
}
