/** Security groups of nodes and of load balancers are enforced. docs/fidelity.md lists what AWS documents. */
import assert from "node:assert/strict";
import {
  CreateManagedPrefixListCommand,
  CreateSecurityGroupCommand,
  ModifyManagedPrefixListCommand,
  RevokeSecurityGroupEgressCommand,
} from "@aws-sdk/client-ec2";
import { internet, nodes } from "../../../../../lab/layout.ts";
import { eventually } from "../../../eventually.ts";
import { allHealthy, allUnhealthy, Balancing, everyone, nodesOf } from "./balancing.ts";

const [direct = ""] = nodes.map(({ address }) => address);

describe("security groups", function () {
  this.timeout(90_000);
  const lab = Balancing.forSuite();

  const createGroup = async (GroupName: string): Promise<string> => {
    const group = { GroupName, Description: "load balancer", VpcId: lab.account.vpcId };
    return (await lab.ec2.send(new CreateSecurityGroupCommand(group))).GroupId ?? "";
  };
  const passes = (address: string): Promise<unknown> =>
    eventually("clients pass", async () => {
      const [answer] = await lab.client.ask("tcp", address, 80, 1, 300);
      return answer?.node === "node-a";
    });
  const isLost = async (address: string, port: number): Promise<void> =>
    assert.deepEqual(await lab.client.ask("tcp", address, port, 1, 500), [{ error: "timeout" }]);

  it("close node ports unless a rule opens them, also to health checks and flows through the load balancer", async () => {
    await lab.serve(30001);
    const { addresses, groupArn } = await lab.provision({ nodePort: 30001 });
    const [address = ""] = addresses;
    await lab.healthIs(groupArn, allUnhealthy);
    await isLost(direct, 30001);
    await isLost(address, 80);
    // The cloud controller manager's rule for subnets: health checks pass, clients do not.
    const rule = { IpProtocol: "tcp", FromPort: 30001, ToPort: 30001 };
    await lab.allow(lab.account.nodeSecurityGroupId, {
      ...rule,
      IpRanges: nodes.map(({ subnetCidr }) => ({ CidrIp: subnetCidr })),
    });
    await lab.healthIs(groupArn, allHealthy);
    await isLost(address, 80);
    await lab.allow(lab.account.nodeSecurityGroupId, {
      ...rule,
      IpRanges: [{ CidrIp: `${internet.client}/32` }],
    });
    await passes(address);
    assert.deepEqual(nodesOf(await lab.client.ask("tcp", direct, 30001, 1)), ["node-a"]);
  });

  it("admit only traffic through the load balancer if nodes trust its group", async () => {
    await lab.serve(30002);
    const securityGroup = await createGroup("trusted");
    await lab.allow(lab.account.nodeSecurityGroupId, {
      IpProtocol: "tcp",
      FromPort: 30002,
      ToPort: 30002,
      UserIdGroupPairs: [{ GroupId: securityGroup }],
    });
    const { addresses, groupArn } = await lab.provision({ nodePort: 30002, securityGroup });
    const [address = ""] = addresses;
    await lab.healthIs(groupArn, allHealthy);
    await isLost(address, 80);
    await lab.allow(securityGroup, { IpProtocol: "tcp", FromPort: 80, ToPort: 80, IpRanges: everyone });
    await passes(address);
    await isLost(direct, 30002);
  });

  it("let in whoever is in a prefix list, as the list is now, and nobody else", async () => {
    await lab.serve(30005);
    await lab.open(30005);
    const securityGroup = await createGroup("listed");
    const { PrefixList: { PrefixListId } = {} } = await lab.ec2.send(
      new CreateManagedPrefixListCommand({
        PrefixListName: "clients",
        AddressFamily: "IPv4",
        MaxEntries: 2,
        Entries: [{ Cidr: "198.51.100.77/32" }],
      }),
    );
    await lab.allow(securityGroup, {
      IpProtocol: "tcp",
      FromPort: 80,
      ToPort: 80,
      PrefixListIds: [{ PrefixListId }],
    });
    const { addresses, groupArn } = await lab.provision({ nodePort: 30005, securityGroup });
    const [address = ""] = addresses;
    await lab.healthIs(groupArn, allHealthy);
    await isLost(address, 80);
    await lab.ec2.send(
      new ModifyManagedPrefixListCommand({
        PrefixListId,
        CurrentVersion: 1,
        AddEntries: [{ Cidr: `${internet.client}/32` }],
      }),
    );
    await passes(address);
  });

  it("let in the members of a group by their private addresses, and nobody else", async () => {
    await lab.serve(30006);
    await lab.open(30006);
    const securityGroup = await createGroup("members");
    await lab.allow(securityGroup, {
      IpProtocol: "tcp",
      FromPort: 80,
      ToPort: 80,
      UserIdGroupPairs: [{ GroupId: lab.account.nodeSecurityGroupId }],
    });
    const inside = await lab.provision({ nodePort: 30006, securityGroup, internal: true });
    await lab.healthIs(inside.groupArn, allHealthy);
    const [address = ""] = inside.addresses;
    const answers = await lab.testbed.host("node-b").ask("tcp", address, 80, 1);
    assert.deepEqual(answers, [{ node: "node-a", from: nodes[1]?.address }]);
    const outside = await lab.provision({ nodePort: 30006, securityGroup });
    await lab.healthIs(outside.groupArn, allHealthy);
    await isLost(outside.addresses[0] ?? "", 80);
  });

  it("of a load balancer block its flows and health checks if they allow no egress", async () => {
    await lab.serve(30003);
    await lab.open(30003);
    const securityGroup = await createGroup("closed");
    await lab.allow(securityGroup, { IpProtocol: "tcp", FromPort: 80, ToPort: 80, IpRanges: everyone });
    const { addresses, groupArn } = await lab.provision({ nodePort: 30003, securityGroup });
    const [address = ""] = addresses;
    await lab.healthIs(groupArn, allHealthy);
    await passes(address);
    const IpPermissions = [{ IpProtocol: "-1", IpRanges: everyone }];
    await lab.ec2.send(new RevokeSecurityGroupEgressCommand({ GroupId: securityGroup, IpPermissions }));
    await lab.healthIs(groupArn, allUnhealthy);
    await isLost(address, 80);
  });

  it("leave an internal load balancer reachable in the VPC, but not from the internet", async () => {
    await lab.serve(30004);
    await lab.open(30004);
    const { addresses, groupArn } = await lab.provision({ nodePort: 30004, internal: true });
    await lab.healthIs(groupArn, allHealthy);
    const [address = ""] = addresses;
    assert.match(address, /^10\.0\.8\./);
    await isLost(address, 80);
    const answers = await lab.testbed.host("node-b").ask("tcp", address, 80, 1);
    assert.deepEqual(answers, [{ node: "node-a", from: nodes[1]?.address }]);
  });
});
