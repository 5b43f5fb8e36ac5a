"""EC2 where moto does less than the lab needs: resources in use cannot be deleted, and the topology is empty."""

from collections.abc import Callable
from typing import Any

import moto.ec2.urls
from moto.core.responses import ActionResult
from moto.ec2.exceptions import DependencyViolationError, EC2ClientError
from moto.ec2.models import EC2Backend, ec2_backends
from moto.ec2.models.instances import Instance, InstanceState
from moto.ec2.models.security_groups import SecurityGroup, SecurityGroupRule
from moto.ec2.models.subnets import Subnet
from moto.ec2.responses import EC2Response

from emulator import quotas


class Backend(EC2Backend):
    @property
    def _url_module(self) -> Any:
        """moto derives the module from the module of the class, which is this one."""
        return moto.ec2.urls

    def terminate_instances(self, instance_ids: list[str]) -> list[tuple[Instance, InstanceState]]:
        """Also delete the interfaces that RunInstances made, which frees their addresses."""
        terminated = super().terminate_instances(instance_ids)
        for instance, _ in terminated:
            for interface in instance.nics.values():
                if interface.id in self.enis:
                    interface.delete()
        return terminated

    def delete_subnet(self, subnet_id: str) -> Subnet:
        if any(each.subnet.id == subnet_id for each in self.enis.values()):
            raise DependencyViolationError(f"The subnet '{subnet_id}' has dependencies and cannot be deleted.")
        return super().delete_subnet(subnet_id)

    def delete_security_group(self, name: str | None = None, group_id: str | None = None) -> None:
        group = self.get_security_group_by_name_or_id(group_id or name or "")
        if group and (self._is_attached(group.id) or self._is_referenced(group.id)):
            raise DependencyViolationError(f"resource {group.id} has a dependent object")
        super().delete_security_group(name, group_id)

    def detach_internet_gateway(self, internet_gateway_id: str, vpc_id: str) -> None:
        if any(each.public_ip and each.subnet.vpc_id == vpc_id for each in self.enis.values()):
            raise DependencyViolationError(
                f"Network {vpc_id} has some mapped public address(es). "
                "Please unmap those public address(es) before detaching the gateway."
            )
        super().detach_internet_gateway(internet_gateway_id, vpc_id)

    def _verify_group_will_respect_rule_count_limit(
        self,
        group: SecurityGroup,
        current_rule_nb: int,
        ip_ranges: list[Any],
        source_groups: list[dict[str, str]] | None = None,
        egress: bool = False,
    ) -> None:
        """Apply the account's own quota instead of AWS's default, which moto applies."""
        wanted = current_rule_nb + len(ip_ranges or []) + len(source_groups or [])
        allowed = quotas.rules_per_security_group
        if wanted > allowed:
            # The first sentence is AWS's message. The quota's code and the remedy are added here.
            raise EC2ClientError(
                "RulesPerSecurityGroupLimitExceeded",
                "The maximum number of rules per security group has been reached. "
                f"({group.id} would have {wanted} {'outbound' if egress else 'inbound'} rules, allowed are {allowed}: "
                "the quota L-0EA8095F, which the lab raises by lab:quotas.rulesPerSecurityGroup.)",
            )

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
    def authorize_security_group_ingress(self) -> ActionResult:
        return self._authorize(self.ec2_backend.authorize_security_group_ingress, "ingress_rules")

    def authorize_security_group_egress(self) -> ActionResult:
        return self._authorize(self.ec2_backend.authorize_security_group_egress, "egress_rules")

    def _authorize(self, authorize: Callable[..., Any], direction: str) -> ActionResult:
        """Add all rules of a call or none, and answer with all. moto stops half-way and answers with the last ones."""
        self.error_on_dryrun()
        name_or_id = self._get_param("GroupName") or self._get_param("GroupId")
        group = self.ec2_backend.get_security_group_by_name_or_id(name_or_id)
        before = list(getattr(group, direction, []))
        added: list[SecurityGroupRule] = []
        try:
            for permission in self._process_rules_from_querystring():
                rules, _ = authorize(**permission)
                added.extend(rules)
        except Exception:
            if group:
                setattr(group, direction, before)
            raise
        return ActionResult({"Return": True, "SecurityGroupRules": added})

    def describe_instance_topology(self) -> ActionResult:
        """AWS lists only instances of a few large types, and the lab has none of these.
        https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-topology-prerequisites.html"""
        return ActionResult({"Instances": []})


def _description(rule: SecurityGroupRule) -> str | None:
    """moto shows a rule's description only if its source is an address range, not a security group."""
    return rule.ip_range.get("Description") or (rule.source_group or {}).get("Description")


def install() -> None:
    """Make moto use this back end from the first call on."""
    ec2_backends.backend = Backend
    SecurityGroupRule.description = property(_description)  # type: ignore[method-assign, assignment]
    moto.ec2.urls.url_paths = {"{0}/": Responses.dispatch}
