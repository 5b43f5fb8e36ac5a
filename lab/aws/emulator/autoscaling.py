"""Auto Scaling groups take their instances out of the target groups that they are attached to, as on AWS.

https://docs.aws.amazon.com/autoscaling/ec2/userguide/attach-load-balancer-asg.html. moto only ever registers them.
"""

from typing import Any

import moto.autoscaling.urls
from moto.autoscaling.models import AutoScalingBackend, autoscaling_backends


class Backend(AutoScalingBackend):
    def __init__(self, region_name: str, account_id: str) -> None:
        super().__init__(region_name, account_id)
        self._registered: dict[str, set[str]] = {}
        """Ids of the instances in the target groups, by group name."""

    @property
    def _url_module(self) -> Any:
        """moto derives the module from the class's own, which is this one."""
        return moto.autoscaling.urls

    def update_attached_target_groups(self, group_name: str) -> None:
        """moto calls this after every change of a group's instances."""
        group = self.autoscaling_groups[group_name]
        present = {state.instance.id for state in group.instance_states}
        gone = [{"Id": each} for each in self._registered.get(group_name, set()) - present]
        for arn in group.target_group_arns:
            self.elbv2_backend.deregister_targets(arn, gone)
        super().update_attached_target_groups(group_name)
        self._registered[group_name] = present


def install() -> None:
    """Make moto use this back end from the first call on."""
    autoscaling_backends.backend = Backend
