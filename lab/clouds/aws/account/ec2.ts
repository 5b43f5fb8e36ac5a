/** The tags that mark the cluster's objects in EC2. */
import type { ResourceType, TagSpecification } from "@aws-sdk/client-ec2";
import { clusterName } from "../../../layout.ts";
import type { Tags } from "./shapes/shape.ts";

const clusterTag = `kubernetes.io/cluster/${clusterName}`;

export const clusterFilter = [{ Name: "tag-key", Values: [clusterTag] }];

/** Tags of an object that the cluster owns or shares. Owned objects are deleted with the cluster. */
export const tagged = (type: ResourceType, name: string, lifetime: "owned" | "shared"): TagSpecification[] =>
  tagSpecification(type, { Name: name, [clusterTag]: lifetime });

export const tagSpecification = (type: ResourceType, tags: Tags): TagSpecification[] => [
  { ResourceType: type, Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) },
];

/** Ids of objects that were made before, by their names. */
export const idsOf = (ids: ReadonlyMap<string, string>, names: readonly string[]): string[] =>
  names.map((name) => known(ids.get(name)));

/** The SDK's types leave every answer optional. */
export function known(id: string | undefined): string {
  if (id === undefined) throw new Error("the AWS API answered without the id of the new object");
  return id;
}
