"""The network interfaces of a load balancer: one per subnet, owned by AWS.

A subnet or a security group with one cannot be deleted. Their description is `ELB net/<name>/<id>`, or `ELB <name>` of
a Classic Load Balancer: https://repost.aws/knowledge-center/elb-find-load-balancer-IP. Clients that wait until a load
balancer has released its subnets also ask who attached them: `waitForNLBNetworkInterfacesToDetach` in
https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/elbv2/load_balancer.go.
"""

from dataclasses import dataclass
from typing import Any

from moto.ec2.models import EC2Backend
from moto.ec2.models.elastic_network_interfaces import NetworkInterface
from moto.ec2.models.subnets import Subnet
from moto.moto_api._internal import mock_random


@dataclass(frozen=True)
class Kind:
    interface_type: str
    instance_owner: str
    """The account to which the instance belongs that the interface is attached to."""
    attachment_prefix: str


NETWORK = Kind("network_load_balancer", "amazon-aws", "ela-attach")
CLASSIC = Kind("interface", "amazon-elb", "eni-attach")


@dataclass(frozen=True)
class ServiceAttachment:
    """The attachment to a machine of AWS, of which clients see only the owner."""

    attachment_id: str
    instance_owner_id: str
    status: str = "attached"
    device_index: int = 1
    delete_on_termination: bool = False


class ServiceInterface(NetworkInterface):
    """moto attaches network interfaces to instances of the account only."""

    def __init__(self, ec2: EC2Backend, kind: Kind, **settings: Any) -> None:
        super().__init__(ec2, **settings)
        self.requester_managed = True
        self.requester_id = "amazon-elb"
        self.interface_type = kind.interface_type
        self.status = "in-use"
        self._attachment = ServiceAttachment(
            f"{kind.attachment_prefix}-{mock_random.get_random_hex(17)}", kind.instance_owner
        )
        if not settings["group_ids"]:
            self._group_set = []  # moto falls back to the VPC's default group; a load balancer without groups has none

    @property
    def attachment(self) -> Any:
        return self._attachment

    def get_filter_value(self, filter_name: str, method_name: str | None = None) -> Any:
        shown = {
            "attachment.instance-owner-id": self._attachment.instance_owner_id,
            "attachment.attachment-id": self._attachment.attachment_id,
        }
        return shown.get(filter_name) or super().get_filter_value(filter_name, method_name)


def description(load_balancer: Any) -> str:
    arn: str = load_balancer.arn
    return "ELB " + arn.split(":loadbalancer/")[1]


def create(ec2: EC2Backend, load_balancer: Any, subnets: list[Subnet], kind: Kind) -> None:
    for subnet in subnets:
        interface = ServiceInterface(
            ec2,
            kind,
            subnet=subnet,
            private_ip_address=subnet.get_available_subnet_ip(load_balancer),
            group_ids=load_balancer.security_groups,
            description=description(load_balancer),
        )
        ec2.enis[interface.id] = interface


def delete(ec2: EC2Backend, load_balancer: Any) -> None:
    for interface in _own(ec2, load_balancer):
        interface.subnet.del_subnet_ip(interface.private_ip_address)
        ec2.delete_network_interface(interface.id)


def replace(ec2: EC2Backend, load_balancer: Any, subnets: list[Subnet], kind: Kind) -> None:
    delete(ec2, load_balancer)
    create(ec2, load_balancer, subnets, kind)


def show_addresses(ec2: EC2Backend, load_balancer: Any) -> None:
    """Show the public address of an internet-facing load balancer, the private one that its targets see, and IPv6."""
    for interface in _own(ec2, load_balancer):
        interface.ipv6_addresses = [
            address for subnet, address in load_balancer.ipv6_addresses.items() if subnet == interface.subnet.id
        ]
        if load_balancer.scheme == "internet-facing":
            interface.public_ip = load_balancer.addresses.get(interface.subnet.id)
        if address := load_balancer.private_addresses.get(interface.subnet.id):
            interface.subnet.del_subnet_ip(interface.private_ip_address)
            interface.private_ip_address = address
            interface.private_ip_addresses = [{"Primary": True, "PrivateIpAddress": address}]


def _own(ec2: EC2Backend, load_balancer: Any) -> list[NetworkInterface]:
    return [each for each in ec2.enis.values() if each.description == description(load_balancer)]
