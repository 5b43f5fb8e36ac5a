"""Calls about Network Load Balancers, and the links from their listeners to target groups."""

import re
from typing import Any

from moto.elbv2.exceptions import ELBClientError
from moto.elbv2.models import ELBv2Backend, FakeLoadBalancer
from moto.moto_api._internal import mock_random

from emulator import errors, network_interfaces, placement
from emulator.elbv2 import attributes
from emulator.elbv2.network_load_balancer import NetworkLoadBalancer
from emulator.elbv2.network_target_group import NetworkTargetGroup
from emulator.elbv2.tags import check_tags
from emulator.network_interfaces import NETWORK


class LoadBalancers(ELBv2Backend):
    """The load balancers part of the back end."""

    def create_load_balancer(
        self,
        name: str,
        security_groups: list[str],
        subnet_ids: list[str],
        subnet_mappings: list[dict[str, Any]] | None = None,
        scheme: str | None = None,
        loadbalancer_type: str | None = None,
        ip_address_type: str = "ipv4",
        tags: list[dict[str, str]] | None = None,
    ) -> FakeLoadBalancer:
        requested: dict[str, Any] = {
            "security_groups": sorted(security_groups),
            "subnets": sorted(subnet_ids),
            "mappings": subnet_mappings or [],
            "scheme": scheme or "internet-facing",
            "type": loadbalancer_type,
            "ip_address_type": ip_address_type,
        }
        for existing in self.load_balancers.values():
            if existing.name == name:
                if getattr(existing, "requested", None) != requested:
                    raise errors.already_exists("load balancer", name)
                return existing
        if loadbalancer_type != "network":
            other: Any = super().create_load_balancer(
                name,
                security_groups,
                subnet_ids,
                subnet_mappings,
                requested["scheme"],
                loadbalancer_type,
                ip_address_type,
                tags,
            )
            other.requested = requested
            return other  # type: ignore[no-any-return]
        _check_name(name)
        check_tags(tags)
        if requested["scheme"] not in placement.SCHEMES:
            raise errors.invalid(f"Load balancer scheme '{scheme}' must be one of '{', '.join(placement.SCHEMES)}'")
        mappings = {each["SubnetId"]: each for each in subnet_mappings or []}
        subnets = placement.subnets_of(self.ec2_backend, [*subnet_ids, *mappings])
        placement.check_internet_gateway(self.ec2_backend, subnets[0].vpc_id, requested["scheme"])
        placement.check_security_groups(self.ec2_backend, security_groups)
        placement.check_ip_address_type(ip_address_type, subnets)
        self._check_addresses(mappings, requested["scheme"])
        identifier = mock_random.get_random_hex(length=16)
        load_balancer = NetworkLoadBalancer(
            self.region_name,
            requested,
            mappings,
            name=name,
            scheme=requested["scheme"],
            security_groups=security_groups,
            subnets=subnets,
            vpc_id=subnets[0].vpc_id,
            arn=f"arn:{self.partition}:elasticloadbalancing:{self.region_name}:{self.account_id}:"
            f"loadbalancer/net/{name}/{identifier}",
            # Unlike an Application Load Balancer's: no "internal-" prefix, and "elb" before the region.
            dns_name=f"{name}-{identifier}.elb.{self.region_name}.amazonaws.com",
            ip_address_type=ip_address_type,
        )
        load_balancer.have_ipv6()
        self.load_balancers[load_balancer.arn] = load_balancer
        self.tagging_service.tag_resource(load_balancer.arn, tags)
        network_interfaces.create(self.ec2_backend, load_balancer, load_balancer.subnets, NETWORK)
        return load_balancer

    def _check_addresses(
        self, mappings: dict[str, dict[str, Any]], scheme: str, own: NetworkLoadBalancer | None = None
    ) -> None:
        wanted = _allocations(mappings)
        if wanted and scheme == "internal":
            raise errors.elastic_ip_internal()
        if scheme != "internal" and any(each.get("PrivateIPv4Address") for each in mappings.values()):
            raise errors.private_address_not_internal()
        placement.check_allocations(self.ec2_backend, wanted)
        others = [each for each in self.load_balancers.values() if isinstance(each, NetworkLoadBalancer)]
        if any(set(wanted) & set(_allocations(each.mappings)) for each in others if each is not own):
            raise errors.allocations_in_use()

    def set_security_groups(self, arn: str, sec_groups: list[str]) -> None:
        load_balancer = self.load_balancers.get(arn)
        if isinstance(load_balancer, NetworkLoadBalancer):
            if not load_balancer.requested["security_groups"]:
                raise errors.security_groups_came_too_late()
            placement.check_security_groups(self.ec2_backend, sec_groups)
            load_balancer.security_groups = sec_groups
            network_interfaces.replace(self.ec2_backend, load_balancer, load_balancer.subnets, NETWORK)
            network_interfaces.show_addresses(self.ec2_backend, load_balancer)
        else:
            super().set_security_groups(arn, sec_groups)

    def set_subnets(self, arn: str, subnets: list[str], subnet_mappings: list[dict[str, Any]]) -> list[Any]:
        """Provision until the data plane has addresses in added zones. A removed zone's address goes at once."""
        load_balancer = self.load_balancers.get(arn)
        if not isinstance(load_balancer, NetworkLoadBalancer):
            return super().set_subnets(arn, subnets, subnet_mappings)
        mappings = {each["SubnetId"]: each for each in subnet_mappings}
        self._check_addresses(mappings, load_balancer.scheme, load_balancer)
        load_balancer.subnets = placement.subnets_of(self.ec2_backend, [*subnets, *mappings])
        load_balancer.mappings = mappings
        load_balancer.have_ipv6()
        network_interfaces.replace(self.ec2_backend, load_balancer, load_balancer.subnets, NETWORK)
        load_balancer.state = "provisioning"
        self.report_addresses(arn, load_balancer.addresses, load_balancer.private_addresses)
        return load_balancer.availability_zones

    def set_ip_address_type(self, arn: str, ip_type: str) -> None:
        load_balancer = self.load_balancers.get(arn)
        if isinstance(load_balancer, NetworkLoadBalancer):
            placement.check_ip_address_type(ip_type, load_balancer.subnets)
        super().set_ip_address_type(arn, ip_type)
        if isinstance(load_balancer, NetworkLoadBalancer):
            load_balancer.attrs = attributes.of_ip_address_type(load_balancer.attrs, ip_type, load_balancer.scheme)
            load_balancer.have_ipv6()
            network_interfaces.show_addresses(self.ec2_backend, load_balancer)

    def set_source_nat(self, arn: str, enable: str) -> None:
        load_balancer = self.load_balancers.get(arn)
        if isinstance(load_balancer, NetworkLoadBalancer):
            load_balancer.enable_prefix_for_ipv6_source_nat = enable
            load_balancer.have_ipv6()

    def modify_load_balancer_attributes(self, arn: str, attrs: dict[str, Any]) -> dict[str, Any]:
        load_balancer = self.load_balancers.get(arn)
        if not isinstance(load_balancer, NetworkLoadBalancer):
            return super().modify_load_balancer_attributes(arn, attrs)
        attributes.check_load_balancer(attrs, load_balancer.ip_address_type)
        load_balancer.attrs.update(attrs)
        return load_balancer.attrs

    def describe_load_balancers(self, arns: list[str] | None, names: list[str] | None) -> list[FakeLoadBalancer]:
        for arn in arns or []:
            if arn not in self.load_balancers:
                raise ELBClientError("LoadBalancerNotFound", f"Load balancer '{arn}' not found")
        by_name = {each.name: each for each in self.load_balancers.values()}
        for name in names or []:
            if name not in by_name:
                raise ELBClientError("LoadBalancerNotFound", f"Load balancers '[{name}]' not found")
        return super().describe_load_balancers(arns, names)

    def report_addresses(self, arn: str, addresses: dict[str, str], private_addresses: dict[str, str]) -> None:
        """Take over the addresses on which the data plane carries traffic, by subnet id."""
        load_balancer = self.load_balancers[arn]
        if isinstance(load_balancer, NetworkLoadBalancer):
            load_balancer.carry_traffic_on(addresses, private_addresses)
            network_interfaces.show_addresses(self.ec2_backend, load_balancer)

    def delete_load_balancer(self, arn: str) -> None:
        """Delete it with its listeners. A load balancer that does not exist is no error: API_DeleteLoadBalancer."""
        load_balancer = self.load_balancers.get(arn)
        if load_balancer is None:
            return
        if load_balancer.attrs.get("deletion_protection.enabled") == "true":
            raise ELBClientError(
                "OperationNotPermitted",
                f"Load balancer '{arn}' cannot be deleted because deletion protection is enabled",
            )
        super().delete_load_balancer(arn)
        for each in [arn, *load_balancer.listeners]:
            self.tagging_service.delete_all_tags_for_resource(each)
        network_interfaces.delete(self.ec2_backend, load_balancer)
        self.link_target_groups()

    def link_target_groups(self) -> None:
        """Tell every target group which load balancers forward to it."""
        for group in self.target_groups.values():
            users = [
                load_balancer.arn
                for load_balancer in self.load_balancers.values()
                for listener in load_balancer.listeners.values()
                for rule in listener.rules.values()
                for action in rule.actions
                if group.arn in self._get_target_group_arns_from(action_data=action.data)
            ]
            group.load_balancer_arns = list(dict.fromkeys(users))
            if not users and isinstance(group, NetworkTargetGroup):
                group.fall_out_of_use()


def _allocations(mappings: dict[str, dict[str, Any]]) -> list[str]:
    return [each["AllocationId"] for each in mappings.values() if each.get("AllocationId")]


def _check_name(name: str) -> None:
    if len(name) > 32:
        raise errors.invalid(f"The load balancer name '{name}' cannot be longer than '32' characters")
    if not re.fullmatch(r"[A-Za-z0-9-]+", name):
        raise errors.invalid(
            f"The load balancer name '{name}' can only contain characters "
            "that are alphanumeric characters and hyphens(-)"
        )
    if name.startswith(("-", "internal-")) or name.endswith("-"):
        raise errors.invalid(f"The load balancer name '{name}' cannot begin with '-' or 'internal-', or end with '-'")
