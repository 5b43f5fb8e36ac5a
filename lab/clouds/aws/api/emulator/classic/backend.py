"""Calls about Classic Load Balancers: https://docs.aws.amazon.com/elasticloadbalancing/2012-06-01/APIReference/Welcome.html."""

import re
from collections.abc import Iterable
from typing import Any

import moto.elb.urls
from moto.ec2.models import EC2Backend, ec2_backends
from moto.elb.exceptions import DuplicateLoadBalancerName, LoadBalancerNotFoundError
from moto.elb.models import ELBBackend, LoadBalancer

from emulator import errors, network_interfaces, placement
from emulator.classic.load_balancer import ClassicLoadBalancer
from emulator.network_interfaces import CLASSIC

PROTOCOLS = ("HTTP", "HTTPS", "TCP", "SSL")


class Backend(ELBBackend):
    @property
    def _url_module(self) -> Any:
        """moto derives the module from the module of the class, which is this one."""
        return moto.elb.urls

    @property
    def _ec2(self) -> EC2Backend:
        return ec2_backends[self.account_id][self.region_name]

    def create_load_balancer(
        self,
        name: str,
        zones: list[str],
        ports: list[dict[str, Any]],
        scheme: str | None = None,
        subnets: list[str] | None = None,
        security_groups: list[str] | None = None,
    ) -> LoadBalancer:
        if name in self.load_balancers:
            raise DuplicateLoadBalancerName(name)
        _check_name(name)
        if scheme not in (None, *placement.SCHEMES):
            raise errors.invalid_scheme(scheme or "", placement.SCHEMES)
        _check_listeners(ports)
        by_zone = self._ec2.get_default_subnets()
        places = placement.subnets_of(self._ec2, subnets or [by_zone[each].id for each in zones if each in by_zone])
        vpc_id = places[0].vpc_id
        placement.check_internet_gateway(self._ec2, vpc_id, scheme or "internet-facing")
        placement.check_security_groups(self._ec2, security_groups or [])
        default = self._ec2.get_default_security_group(vpc_id)
        groups = security_groups or ([default.id] if default else [])
        group = self._ec2.get_security_group_from_id(groups[0]) if groups else None
        load_balancer = ClassicLoadBalancer(
            self.region_name,
            group.name if group else "",
            account_id=self.account_id,
            name=name,
            zones=[each.availability_zone for each in places],
            ports=[],
            scheme=scheme,
            vpc_id=vpc_id,
            subnets=[each.id for each in places],
            security_groups=groups,
        )
        load_balancer.add_listeners(ports)
        self.load_balancers[name] = load_balancer
        network_interfaces.create(self._ec2, load_balancer, places, CLASSIC)
        return load_balancer

    def get_load_balancer(self, load_balancer_name: str) -> LoadBalancer:
        """moto answers None, and its callers fail on that."""
        load_balancer = self.load_balancers.get(load_balancer_name)
        if load_balancer is None:
            raise LoadBalancerNotFoundError(load_balancer_name)
        return load_balancer

    def describe_load_balancers(self, names: list[str]) -> list[LoadBalancer]:
        return [self.get_load_balancer(name) for name in names] if names else list(self.load_balancers.values())

    def delete_load_balancer(self, load_balancer_name: str) -> None:
        """A load balancer that does not exist is no error: API_DeleteLoadBalancer."""
        if load_balancer := self.load_balancers.pop(load_balancer_name, None):
            network_interfaces.delete(self._ec2, load_balancer)

    def create_load_balancer_listeners(self, name: str, ports: list[dict[str, Any]]) -> LoadBalancer:
        load_balancer: Any = self.get_load_balancer(name)
        _check_listeners(ports)
        known = {int(each.load_balancer_port) for each in load_balancer.listeners}
        # moto compares a port that is taken with what is asked for, and adds nothing for an equal one.
        super().create_load_balancer_listeners(name, [each for each in ports if int(each["LoadBalancerPort"]) in known])
        load_balancer.add_listeners([each for each in ports if int(each["LoadBalancerPort"]) not in known])
        return load_balancer  # type: ignore[no-any-return]

    def delete_load_balancer_listeners(self, name: str, ports: Iterable[Any]) -> LoadBalancer:
        load_balancer: Any = self.get_load_balancer(name)
        gone = {int(port) for port in ports}
        load_balancer.listeners = [each for each in load_balancer.listeners if int(each.load_balancer_port) not in gone]
        return load_balancer  # type: ignore[no-any-return]

    def apply_security_groups_to_load_balancer(self, load_balancer_name: str, security_group_ids: list[str]) -> None:
        placement.check_security_groups(self._ec2, security_group_ids)
        load_balancer = self.get_load_balancer(load_balancer_name)
        load_balancer.security_groups = security_group_ids
        self._move(load_balancer, load_balancer.subnets)

    def attach_load_balancer_to_subnets(self, load_balancer_name: str, subnets: list[str]) -> list[str]:
        load_balancer = self.get_load_balancer(load_balancer_name)
        return self._move(load_balancer, list(dict.fromkeys([*load_balancer.subnets, *subnets])))

    def detach_load_balancer_from_subnets(self, load_balancer_name: str, subnets: list[str]) -> list[str]:
        load_balancer = self.get_load_balancer(load_balancer_name)
        return self._move(load_balancer, [each for each in load_balancer.subnets if each not in subnets])

    def _move(self, load_balancer: LoadBalancer, subnet_ids: list[str]) -> list[str]:
        places = placement.subnets_of(self._ec2, subnet_ids)
        load_balancer.subnets = subnet_ids
        load_balancer.availability_zones = [each.availability_zone for each in places]
        network_interfaces.replace(self._ec2, load_balancer, places, CLASSIC)
        return subnet_ids

    def register_instances(
        self, load_balancer_name: str, instance_ids: Iterable[str], from_autoscaling: bool = False
    ) -> LoadBalancer:
        load_balancer = self.get_load_balancer(load_balancer_name)
        new = [each for each in dict.fromkeys(instance_ids) if each not in load_balancer.instance_ids]
        if unknown := [each for each in new if self._ec2.get_instance_by_id(each) is None]:
            raise errors.invalid_instance(unknown)
        return super().register_instances(load_balancer_name, new, from_autoscaling)

    def modify_load_balancer_attributes(
        self,
        load_balancer_name: str,
        cross_zone: dict[str, Any] | None = None,
        connection_settings: dict[str, Any] | None = None,
        connection_draining: dict[str, Any] | None = None,
        access_log: dict[str, Any] | None = None,
        additional_attributes: list[dict[str, str]] | None = None,
    ) -> None:
        """Keep what the request leaves out. moto appends the default of an additional attribute with every call."""
        attributes = self.get_load_balancer(load_balancer_name).attributes
        before = attributes["additional_attributes"]
        super().modify_load_balancer_attributes(
            load_balancer_name, cross_zone, connection_settings, connection_draining, access_log, additional_attributes
        )
        if not additional_attributes:
            attributes["additional_attributes"] = before


def _check_name(name: str) -> None:
    if not re.fullmatch(r"[A-Za-z0-9]([A-Za-z0-9-]{0,30}[A-Za-z0-9])?", name):
        raise errors.invalid(
            f"LoadBalancer name '{name}' must have 1 to 32 characters, only letters, digits and hyphens, "
            "and cannot begin or end with a hyphen"
        )


def _check_listeners(requested: list[dict[str, Any]]) -> None:
    if not requested:
        raise errors.invalid("Listeners cannot be empty")
    for each in requested:
        for protocol in (each["Protocol"], each.get("InstanceProtocol") or each["Protocol"]):
            if protocol.upper() not in PROTOCOLS:
                raise errors.unsupported_protocol(protocol, PROTOCOLS)
        if each["Protocol"].upper() in ("HTTPS", "SSL") and not each.get("SSLCertificateId"):
            raise errors.unsupported("Secure Listeners need to specify a SSLCertificateId")
