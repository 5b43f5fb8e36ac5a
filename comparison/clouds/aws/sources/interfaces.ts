/** What keeps a VPC from being deleted: its network interfaces; and the public addresses that nothing has. */
import { DescribeAddressesCommand, paginateDescribeNetworkInterfaces } from "@aws-sdk/client-ec2";
import type { Address, EC2Client, NetworkInterface } from "@aws-sdk/client-ec2";
import { clusterTagPrefix } from "../../../../components/aws/clusterTags.ts";

export async function networkInterfacesIn(
  client: EC2Client,
  vpc: string,
  abortSignal: AbortSignal,
): Promise<NetworkInterface[]> {
  const found: NetworkInterface[] = [];
  const Filters = [{ Name: "vpc-id", Values: [vpc] }];
  for await (const page of paginateDescribeNetworkInterfaces({ client }, { Filters }, { abortSignal }))
    found.push(...(page.NetworkInterfaces ?? []));
  return found;
}

/** Elastic IP addresses with the cluster's tag. */
export async function addressesOf(
  client: EC2Client,
  clusterName: string,
  abortSignal: AbortSignal,
): Promise<Address[]> {
  const Filters = [{ Name: "tag-key", Values: [`${clusterTagPrefix}${clusterName}`] }];
  const { Addresses = [] } = await client.send(new DescribeAddressesCommand({ Filters }), { abortSignal });
  return Addresses;
}
