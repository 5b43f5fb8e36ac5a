"""Answers that moto gives differently from AWS."""

from moto.core.responses import ActionResult
from moto.elb.responses import ELBResponse


class Responses(ELBResponse):
    def register_instances_with_load_balancer(self) -> ActionResult:
        super().register_instances_with_load_balancer()
        return self._instances()

    def deregister_instances_from_load_balancer(self) -> ActionResult:
        super().deregister_instances_from_load_balancer()
        return self._instances()

    def _instances(self) -> ActionResult:
        """moto puts all ids into one element of the list."""
        return ActionResult(
            {"Instances": self.elb_backend.get_load_balancer(self._get_param("LoadBalancerName")).instances}
        )
