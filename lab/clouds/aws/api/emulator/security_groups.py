"""Security groups where moto differs from AWS: the quota, all rules of a call or none, and which rules are the same."""

import ipaddress
from collections.abc import Callable, Iterator
from typing import Any

from moto.core.responses import ActionResult
from moto.ec2.exceptions import (
    DependencyViolationError,
    InvalidCIDRSubnetError,
    InvalidParameterCombination,
    InvalidParameterValue,
    InvalidPermissionDuplicateError,
    InvalidSecurityGroupNotFoundError,
    InvalidSecurityGroupRuleIdNotFoundError,
    MissingParameter,
)
from moto.ec2.models import EC2Backend
from moto.ec2.models.security_groups import SecurityGroup, SecurityGroupRule
from moto.ec2.responses import EC2Response

from emulator import prefix_lists, rule_quota


class SecurityGroups(EC2Backend):
    """The security groups part of the back end."""

    def describe_security_groups(
        self,
        group_ids: list[str] | None = None,
        groupnames: list[str] | None = None,
        filters: Any = None,
    ) -> list[SecurityGroup]:
        """moto takes an id that is asked for twice for a group that does not exist."""
        return super().describe_security_groups(list(dict.fromkeys(group_ids or [])), groupnames, filters)

    def delete_security_group(self, name: str | None = None, group_id: str | None = None) -> None:
        group = self.get_security_group_by_name_or_id(group_id or name or "")
        if group and (self._is_attached(group.id) or self._is_referenced(group.id)):
            raise DependencyViolationError(f"resource {group.id} has a dependent object")
        super().delete_security_group(name, group_id)

    def revoke_security_group_ingress(self, group_name_or_id: str, *settings: Any, **more: Any) -> None:
        self._check_rule_ids(group_name_or_id, "ingress_rules", more.get("security_rule_ids"))
        super().revoke_security_group_ingress(group_name_or_id, *settings, **more)

    def revoke_security_group_egress(self, group_name_or_id: str, *settings: Any, **more: Any) -> None:
        self._check_rule_ids(group_name_or_id, "egress_rules", more.get("security_rule_ids"))
        super().revoke_security_group_egress(group_name_or_id, *settings, **more)

    def modify_security_group_rules(self, group_id: str, rules: dict[str, dict[str, Any]]) -> None:
        """Replace what the rules permit. moto forgets referenced groups, asks for ports of all protocols, and makes
        duplicates."""
        group = self.get_security_group_by_name_or_id(group_id)
        if group is None:
            raise InvalidSecurityGroupNotFoundError(group_id)
        self._check_rule_ids(group_id, "all_rules", list(rules))
        for rule_id, wanted in rules.items():
            rule: Any = group.get_rule(rule_id)
            new = self._rule_of(group, rule, wanted)
            if any(each == new for each in _rules(group) if each is not rule and each.is_egress == rule.is_egress):
                raise InvalidPermissionDuplicateError
            for part in ("ip_protocol", "from_port", "to_port", "ip_range", "source_group", "prefix_list_id"):
                setattr(rule, part, getattr(new, part))

    def _rule_of(self, group: SecurityGroup, old: SecurityGroupRule, wanted: dict[str, Any]) -> SecurityGroupRule:
        """The rule that a SecurityGroupRuleRequest describes.
        https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SecurityGroupRuleRequest.html"""
        sources = [key for key in SOURCES if wanted.get(key)]
        if len(sources) > 1:
            raise InvalidParameterCombination(f"Only one of {', '.join(SOURCES)} can be specified")
        if not sources:
            raise MissingParameter(f"The request must contain exactly one of: {', '.join(SOURCES)}")
        protocol = wanted.get("IpProtocol")
        if protocol is None:
            raise InvalidParameterValue("VPC security group rules must specify protocols explicitly.")
        described = {SOURCES[sources[0]]: wanted[sources[0]]}
        if wanted.get("Description"):
            described["Description"] = wanted["Description"]
        ports: tuple[Any, Any] = (wanted.get("FromPort"), wanted.get("ToPort"))
        _check_permission(protocol, *ports)
        kinds = {"GroupId": "source_groups", "PrefixListId": "prefix_list_ids"}
        lists: dict[str, Any] = {"ip_ranges": [], "source_groups": [], "prefix_list_ids": []}
        lists[kinds.get(SOURCES[sources[0]], "ip_ranges")] = [described]
        lists["source_groups"] = self._add_source_group(lists["source_groups"], group.vpc_id)
        return next(self._iterate_security_rules(protocol, group.id, *ports, is_egress=old.is_egress, **lists))

    def rules_of(self, permission: dict[str, Any], *, is_egress: bool) -> list[SecurityGroupRule]:
        """Those that a permission of a call stands for. AWS refuses a call in which two are the same, whatever the
        group has: https://github.com/hashicorp/terraform-provider-aws/issues/2587"""
        lists: dict[str, Any] = {
            "source_groups": self._add_source_group(permission.get("source_groups"), None),
            "prefix_list_ids": permission.get("prefix_list_ids") or [],
        }
        kind = (
            permission["ip_protocol"],
            permission["group_name_or_id"],
            permission["from_port"],
            permission["to_port"],
        )
        return list(self._iterate_security_rules(*kind, permission["ip_ranges"], **lists, is_egress=is_egress))

    def _check_rule_ids(self, group_name_or_id: str, direction: str, rule_ids: list[str] | None) -> None:
        """A rule that is gone has its own error code: `security_group_rule.go` of
        https://github.com/hashicorp/terraform-provider-aws takes it for a deletion that is done."""
        group = self.get_security_group_by_name_or_id(group_name_or_id)
        known = {rule.id for rule in _rules(group) if direction in ("all_rules", _direction(rule))} if group else set()
        if group and (unknown := [each for each in rule_ids or [] if each not in known]):
            raise InvalidSecurityGroupRuleIdNotFoundError(unknown[0])

    def _iterate_security_rules(
        self,
        ip_protocol: str,
        group_id: str,
        from_port: str,
        to_port: str,
        ip_ranges: list[Any],
        *rest: Any,
        **more: Any,
    ) -> Iterator[SecurityGroupRule]:
        """Clear the host bits of address ranges, as AWS does: 100.68.0.18/18 becomes 100.68.0.0/18.
        https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AuthorizeSecurityGroupIngress.html"""
        ranges = [_canonical(each) for each in ip_ranges]
        return super()._iterate_security_rules(ip_protocol, group_id, from_port, to_port, ranges, *rest, **more)

    def _verify_group_will_respect_rule_count_limit(self, *_: Any, **__: Any) -> None:
        """moto counts neither prefix lists nor the two address families: see rule_quota.py."""

    def _is_attached(self, group_id: str) -> bool:
        return any(group.id == group_id for each in self.enis.values() for group in each.group_set)

    def _is_referenced(self, group_id: str) -> bool:
        """Whether a rule of another group refers to this one."""
        return any(
            (rule.source_group or {}).get("GroupId") == group_id
            for groups in self.groups.values()
            for group in groups.values()
            if group.id != group_id
            for rule in [*group.ingress_rules, *group.egress_rules]
        )


