"""EC2 where moto does less than the lab needs: resources in use cannot be deleted, and the topology is empty."""

from typing import Any

import moto.ec2.urls
from moto.core.responses import ActionResult
from moto.ec2.exceptions import DependencyViolationError
from moto.ec2.models import ec2_backends
from moto.ec2.models.instances import Instance, InstanceState
from moto.ec2.models.subnets import Subnet

from emulator import prefixes, security_groups


class Backend(security_groups.SecurityGroups, prefixes.Prefixes):
    @property
    def _url_module(self) -> Any:
        """moto derives the module from the module of the class, which is this one."""
        return moto.ec2.urls

    def terminate_instances(self, instance_ids: list[str]) -> list[tuple[Instance, InstanceState]]:
        """Also delete the interfaces that RunInstances made, which frees their addresses."""
        terminated = super().terminate_instances(instance_ids)
        for instance, _ in terminated:
            for interface in instance.nics.values():
                if interface.id in self.enis:
                    self.release_prefixes(interface)
                    interface.delete()
        return terminated

    def delete_subnet(self, subnet_id: str) -> Subnet:
        if any(each.subnet.id == subnet_id for each in self.enis.values()):
            raise DependencyViolationError(f"The subnet '{subnet_id}' has dependencies and cannot be deleted.")
        return super().delete_subnet(subnet_id)

    def detach_internet_gateway(self, internet_gateway_id: str, vpc_id: str) -> None:
        if any(each.public_ip and each.subnet.vpc_id == vpc_id for each in self.enis.values()):
            raise DependencyViolationError(
                f"Network {vpc_id} has some mapped public address(es). "
                "Please unmap those public address(es) before detaching the gateway."
            )
        super().detach_internet_gateway(internet_gateway_id, vpc_id)


class Responses(security_groups.Responses, prefixes.Responses):
    def describe_instance_topology(self) -> ActionResult:
        """AWS lists only instances of a few large types, and the lab has none of these.
        https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-topology-prerequisites.html"""
        return ActionResult({"Instances": []})


def _ipv6_ranges(subnet: Subnet) -> list[dict[str, Any]]:
    """moto puts the state of a subnet's range one level too deep, where no client finds it.
    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SubnetIpv6CidrBlockAssociation.html"""
    return [
        {"ipv6CidrBlock": each["ipv6CidrBlock"], "associationId": each["associationId"], "ipv6CidrBlockState": state}
        for each in subnet.ipv6_cidr_block_associations.values()
        if (state := {"state": each["ipv6CidrBlockState"]["State"]}) == {"state": "associated"}
    ]


def install() -> None:
    """Make moto use this back end from the first call on."""
    Subnet.ipv6_cidr_block_association_set = property(_ipv6_ranges)  # type: ignore[assignment]
    ec2_backends.backend = Backend
    security_groups.install()
    moto.ec2.urls.url_paths = {"{0}/": Responses.dispatch}
