"""Targets of type `ip`: which addresses a target group accepts, and their zones.

Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html#target-type and
https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetDescription.html.
"""

import ipaddress
from typing import Any

from emulator import errors

ALL_ZONES = "all"
"""The zone of an address outside the VPC that the load balancer's nodes in all zones send to."""

OUTSIDE = ("10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16")
"""Where an address may be that is in no subnet of the VPC."""


def check(ec2: Any, vpc_id: str | None, targets: list[dict[str, Any]]) -> None:
    for each in targets:
        _check(ec2, vpc_id, each["Id"], each.get("AvailabilityZone"))


def _check(ec2: Any, vpc_id: str | None, target_id: str, zone: str | None) -> None:
    try:
        address = ipaddress.IPv4Address(target_id)
    except ValueError:
        raise errors.address_not_valid(target_id) from None
    actual = zone_in_vpc(ec2, vpc_id, target_id)
    if actual is not None:
        if zone not in (None, actual):
            raise errors.address_in_vpc(target_id, str(zone), actual)
        return
    if not any(address in ipaddress.IPv4Network(block) for block in OUTSIDE):
        raise errors.address_not_private(target_id, OUTSIDE)
    if zone is None:
        raise errors.address_outside_vpc(target_id)
    if zone != ALL_ZONES and zone not in {each.name for each in ec2.describe_availability_zones()}:
        raise errors.zone_not_valid(zone)


def zone_in_vpc(ec2: Any, vpc_id: str | None, address: str) -> str | None:
    """The zone of the VPC's subnet that contains the address. AWS compares with subnets, not with the VPC's blocks:
    https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/3714"""
    for subnet in ec2.describe_subnets():
        if subnet.vpc_id == vpc_id and ipaddress.ip_address(address) in subnet.cidr:
            zone: str = subnet.availability_zone
            return zone
    return None
