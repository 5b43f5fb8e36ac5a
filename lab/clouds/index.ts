/** The clouds that the lab can imitate: the only place outside their own folders that names them. */
import { aws } from "./aws/index.ts";
import { openstack } from "./openstack/index.ts";
import { nodes } from "../layout.ts";
import type { NodeLayout } from "../layout.ts";
import type { LabCloud } from "./cloud.ts";

export const labClouds: readonly [LabCloud, ...LabCloud[]] = [aws, openstack];

/** The cloud of a lab whose settings name none. */
export const [defaultCloud] = labClouds;

/** @throws if there is no such cloud, naming those there are */
export function labCloud(name: string = defaultCloud.name): LabCloud {
  const found = labClouds.find((cloud) => cloud.name === name);
  if (found !== undefined) return found;
  throw new Error(
    `the lab has no cloud "${name}"; it has: ${labClouds.map((cloud) => cloud.name).join(", ")}. Without a lab: npm run preview -- --stack NAME, and npm run pulumi -- up --stack NAME with the credentials of a cloud`,
  );
}

/** The nodes that a plan assumes: as many as the lab has, also for a cloud that it does not imitate. */
export function assumedNodes(cloud: string = defaultCloud.name): readonly NodeLayout[] {
  const found = labClouds.find(({ name }) => name === cloud);
  return found === undefined ? nodes : nodesOn(found);
}

/** The lab's nodes on a cloud, with the full names of their zones. */
export const nodesOn = (cloud: LabCloud): readonly NodeLayout[] =>
  nodes.map((node) => ({ ...node, zone: cloud.zoneOf(node) }));
