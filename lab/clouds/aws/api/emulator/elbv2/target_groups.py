"""Calls about target groups of Network Load Balancers: protocols TCP, UDP, TCP_UDP and TLS; instances or addresses."""

import re
from typing import Any

from moto.elbv2.exceptions import TargetGroupNotFoundError
from moto.elbv2.models import ELBv2Backend, FakeTargetGroup

from emulator import errors
from emulator.elbv2 import addresses, attributes, health_checks
from emulator.elbv2.network_target_group import NetworkTargetGroup
from emulator.elbv2.tags import check_tags
from emulator.elbv2.targets import NOT_REGISTERED, Circumstances, Health, Key, Target, health_of

PROTOCOLS = ("TCP", "TLS", "UDP", "TCP_UDP")


class TargetGroups(ELBv2Backend):
    """The target groups part of the back end."""

    def create_target_group(self, name: str, **settings: Any) -> FakeTargetGroup:
        protocol, target_type = settings.get("protocol"), settings.get("target_type") or "instance"
        if protocol not in PROTOCOLS or target_type not in ("instance", "ip"):
            return super().create_target_group(name, **settings)
        tags = settings.pop("tags", None)
        for group in self.target_groups.values():
            if group.name == name:
                if getattr(group, "requested", None) != settings:
                    raise errors.already_exists("target group", name)
                return group
        requested = dict(settings)
        health_check = health_checks.complete(
            {
                "protocol": settings.pop("healthcheck_protocol"),
                "port": settings.pop("healthcheck_port"),
                "path": settings.pop("healthcheck_path"),
                "interval_seconds": settings.pop("healthcheck_interval_seconds"),
                "timeout_seconds": settings.pop("healthcheck_timeout_seconds"),
                "healthy_threshold_count": settings.pop("healthy_threshold_count"),
                "unhealthy_threshold_count": settings.pop("unhealthy_threshold_count"),
                "matcher": settings.pop("matcher"),
            }
        )
        _check_name(name)
        check_tags(tags)
        self._check_place(settings)
        group = NetworkTargetGroup(
            requested,
            health_check,
            name=name,
            account_id=self.account_id,
            region_name=self.region_name,
            **settings,
        )
        self.target_groups[group.arn] = group
        self.tagging_service.tag_resource(group.arn, tags)
        return group

    def _check_place(self, settings: dict[str, Any]) -> None:
        if not settings.get("port"):
            raise errors.invalid("A port must be specified")
        if not 1 <= int(settings["port"]) <= 65535:
            raise errors.out_of_range("port", int(settings["port"]), 1, 65535)
        if not settings.get("vpc_id"):
            raise errors.invalid("A VPC ID must be specified")
        if settings["vpc_id"] not in self.ec2_backend.vpcs:
            raise errors.invalid(f"The VPC ID '{settings['vpc_id']}' is not found")

    def modify_target_group(self, arn: str, *settings: Any, **more: Any) -> FakeTargetGroup:
        group = self.target_groups.get(arn)
        if not isinstance(group, NetworkTargetGroup):
            return super().modify_target_group(arn, *settings, **more)
        protocol, port, path, interval, timeout, healthy, unhealthy, codes = settings
        group.change_health_check(
            {
                "protocol": protocol,
                "port": port,
                "path": path,
                "interval_seconds": interval,
                "timeout_seconds": timeout,
                "healthy_threshold_count": healthy,
                "unhealthy_threshold_count": unhealthy,
                "matcher": {"HttpCode": codes} if codes else None,
            }
        )
        return group

    def modify_target_group_attributes(self, target_group_arn: str, attributes_: dict[str, Any]) -> None:
        group = self.target_groups.get(target_group_arn)
        if isinstance(group, NetworkTargetGroup):
            attributes.check_target_group(attributes_, group.attributes, group.protocol or "")
            group.attributes.update(attributes_)
        else:
            super().modify_target_group_attributes(target_group_arn, attributes_)

    def describe_target_groups(
        self, load_balancer_arn: str | None, target_group_arns: list[str], names: list[str] | None
    ) -> Any:
        """A load balancer without target groups is no error: the list is empty."""
        if load_balancer_arn and not target_group_arns and not names and load_balancer_arn in self.load_balancers:
            groups = [each for each in self.target_groups.values() if load_balancer_arn in each.load_balancer_arns]
            return sorted(groups, key=lambda group: group.name)
        return super().describe_target_groups(load_balancer_arn, target_group_arns, names)

    def delete_target_group(self, target_group_arn: str) -> None:  # type: ignore[override]
        """Delete it, unless it does not exist, which is no error: API_DeleteTargetGroup."""
        if target_group_arn in self.target_groups:
            super().delete_target_group(target_group_arn)
            self.tagging_service.delete_all_tags_for_resource(target_group_arn)

    def describe_target_health(self, target_group_arn: str, targets: list[dict[str, Any]]) -> list[Any]:
        group = self.target_groups.get(target_group_arn)
        if group is None:
            raise TargetGroupNotFoundError
        if not isinstance(group, NetworkTargetGroup):
            return super().describe_target_health(target_group_arn, targets)
        present = {target.key: target for target in group.present_targets()}
        keys = [group.key_of(each) for each in targets] if targets else list(present)
        return [self._described(group, key, present.get(key)) for key in keys]

    def _described(self, group: NetworkTargetGroup, key: Key, target: Target | None) -> dict[str, Any]:
        found: Health = health_of(target, self._circumstances(group, target)) if target else NOT_REGISTERED
        zone = {"AvailabilityZone": shown} if target and (shown := self._zone_of(group, target)) else {}
        return {
            "Target": {"Id": key[0], "Port": key[1], **zone},
            "HealthCheckPort": group.health_check_port_of(key[1]),
            "TargetHealth": {"State": found.state, "Reason": found.reason, "Description": found.description},
        }

    def _circumstances(self, group: NetworkTargetGroup, target: Target) -> Circumstances:
        load_balancers = [self.load_balancers[arn] for arn in group.load_balancer_arns]
        instance = self.ec2_backend.get_instance_by_id(target.id) if group.target_type == "instance" else None
        zone = instance.availability_zone if instance else self._zone_of(group, target)
        zones = {subnet.availability_zone for each in load_balancers for subnet in each.subnets}
        return Circumstances(
            group_in_use=bool(load_balancers),
            load_balancer_active=any(each.state == "active" for each in load_balancers),
            zone_enabled=zone in (None, addresses.ALL_ZONES, *zones),
            stopped=instance is not None and instance.state in ("stopping", "stopped"),
        )

    def _zone_of(self, group: NetworkTargetGroup, target: Target) -> str | None:
        """The zone that AWS shows of a target: only an address has one."""
        if group.target_type != "ip":
            return None
        return target.zone or addresses.zone_in_vpc(self.ec2_backend, group.vpc_id, target.id)


def _check_name(name: str) -> None:
    if not re.fullmatch(r"[A-Za-z0-9]([A-Za-z0-9-]{0,30}[A-Za-z0-9])?", name):
        raise errors.invalid(
            f"Target group name '{name}' must have 1 to 32 characters, only letters, digits and hyphens, "
            "and cannot begin or end with a hyphen"
        )
