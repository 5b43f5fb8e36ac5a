/** What Services name that the account has: a certificate, security groups, prefix lists and Elastic IP addresses. */
import {
  AllocateAddressCommand,
  CreateManagedPrefixListCommand,
  CreateSecurityGroupCommand,
} from "@aws-sdk/client-ec2";
import type { AwsClients } from "../../../../../lab/clouds/aws/clients.ts";

/** Each stands for one in the account, whose id is not known before. */
export const certificate =
  "arn:aws:acm:us-west-2:123456789012:certificate/00000000-0000-4000-8000-000000000000";
/** By the tag Name, too. */
export const groups = { "sg-11111111": "clients", "sg-22222222": "partners" } as const;
export const prefixLists = ["pl-11111111", "pl-22222222"] as const;
/** For two load balancers of three zones. */
export const allocations = ["1a", "1b", "1c", "2a", "2b", "2c"].map((each) => `eipalloc-000000${each}`);

/** What stands for each, and its id. */
export type Ids = ReadonlyMap<string, string>;

export async function furnish({ ec2 }: AwsClients, VpcId: string, certificateArn: string): Promise<Ids> {
  const ids = new Map<string, string>([[certificate, certificateArn]]);
  for (const [placeholder, name] of Object.entries(groups)) {
    const TagSpecifications = [
      { ResourceType: "security-group" as const, Tags: [{ Key: "Name", Value: name }] },
    ];
    const { GroupId = "" } = await ec2.send(
      new CreateSecurityGroupCommand({ VpcId, GroupName: name, Description: name, TagSpecifications }),
    );
    ids.set(placeholder, GroupId);
  }
  for (const placeholder of prefixLists) {
    const { PrefixList } = await ec2.send(
      new CreateManagedPrefixListCommand({
        PrefixListName: placeholder.replace("pl-", "clients-"),
        MaxEntries: 2,
        AddressFamily: "IPv4",
        Entries: [{ Cidr: "203.0.113.0/24" }],
      }),
    );
    ids.set(placeholder, PrefixList?.PrefixListId ?? "");
  }
  for (const placeholder of allocations) {
    const { AllocationId = "" } = await ec2.send(new AllocateAddressCommand({ Domain: "vpc" }));
    ids.set(placeholder, AllocationId);
  }
  return ids;
}

export function withIds(text: string, ids: Ids): string {
  return [...ids].reduce((now, [placeholder, id]) => now.replaceAll(placeholder, id), text);
}
