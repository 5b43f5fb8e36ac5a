"""Where a load balancer may be: checks of its subnets, its VPC's internet gateway and its security groups.

Network and Classic Load Balancers share them, with the same error codes:
https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html and
https://docs.aws.amazon.com/elasticloadbalancing/2012-06-01/APIReference/API_CreateLoadBalancer.html.
"""

from moto.ec2.models import EC2Backend
from moto.ec2.models.subnets import Subnet
from moto.elbv2.exceptions import ELBClientError

from emulator import errors

SCHEMES = ("internet-facing", "internal")


def subnets_of(ec2: EC2Backend, subnet_ids: list[str]) -> list[Subnet]:
    """The subnets of a load balancer: at least one, all of one VPC, and one per zone."""
    if not subnet_ids:
        raise errors.invalid("At least one subnet must be specified")
    known = {subnet.id: subnet for subnet in ec2.describe_subnets()}
    if missing := [each for each in subnet_ids if each not in known]:
        raise ELBClientError("SubnetNotFound", f"The subnet ID '{missing[0]}' does not exist")
    subnets = [known[each] for each in subnet_ids]
    if len({subnet.vpc_id for subnet in subnets}) > 1:
        raise errors.unsupported("All subnets must belong to the same VPC")
    if len({subnet.availability_zone for subnet in subnets}) < len(subnets):
        raise errors.unsupported("A load balancer cannot be attached to multiple subnets in the same Availability Zone")
    return subnets


def check_internet_gateway(ec2: EC2Backend, vpc_id: str, scheme: str) -> None:
    gateways = ec2.internet_gateways.values()
    if scheme == "internet-facing" and not any(each.vpc and each.vpc.id == vpc_id for each in gateways):
        raise ELBClientError("InvalidSubnet", f"VPC {vpc_id} has no internet gateway")


def check_security_groups(ec2: EC2Backend, ids: list[str]) -> None:
    for each in ids:
        if ec2.get_security_group_from_id(each) is None:
            raise ELBClientError("InvalidSecurityGroup", f"One or more security groups are invalid: '{each}'")


def check_ip_address_type(ip_address_type: str, subnets: list[Subnet]) -> None:
    """A dual-stack load balancer needs IPv6 in all of its subnets. Source of the message:
    https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/4852"""
    if ip_address_type == "dualstack" and not all(subnet.ipv6_cidr_block_associations for subnet in subnets):
        raise errors.invalid("You must specify subnets with an associated IPv6 CIDR block.")


def check_allocations(ec2: EC2Backend, allocation_ids: list[str]) -> None:
    """Elastic IP addresses have to exist. AWS compares the ids as they are, blanks included:
    https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/2412"""
    known = {address.allocation_id for address in ec2.addresses}
    if unknown := [each for each in allocation_ids if each not in known]:
        raise ELBClientError("AllocationIdNotFound", f"The allocation IDs '{', '.join(unknown)}' don't exist")
