"""The network interfaces of a Network Load Balancer: one per subnet, owned by AWS. A subnet with one cannot be deleted.

Their description is `ELB net/<name>/<id>`, by which people find out what uses a subnet:
https://repost.aws/knowledge-center/elb-find-load-balancer-IP.
"""

from typing import Any

from moto.ec2.models import EC2Backend
from moto.ec2.models.elastic_network_interfaces import NetworkInterface


def description(load_balancer: Any) -> str:
    arn: str = load_balancer.arn
    return "ELB " + arn.split(":loadbalancer/")[1]


def create(ec2: EC2Backend, load_balancer: Any) -> None:
    for subnet in load_balancer.subnets:
        interface = ec2.create_network_interface(
            subnet,
            subnet.get_available_subnet_ip(load_balancer),
            group_ids=load_balancer.security_groups,
            description=description(load_balancer),
        )
        interface.requester_managed = True
        interface.requester_id = "amazon-elb"
        interface.interface_type = "network_load_balancer"
        interface.status = "in-use"
        if not load_balancer.security_groups:
            interface._group_set = []  # moto falls back to the VPC's default group; an NLB without groups has none


def delete(ec2: EC2Backend, load_balancer: Any) -> None:
    for interface in _own(ec2, load_balancer):
        interface.subnet.del_subnet_ip(interface.private_ip_address)
        ec2.delete_network_interface(interface.id)


def replace(ec2: EC2Backend, load_balancer: Any) -> None:
    delete(ec2, load_balancer)
    create(ec2, load_balancer)


def show_addresses(ec2: EC2Backend, load_balancer: Any) -> None:
    """Show the public address of an internet-facing load balancer, and the private address that its targets see."""
    for interface in _own(ec2, load_balancer):
        if load_balancer.scheme == "internet-facing":
            interface.public_ip = load_balancer.addresses.get(interface.subnet.id)
        if address := load_balancer.private_addresses.get(interface.subnet.id):
            interface.subnet.del_subnet_ip(interface.private_ip_address)
            interface.private_ip_address = address
            interface.private_ip_addresses = [{"Primary": True, "PrivateIpAddress": address}]


def _own(ec2: EC2Backend, load_balancer: Any) -> list[NetworkInterface]:
    return [each for each in ec2.enis.values() if each.description == description(load_balancer)]
