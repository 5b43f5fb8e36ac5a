/** The clouds that the lab can imitate: the only place outside their own folders that names them. */
import { aws } from "./aws/index.ts";
import { nodes } from "../layout.ts";
import type { NodeLayout } from "../layout.ts";
import type { LabCloud } from "./cloud.ts";

export const labClouds: readonly [LabCloud, ...LabCloud[]] = [aws];

/** The cloud of a lab whose settings name none. */
export const [defaultCloud] = labClouds;

/** @throws if there is no such cloud, naming those there are */
export function labCloud(name: string = defaultCloud.name): LabCloud {
  const found = labClouds.find((cloud) => cloud.name === name);
  if (found !== undefined) return found;
  throw new Error(
    `there is no cloud "${name}"; there are: ${labClouds.map((cloud) => cloud.name).join(", ")}`,
  );
}

/** The lab's nodes on a cloud, with the full names of their zones. */
export const nodesOn = (cloud: LabCloud): readonly NodeLayout[] =>
  nodes.map((node) => ({ ...node, zone: cloud.zoneOf(node) }));
