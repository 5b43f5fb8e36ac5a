/** How the lab speaks to EC2: its client, and the tags by which it knows what is the cluster's. */
import { EC2Client } from "@aws-sdk/client-ec2";
import type { ResourceType, Tag, TagSpecification } from "@aws-sdk/client-ec2";
import { clusterName, region } from "../layout.ts";

/** Calls the API behind `endpoint` with a client that lives as long. */
export async function withEc2<Result>(
  endpoint: string,
  use: (ec2: EC2Client) => Promise<Result>,
): Promise<Result> {
  const ec2 = new EC2Client({
    endpoint,
    region,
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
  try {
    return await use(ec2);
  } finally {
    ec2.destroy();
  }
}

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