class Responses(EC2Response):
    """The security groups part of the answers."""

    def authorize_security_group_ingress(self) -> ActionResult:
        return self._authorize(self.ec2_backend.authorize_security_group_ingress, "ingress_rules")

    def authorize_security_group_egress(self) -> ActionResult:
        return self._authorize(self.ec2_backend.authorize_security_group_egress, "egress_rules")

    def _authorize(self, authorize: Callable[..., Any], direction: str) -> ActionResult:
        """Answer with all rules of the call. moto answers with the last ones."""
        self.error_on_dryrun()
        added: list[SecurityGroupRule] = []
        asked: list[SecurityGroupRule] = []

        def each(permission: dict[str, Any]) -> None:
            _check_permission(permission["ip_protocol"], permission["from_port"], permission["to_port"])
            prefix_lists.check(self.ec2_backend.managed_prefix_lists, permission.get("prefix_list_ids") or [])
            for rule in self.ec2_backend.rules_of(permission, is_egress=direction == "egress_rules"):
                if rule in asked:
                    raise InvalidParameterValue("The same permission must not appear multiple times")
                asked.append(rule)
            rules, group = authorize(**permission)
            added.extend(rules)
            rule_quota.check(group, direction, self.ec2_backend.managed_prefix_lists)

        self._all_or_none(each, direction)
        return ActionResult({"Return": True, "SecurityGroupRules": added})

    def revoke_security_group_ingress(self) -> ActionResult:
        return self._revoke(self.ec2_backend.revoke_security_group_ingress, "ingress_rules")

    def revoke_security_group_egress(self) -> ActionResult:
        return self._revoke(self.ec2_backend.revoke_security_group_egress, "egress_rules")

    def _revoke(self, revoke: Callable[..., Any], direction: str) -> ActionResult:
        self.error_on_dryrun()

        def each(permission: dict[str, Any]) -> None:
            del permission["sgrule_tags"]
            revoke(**permission)

        self._all_or_none(each, direction)
        return ActionResult({"Return": True})

    def _all_or_none(self, change: Callable[[dict[str, Any]], None], direction: str) -> None:
        """Apply all rules of a call or none. moto stops half-way."""
        name_or_id = self._get_param("GroupName") or self._get_param("GroupId")
        group = self.ec2_backend.get_security_group_by_name_or_id(name_or_id)
        before = list(getattr(group, direction, []))
        try:
            for permission in self._process_rules_from_querystring():
                change(permission)
        except Exception:
            if group:
                setattr(group, direction, before)
            raise


