"""A Network Load Balancer's network interfaces: one in each subnet, owned by AWS, in the way of deleting the subnet.

They are named `ELB net/<name>/<id>`, which is how people find what holds a subnet:
https://repost.aws/knowledge-center/elb-find-load-balancer-IP.
"""

from typing import Any

from moto.ec2.models import EC2Backend
from moto.ec2.models.elastic_network_interfaces import NetworkInterface


def description(load_balancer: Any) -> str:
    return "ELB " + load_balancer.arn.split(":loadbalancer/")[1]


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
            interface._group_set = []  # moto falls back to the VPC's default group; a NLB without groups has none


def delete(ec2: EC2Backend, load_balancer: Any) -> None:
    for interface in _own(ec2, load_balancer):
        interface.subnet.del_subnet_ip(interface.private_ip_address)
        ec2.delete_network_interface(interface.id)


def replace(ec2: EC2Backend, load_balancer: Any) -> None:
    delete(ec2, load_balancer)
    create(ec2, load_balancer)


def show_addresses(ec2: EC2Backend, load_balancer: Any) -> None:
    """Where clients reach it, if that is a public address, and where it reaches its targets from."""
    for interface in _own(ec2, load_balancer):
        if load_balancer.scheme == "internet-facing":
            interface.public_ip = load_balancer.addresses.get(interface.subnet.id)
        if address := load_balancer.private_addresses.get(interface.subnet.id):
            interface.subnet.del_subnet_ip(interface.private_ip_address)
            interface.private_ip_address = address
            interface.private_ip_addresses = [{"Primary": True, "PrivateIpAddress": address}]


def _own(ec2: EC2Backend, load_balancer: Any) -> list[NetworkInterface]:
    return [each for each in ec2.enis.values() if each.description == description(load_balancer)]
