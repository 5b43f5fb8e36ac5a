"""IPv6 addresses and prefixes that AWS chooses for a load balancer, out of its subnets' ranges.

https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_SubnetMapping.html
"""

import ipaddress

from moto.ec2.models.subnets import Subnet
from moto.moto_api._internal import mock_random


def address_in(subnet: Subnet) -> str:
    return str(_range_of(subnet)[mock_random.randrange(0x100, 2**63)])


def prefix_in(subnet: Subnet) -> str:
    """One with the netmask /80, which is the only one for source NAT."""
    first = _range_of(subnet)[mock_random.randrange(1, 2**16) << 48]
    return f"{first}/80"


def _range_of(subnet: Subnet) -> ipaddress.IPv6Network:
    association = next(iter(subnet.ipv6_cidr_block_associations.values()))
    return ipaddress.IPv6Network(association["ipv6CidrBlock"])