SOURCES = {
    "CidrIpv4": "CidrIp",
    "CidrIpv6": "CidrIpv6",
    "PrefixListId": "PrefixListId",
    "ReferencedGroupId": "GroupId",
}
"""The sources of a SecurityGroupRuleRequest, and their names in an IpPermission."""


def _rules(group: SecurityGroup) -> list[SecurityGroupRule]:
    return [*group.ingress_rules, *group.egress_rules]


def _direction(rule: SecurityGroupRule) -> str:
    return "egress_rules" if rule.is_egress else "ingress_rules"


PROTOCOLS = ("tcp", "udp", "icmp", "icmpv6", "-1")
"""Those with a name, and all. Others are numbers."""


def _check_permission(protocol: str, from_port: Any, to_port: Any) -> None:
    """https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html, and for what AWS says of a protocol
    https://github.com/hashicorp/terraform-provider-aws/issues/1793"""
    named = str(protocol).lower()
    if named not in PROTOCOLS and not (named.isdecimal() and int(named) <= 255):
        raise InvalidParameterValue(f"Invalid value '{protocol}' for IP protocol. Unknown protocol.")
    if str(protocol).lower() not in ("tcp", "udp", "6", "17"):
        return
    if from_port is None or to_port is None:
        raise InvalidParameterValue("Invalid value for portRange. Must specify both from and to ports with TCP/UDP.")
    if not 0 <= int(from_port) <= int(to_port) <= 65535:
        raise InvalidParameterValue(f"Invalid TCP/UDP port range: [{from_port}-{to_port}]")


def _canonical(ip_range: dict[str, Any]) -> dict[str, Any]:
    cidrs = {key: ip_range[key] for key in ("CidrIp", "CidrIpv6") if ip_range.get(key)}
    try:
        return {**ip_range, **{key: str(ipaddress.ip_network(cidr, strict=False)) for key, cidr in cidrs.items()}}
    except ValueError as error:
        raise InvalidCIDRSubnetError(", ".join(cidrs.values())) from error


def _identity(rule: SecurityGroupRule) -> tuple[Any, ...]:
    """What tells rules apart. Descriptions and tags do not: a second rule with another description is a duplicate, and
    a rule is revoked by its source alone.
    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RevokeSecurityGroupIngress.html"""
    source = (rule.cidr_ipv4, rule.cidr_ipv6, rule.source_group.get("GroupId"), rule.prefix_list_id)
    ports = () if rule.ip_protocol == "-1" else (rule.from_port, rule.to_port)
    return (rule.ip_protocol, *ports, *source)


def _description(rule: SecurityGroupRule) -> str | None:
    """moto shows a rule's description only if its source is an address range, not a security group."""
    return rule.ip_range.get("Description") or (rule.source_group or {}).get("Description")


def install() -> None:
    SecurityGroupRule.description = property(_description)  # type: ignore[method-assign, assignment]
    SecurityGroupRule.__eq__ = lambda one, other: _identity(one) == _identity(other)  # type: ignore[method-assign]
