/** Inbound rules for one exposure: of the nodes and of its load balancer. */
import { paginateDescribeSecurityGroupRules } from "@aws-sdk/client-ec2";
import type { EC2Client, SecurityGroupRule } from "@aws-sdk/client-ec2";
import type { FirewallFacts } from "../../../model/firewall.ts";
import type { NlbFacts, RuleFacts } from "../model.ts";
import type { ServiceFacts } from "../../../model/service.ts";
import { byText } from "../../../sources/order.ts";
import { ownerByDescription } from "../owners.ts";
import { inBatches } from "./calls.ts";
import { concerns, openingsOf, opensNodePort } from "./openings.ts";

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSecurityGroupRules.html */
const filterValues = 200;

/**
 * @param nodeRules of all security groups that nodes have
 * @param othersGroups security groups that only other load balancers have
 */
export async function readFirewall(
  client: EC2Client,
  nodeRules: readonly RuleFacts[],
  service: ServiceFacts,
  loadBalancer: NlbFacts,
  othersGroups: ReadonlySet<string>,
  abortSignal: AbortSignal,
): Promise<FirewallFacts<RuleFacts>> {
  const openings = openingsOf(service, loadBalancer);
  return {
    nodes: nodeRules.filter(
      (rule) => concerns(rule, openings) && (!othersGroups.has(rule.source) || opensNodePort(rule, service)),
    ),
    loadBalancer: await readIngressRules(client, loadBalancer.securityGroups, abortSignal),
  };
}

export async function readIngressRules(
  client: EC2Client,
  groups: readonly string[],
  abortSignal: AbortSignal,
): Promise<RuleFacts[]> {
  const found: SecurityGroupRule[] = [];
  await inBatches(groups, filterValues, async (Values) => {
    const Filters = [{ Name: "group-id", Values }];
    for await (const page of paginateDescribeSecurityGroupRules({ client }, { Filters }, { abortSignal })) {
      found.push(...(page.SecurityGroupRules ?? []));
    }
  });
  const facts = found.filter(({ IsEgress }) => IsEgress === false).map(ruleFacts);
  return byText(facts, (rule) =>
    [rule.securityGroup, rule.ipProtocol, rule.fromPort, rule.toPort, rule.source, rule.identity.id].join(
      " ",
    ),
  );
}

function ruleFacts(rule: SecurityGroupRule): RuleFacts {
  const { SecurityGroupRuleId = "", Description, ReferencedGroupInfo } = rule;
  return {
    // A rule has no name. Its description is the closest thing.
    identity: { name: Description ?? SecurityGroupRuleId, id: SecurityGroupRuleId },
    owner: ownerByDescription(Description),
    securityGroup: rule.GroupId ?? "",
    ipProtocol: rule.IpProtocol ?? "-1",
    fromPort: rule.FromPort ?? -1,
    toPort: rule.ToPort ?? -1,
    source: rule.CidrIpv4 ?? rule.CidrIpv6 ?? rule.PrefixListId ?? ReferencedGroupInfo?.GroupId ?? "",
  };
}
