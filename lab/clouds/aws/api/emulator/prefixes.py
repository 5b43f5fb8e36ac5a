"""Delegated prefixes: blocks of 16 addresses that a network interface has besides its own address.

The AWS VPC CNI takes pods' addresses from them. moto knows only single secondary addresses.
https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-prefix-eni.html
"""

import ipaddress
from typing import Any

from moto.core.responses import ActionResult
from moto.ec2.exceptions import InvalidParameterValue
from moto.ec2.models import EC2Backend
from moto.ec2.models.elastic_network_interfaces import NetworkInterface
from moto.ec2.responses import EC2Response

PREFIX_LENGTH = 28


class Prefixes(EC2Backend):
    """The prefixes part of the back end."""

    def assign_prefixes(self, interface_id: str, prefixes: list[str]) -> NetworkInterface:
        """Assign all of them or none. One that the interface already has stays."""
        interface = self.get_network_interface(interface_id)
        new = [each for each in prefixes if each not in prefixes_of(interface)]
        for prefix in new:
            self._check_free(interface, prefix)
        for prefix in new:
            for address in ipaddress.ip_network(prefix):
                interface.subnet.request_ip(str(address), interface)
        # moto's answers show what has the field's name.
        interface.ipv4_prefixes = [  # type: ignore[attr-defined]
            {"Ipv4Prefix": each} for each in [*prefixes_of(interface), *new]
        ]
        return interface

    def _check_free(self, interface: NetworkInterface, prefix: str) -> None:
        try:
            block = ipaddress.ip_network(prefix)
        except ValueError:
            raise InvalidParameterValue(prefix) from None
        subnet = interface.subnet
        if block.prefixlen != PREFIX_LENGTH or not block.subnet_of(subnet.cidr):
            raise InvalidParameterValue(f"{prefix} is not a /{PREFIX_LENGTH} block of the subnet {subnet.cidr}")
        if any(str(address) in subnet._subnet_ips for address in block):
            raise InvalidParameterValue(f"{prefix} has addresses that are in use")

    def release_prefixes(self, interface: NetworkInterface) -> None:
        """Keep their addresses for prefixes, as a CIDR reservation of the subnet does, which EKS recommends.

        moto gives single released addresses to whoever asks next, such as a load balancer. One of them would be enough
        to keep a node that comes back from its prefix.
        https://docs.aws.amazon.com/vpc/latest/userguide/subnet-cidr-reservation.html
        """
        subnet = interface.subnet
        for prefix in prefixes_of(interface):
            for address in ipaddress.ip_network(prefix):
                subnet.del_subnet_ip(str(address))
                subnet._unused_ips.discard(str(address))


def prefixes_of(interface: NetworkInterface) -> list[str]:
    return [each["Ipv4Prefix"] for each in getattr(interface, "ipv4_prefixes", [])]


class Responses(EC2Response):
    def assign_private_ip_addresses(self) -> ActionResult:
        prefixes: list[str] = self._get_param("Ipv4Prefixes", [])
        if not prefixes:
            return super().assign_private_ip_addresses()
        backend: Any = self.ec2_backend
        interface = backend.assign_prefixes(self._get_param("NetworkInterfaceId"), prefixes)
        return ActionResult(
            {
                "NetworkInterfaceId": interface.id,
                "AssignedIpv4Prefixes": [{"Ipv4Prefix": each} for each in prefixes],
            }
        )
