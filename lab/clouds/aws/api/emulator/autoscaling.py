"""Auto Scaling groups register their instances with the attached target groups, as on AWS.

A group registers an instance when it comes into service, and all instances when a target group is attached. It
deregisters an instance when the instance leaves the group or the target group is detached:
https://docs.aws.amazon.com/autoscaling/ec2/userguide/attach-load-balancer-asg.html.
moto registers instances repeatedly and never deregisters them. Unlike on AWS, a group does not wait for the
deregistration delay before it terminates an instance.
"""

from collections.abc import Iterable
from typing import Any

import moto.autoscaling.urls
from moto.autoscaling.exceptions import ValidationError
from moto.autoscaling.models import AutoScalingBackend, FakeAutoScalingGroup, autoscaling_backends

_launch = FakeAutoScalingGroup.replace_autoscaling_group_instances


class Backend(AutoScalingBackend):
    def __init__(self, region_name: str, account_id: str) -> None:
        super().__init__(region_name, account_id)
        self._registered: dict[str, set[str]] = {}
        """Ids of the registered instances, by group name."""

    @property
    def _url_module(self) -> Any:
        """moto derives the module from the module of the class, which is this one."""
        return moto.autoscaling.urls

    def update_attached_target_groups(self, group_name: str) -> None:
        """moto calls this after every change to a group's instances."""
        present = self._in_service(group_name)
        before = self._registered.get(group_name, set())
        for arn in self._existing(self.autoscaling_groups[group_name].target_group_arns):
            self.elbv2_backend.deregister_targets(arn, _targets(before - present))
            self.elbv2_backend.register_targets(arn, _targets(present - before))
        self._registered[group_name] = present

    def notify_terminate_instances(self, instance_ids: list[str]) -> None:
        """Remove instances that EC2 terminated from their groups."""
        super().notify_terminate_instances(instance_ids)
        for group_name in self.autoscaling_groups:
            self.update_attached_target_groups(group_name)

    def attach_load_balancer_target_groups(self, group_name: str, target_group_arns: list[str]) -> None:
        group = self._group(group_name)
        if len(self._existing(target_group_arns)) < len(target_group_arns):
            raise ValidationError("Provided Target Groups may not be valid. Please ensure they exist and try again.")
        new = [arn for arn in target_group_arns if arn not in group.target_group_arns]
        group.append_target_groups(new)
        for arn in new:
            self.elbv2_backend.register_targets(arn, _targets(self._in_service(group_name)))

    def detach_load_balancer_target_groups(self, group_name: str, target_group_arns: list[str]) -> None:
        group = self._group(group_name)
        if not set(target_group_arns) <= set(group.target_group_arns):
            raise ValidationError("Trying to remove Target Groups that are not part of the group")
        group.target_group_arns = [arn for arn in group.target_group_arns if arn not in target_group_arns]
        for arn in self._existing(target_group_arns):
            self.elbv2_backend.deregister_targets(arn, _targets(self._in_service(group_name)))

    def describe_load_balancer_target_groups(self, group_name: str) -> list[str]:
        return self._group(group_name).target_group_arns

    def _group(self, name: str) -> FakeAutoScalingGroup:
        group = self.autoscaling_groups.get(name)
        if group is None:
            raise ValidationError(f"AutoScalingGroup name not found - AutoScalingGroup '{name}' not found")
        return group

    def _in_service(self, group_name: str) -> set[str]:
        return {state.instance.id for state in self.autoscaling_groups[group_name].active_instances()}

    def _existing(self, target_group_arns: list[str]) -> list[str]:
        """Leave out target groups that were deleted while attached."""
        return [arn for arn in target_group_arns if arn in self.elbv2_backend.target_groups]


def _targets(instance_ids: Iterable[str]) -> list[dict[str, Any]]:
    return [{"Id": each} for each in sorted(instance_ids)]


def _launch_unless_suspended(group: FakeAutoScalingGroup, count: int, tags: dict[str, str]) -> None:
    """https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-suspend-resume-processes.html"""
    if "Launch" not in [each["ProcessName"] for each in group.suspended_processes]:
        _launch(group, count, tags)


def install() -> None:
    """Make moto use this back end from the first call on."""
    autoscaling_backends.backend = Backend
    FakeAutoScalingGroup.replace_autoscaling_group_instances = _launch_unless_suspended  # type: ignore[method-assign, assignment]
