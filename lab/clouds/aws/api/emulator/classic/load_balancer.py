"""One Classic Load Balancer as DescribeLoadBalancers shows it."""

from typing import Any

from moto.elb.models import FakeBackend, FakeHealthCheck, FakeListener, LoadBalancer
from moto.moto_api._internal import mock_random

from emulator.errors import too_many_tags

HOSTED_ZONES = {
    "us-east-1": "Z35SXDOTRQ7X7K",
    "us-east-2": "Z3AADJGX6KTTL2",
    "us-west-1": "Z368ELLRRE2KJ0",
    "us-west-2": "Z1H1FL5HABSF5",
}
"""Route 53 hosted zones of Classic Load Balancers. https://docs.aws.amazon.com/general/latest/gr/elb.html"""

TAGS_PER_LOAD_BALANCER = 50
"""https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/add-remove-tags.html"""


class Listener(FakeListener):
    """moto shows the protocol of the listener as that of the instances too."""

    def __init__(self, requested: dict[str, Any]) -> None:
        super().__init__(
            requested["LoadBalancerPort"],
            requested["InstancePort"],
            requested["Protocol"],
            requested.get("SSLCertificateId"),
        )
        self._instance_protocol = (requested.get("InstanceProtocol") or self.protocol).upper()

    @property
    def instance_protocol(self) -> str:
        return self._instance_protocol


class ClassicLoadBalancer(LoadBalancer):
    def __init__(self, region: str, group_name: str, **settings: Any) -> None:
        super().__init__(**settings)
        self.listeners: list[Any] = []
        self.backends: list[Any] = []
        self._group_name = group_name
        self.arn = f"arn:aws:elasticloadbalancing:{region}:{self.account_id}:loadbalancer/{self.name}"
        # "internal-" before the name, and the region before "elb", both unlike a Network Load Balancer:
        # https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-internal-load-balancers.html
        prefix = "internal-" if self.scheme == "internal" else ""
        number = mock_random.randint(10**8, 10**10)
        self.dns_name = f"{prefix}{self.name}-{number}.{region}.elb.amazonaws.com"
        self.canonical_hosted_zone_name_id = HOSTED_ZONES.get(region)

    @property
    def load_balancer_name(self) -> str:
        """moto finds the name by the name of its own class."""
        return self.name

    @property
    def source_security_group(self) -> dict[str, str]:
        return {"OwnerAlias": self.account_id, "GroupName": self._group_name}

    def add_listeners(self, requested: list[dict[str, Any]]) -> None:
        for each in requested:
            self.listeners.append(Listener(each))
            if each["InstancePort"] not in [backend.instance_port for backend in self.backends]:
                self.backends.append(FakeBackend(each["InstancePort"]))
        if self.health_check is None:
            # https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-healthchecks.html
            self.health_check = FakeHealthCheck("5", "10", "2", "30", f"TCP:{self.listeners[0].instance_port}")

    def add_tag(self, key: str, value: str) -> None:
        if len({*self.tags, key}) > TAGS_PER_LOAD_BALANCER:
            raise too_many_tags(self.name)
        self.tags[key] = value
