/** The tags that mark the cluster's objects in EC2. */
import type { ResourceType, Tag, TagSpecification } from "@aws-sdk/client-ec2";
import { clusterName } from "../../../layout.ts";

const clusterTag = `kubernetes.io/cluster/${clusterName}`;

export const clusterFilter = [{ Name: "tag-key", Values: [clusterTag] }];

/** Tags of an object that the cluster owns or shares. Owned objects are deleted with the cluster. */
export function tagged(
  type: ResourceType,
  name: string,
  lifetime: "owned" | "shared",
  more: Readonly<Record<string, string>> = {},
): TagSpecification[] {
  const tags: Tag[] = Object.entries({ Name: name, [clusterTag]: lifetime, ...more }).map(([Key, Value]) => ({
    Key,
    Value,
  }));
  return [{ ResourceType: type, Tags: tags }];
}

/** The SDK's types leave every answer optional. */
export function known(id: string | undefined): string {
  if (id === undefined) throw new Error("the AWS API answered without the id of the new object");
  return id;
}
