/** The tags by which the lab knows in EC2 what is the cluster's. */
import type { ResourceType, Tag, TagSpecification } from "@aws-sdk/client-ec2";
import { clusterName } from "../../../layout.ts";

const clusterTag = `kubernetes.io/cluster/${clusterName}`;

export const clusterFilter = [{ Name: "tag-key", Values: [clusterTag] }];

/** Tags of what the cluster owns, or shares with others: what it owns goes when the cluster goes. */
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
  if (id === undefined) throw new Error("the AWS API answered without the id of what it made");
  return id;
}
