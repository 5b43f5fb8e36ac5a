"""One Network Load Balancer: its zones with their addresses, its state and its attributes."""

from typing import Any

from moto.elbv2.models import FakeLoadBalancer

from emulator.elbv2 import attributes, ipv6

HOSTED_ZONES = {
    "us-east-1": "Z26RNL4JYFTOTI",
    "us-east-2": "ZLMOA37VPKANP",
    "us-west-1": "Z24FKFUX50B4VW",
    "us-west-2": "Z18D5FSROUN65G",
}
"""Route 53 hosted zones of NLBs. https://docs.aws.amazon.com/general/latest/gr/elb.html"""


class NetworkLoadBalancer(FakeLoadBalancer):
    def __init__(
        self, region: str, requested: dict[str, Any], mappings: dict[str, dict[str, Any]], **settings: Any
    ) -> None:
        super().__init__(state="provisioning", loadbalancer_type="network", **settings)
        self.requested = requested
        self.mappings = mappings
        """The entries of SubnetMappings, by subnet id."""
        self.addresses: dict[str, str] = {}
        """The addresses that the data plane reported, by subnet id."""
        self.private_addresses: dict[str, str] = {}
        """The addresses that targets see instead of the client's, as the data plane reported them, by subnet id."""
        self.ipv6_addresses: dict[str, str] = {}
        """The addresses of a dual-stack load balancer, by subnet id. No client of the lab uses them."""
        self.source_nat_prefixes: dict[str, str] = {}
        """The prefixes for source NAT, by subnet id."""
        self.attrs = attributes.of_ip_address_type(
            attributes.load_balancer_defaults(), self.ip_address_type, self.scheme
        )
        self.canonical_hosted_zone_id = HOSTED_ZONES.get(region, self.canonical_hosted_zone_id)
        self.enable_prefix_for_ipv6_source_nat = "off"
        if self.security_groups:
            self.enforce_security_group_inbound_rules_on_private_link_traffic = "on"

    @property
    def availability_zones(self) -> list[Any]:
        return [
            {
                "ZoneName": subnet.availability_zone,
                "SubnetId": subnet.id,
                "LoadBalancerAddresses": self._addresses_in(subnet.id),
                "SourceNatIpv6Prefixes": [
                    prefix for key, prefix in self.source_nat_prefixes.items() if key == subnet.id
                ],
            }
            for subnet in self.subnets
        ]

    def _addresses_in(self, subnet_id: str) -> list[dict[str, str]]:
        """AWS lists only addresses that the caller chose (elastic, private or IPv6). The lab lists all of IPv4."""
        mapping = self.mappings.get(subnet_id, {})
        chosen = ("AllocationId", "PrivateIPv4Address", *(["IPv6Address"] if self.ipv6_addresses else []))
        shown = {key: mapping[key] for key in chosen if mapping.get(key)}
        if subnet_id in self.addresses:
            shown["IpAddress"] = self.addresses[subnet_id]
        return [shown] if shown else []

    def activate(self) -> None:
        """Does nothing: moto would turn it active when it is described, but here the data plane does."""

    def carry_traffic_on(self, addresses: dict[str, str], private_addresses: dict[str, str]) -> None:
        """Take over the addresses that the data plane has programmed, by subnet id."""
        self.private_addresses = private_addresses
        self.addresses = {subnet.id: addresses[subnet.id] for subnet in self.subnets if subnet.id in addresses}
        if set(self.addresses) == {subnet.id for subnet in self.subnets}:
            self.state = "active"

    def have_ipv6(self) -> None:
        """Give each zone what a dual-stack load balancer has there: what the caller chose, what it had, or another."""
        is_dualstack = self.ip_address_type == "dualstack"
        has_prefixes = is_dualstack and self.enable_prefix_for_ipv6_source_nat == "on"
        subnets = self.subnets if is_dualstack else []
        self.ipv6_addresses = {
            subnet.id: self._chosen(subnet.id, "IPv6Address")
            or self.ipv6_addresses.get(subnet.id)
            or ipv6.address_in(subnet)
            for subnet in subnets
        }
        self.source_nat_prefixes = {
            subnet.id: self._chosen(subnet.id, "SourceNatIpv6Prefix")
            or self.source_nat_prefixes.get(subnet.id)
            or ipv6.prefix_in(subnet)
            for subnet in (subnets if has_prefixes else [])
        }

    def _chosen(self, subnet_id: str, key: str) -> str | None:
        value: str | None = self.mappings.get(subnet_id, {}).get(key)
        return None if value == "auto_assigned" else value
