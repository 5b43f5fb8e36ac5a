import assert from "node:assert/strict";
import type { NlbFacts } from "../../../../../../comparison/clouds/aws/model.ts";
import { readFirewall, readIngressRules } from "../../../../../../comparison/clouds/aws/sources/firewall.ts";
import { plain, serviceOf } from "../../../sources/account.ts";
import type { Answers, Call } from "../../../sources/clients.ts";
import { ec2Client, unheeded } from "../../../sources/clients.ts";

const loadBalancer = (...securityGroups: string[]) => ({ securityGroups, pools: [] }) as unknown as NlbFacts;

const rule = (SecurityGroupRuleId: string, changes: object = {}) => ({
  SecurityGroupRuleId,
  GroupId: "sg-nodes",
  IsEgress: false,
  IpProtocol: "tcp",
  FromPort: 30080,
  ToPort: 30080,
  CidrIpv4: "0.0.0.0/0",
  ...changes,
});

const filterOf = (input: Readonly<Record<string, unknown>>): string[] =>
  (input.Filters as { Values: string[] }[]).flatMap(({ Values }) => Values);

async function read(
  rules: { GroupId: string }[],
  balancer = loadBalancer(),
  calls: Call[] = [],
  othersGroups: ReadonlySet<string> = new Set(),
) {
  const answers: Answers = {
    DescribeSecurityGroupRules: (input) => ({
      SecurityGroupRules: rules.filter(({ GroupId }) => filterOf(input).includes(GroupId)),
    }),
  };
  const client = ec2Client(answers, calls);
  const nodeRules = await readIngressRules(client, ["sg-nodes"], unheeded);
  return readFirewall(client, nodeRules, serviceOf(plain), balancer, othersGroups, unheeded);
}

describe("an exposure's firewall", () => {
  it("has the nodes' rules for its node ports with all that EC2 says, and no others", async () => {
    const { nodes } = await read([
      rule("sgr-1", { Description: "clients of http" }),
      rule("sgr-2", { FromPort: 30081, ToPort: 30081 }),
      rule("sgr-3", { IsEgress: true }),
    ]);
    assert.deepEqual(nodes, [
      {
        identity: { name: "clients of http", id: "sgr-1" },
        owner: "other",
        securityGroup: "sg-nodes",
        ipProtocol: "tcp",
        fromPort: 30080,
        toPort: 30080,
        source: "0.0.0.0/0",
      },
    ]);
  });

  it("knows the cloud controller manager's rules by their descriptions, and an undescribed one by its id", async () => {
    const { nodes } = await read([
      rule("sgr-1", { Description: "kubernetes.io/rule/nlb/client=a126f" }),
      rule("sgr-2"),
    ]);
    assert.deepEqual(
      nodes.map(({ identity, owner }) => [identity.name, owner]),
      [
        ["kubernetes.io/rule/nlb/client=a126f", "cloud controller"],
        ["sgr-2", "other"],
      ],
    );
  });

  it("has no rule for another load balancer's group, unless it opens the Service's node port", async () => {
    const ofOther = { CidrIpv4: undefined, ReferencedGroupInfo: { GroupId: "sg-other" } };
    const rules = [
      rule("sgr-1", { ...ofOther, IpProtocol: "icmp", FromPort: 3, ToPort: 4 }),
      rule("sgr-2", { ...ofOther, FromPort: 30000, ToPort: 31000 }),
      rule("sgr-3", { IpProtocol: "icmp", FromPort: 3, ToPort: 4 }),
    ];
    const ids = async (...groups: string[]) =>
      (await read(rules, loadBalancer(), [], new Set(groups))).nodes
        .map(({ identity }) => identity.id)
        .sort();
    assert.deepEqual(await ids("sg-other"), ["sgr-2", "sgr-3"]);
    assert.deepEqual(await ids(), ["sgr-1", "sgr-2", "sgr-3"]);
  });

  it("says who may come in, whether by addresses, a list of prefixes or a group", async () => {
    const { nodes } = await read([
      rule("sgr-1", { CidrIpv4: undefined, CidrIpv6: "::/0" }),
      rule("sgr-2", { CidrIpv4: undefined, PrefixListId: "pl-1" }),
      rule("sgr-3", { CidrIpv4: undefined, ReferencedGroupInfo: { GroupId: "sg-lb" } }),
    ]);
    assert.deepEqual(
      nodes.map(({ source }) => source),
      ["::/0", "pl-1", "sg-lb"],
    );
  });

  it("has all rules of the load balancer's own groups", async () => {
    const calls: Call[] = [];
    const own = rule("sgr-1", { GroupId: "sg-lb", FromPort: 80, ToPort: 80 });
    const firewall = await read([own, rule("sgr-2")], loadBalancer("sg-lb"), calls);
    assert.deepEqual(
      firewall.loadBalancer.map(({ identity }) => identity.id),
      ["sgr-1"],
    );
    assert.deepEqual(
      firewall.nodes.map(({ identity }) => identity.id),
      ["sgr-2"],
    );
    assert.deepEqual(
      calls.map(({ input }) => input.Filters),
      [["sg-nodes"], ["sg-lb"]].map((Values) => [{ Name: "group-id", Values }]),
    );
  });

  it("has the rules of every page", async () => {
    const client = ec2Client({
      DescribeSecurityGroupRules: ({ NextToken }) =>
        NextToken === undefined
          ? { SecurityGroupRules: [rule("sgr-1")], NextToken: "more" }
          : { SecurityGroupRules: [rule("sgr-2", { CidrIpv4: "10.0.0.0/8" })] },
    });
    const rules = await readIngressRules(client, ["sg-nodes"], unheeded);
    assert.deepEqual(
      rules.map(({ source }) => source),
      ["0.0.0.0/0", "10.0.0.0/8"],
    );
  });
});
