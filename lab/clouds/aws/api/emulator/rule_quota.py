"""The quota of rules of a security group, as AWS counts them."""

from typing import Any

from moto.ec2.exceptions import EC2ClientError
from moto.ec2.models.managed_prefixes import ManagedPrefixList

from emulator import prefix_lists, quotas

DIRECTIONS = {"ingress_rules": "inbound", "egress_rules": "outbound"}


def check(group: Any, direction: str, lists: dict[str, ManagedPrefixList]) -> None:
    """Refuse a group above the quota, which holds for IPv4 and IPv6 separately. A group or a prefix list as source
    counts for both. https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups"""
    rules = getattr(group, direction)
    weights = [
        [prefix_lists.weight(lists, rule.prefix_list_id) for rule in rules if not rule.ip_range.get(other)]
        for other in ("CidrIpv6", "CidrIp")
    ]
    count, allowed = max(sum(each) for each in weights), quotas.rules_per_security_group
    if count > allowed:
        # The first sentence is AWS's message. The quota's code and the remedy are added here.
        raise EC2ClientError(
            "RulesPerSecurityGroupLimitExceeded",
            "The maximum number of rules per security group has been reached. "
            f"({group.id} would have {count} {DIRECTIONS[direction]} rules, allowed are {allowed}: "
            "the quota L-0EA8095F, which the lab raises by lab:quotas.rulesPerSecurityGroup.)",
        )
