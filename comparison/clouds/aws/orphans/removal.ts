/** How to remove what is left behind, with the AWS CLI: https://docs.aws.amazon.com/cli/latest/reference/ */
import type { OrphanFacts } from "../../../model/orphan.ts";

/** One command for each kind of object. */
export const removal = {
  loadBalancer: (arn: string) => `aws elbv2 delete-load-balancer --load-balancer-arn ${arn}`,
  classic: (name: string) => `aws elb delete-load-balancer --load-balancer-name ${name}`,
  targetGroup: (arn: string) => `aws elbv2 delete-target-group --target-group-arn ${arn}`,
  securityGroup: (id: string) => `aws ec2 delete-security-group --group-id ${id}`,
  networkInterface: (id: string) => `aws ec2 delete-network-interface --network-interface-id ${id}`,
  address: (allocation: string) => `aws ec2 release-address --allocation-id ${allocation}`,
  rule: (group: string, id: string) =>
    `aws ec2 revoke-security-group-ingress --group-id ${group} --security-group-rule-ids ${id}`,
} as const;

/** AWS refuses to delete a target group that a load balancer uses, and a security group that a load balancer has or a rule names. */
const last = ["target group", "rule", "security group"];

/** The commands that remove an object and its parts, in an order that AWS accepts. */
export function commandsFor(orphan: OrphanFacts): string[] {
  return [orphan, ...orphan.parts]
    .toSorted((a, b) => last.indexOf(a.kind) - last.indexOf(b.kind))
    .flatMap(({ command }) => command ?? []);
}
