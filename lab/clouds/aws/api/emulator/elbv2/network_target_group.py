"""One target group of a Network Load Balancer: its health check, its attributes and its targets."""

import time
from typing import Any

from moto.elbv2.models import FakeTargetGroup

from emulator import clock, errors
from emulator.elbv2 import addresses, attributes, health_checks
from emulator.elbv2.targets import REPORTED_STATES, Key, Target, health

HEALTH_CHECK_SETTINGS = (
    "protocol",
    "port",
    "path",
    "interval_seconds",
    "timeout_seconds",
)
"""In moto these have the prefix `health_check_`; thresholds and matcher have none."""


class NetworkTargetGroup(FakeTargetGroup):
    def __init__(self, requested: dict[str, Any], health_check: dict[str, Any], **settings: Any) -> None:
        super().__init__(**settings)
        self.requested = requested
        self.health_check = health_check
        self.attributes: dict[str, Any] = attributes.target_group_defaults(self.protocol or "", self.target_type)
        # moto keeps a plain dictionary for each target.
        self.targets: dict[Key, Target] = {}  # type: ignore[assignment]
        self._show_health_check()

    def _show_health_check(self) -> None:
        for setting in HEALTH_CHECK_SETTINGS:
            setattr(self, f"health_check_{setting}", self.health_check[setting])
        self.healthy_threshold_count = self.health_check["healthy_threshold_count"]
        self.unhealthy_threshold_count = self.health_check["unhealthy_threshold_count"]
        self.matcher = self.health_check["matcher"]

    def change_health_check(self, requested: dict[str, Any]) -> None:
        self.health_check = health_checks.complete(requested, self.health_check)
        self._show_health_check()

    def key_of(self, described: dict[str, Any]) -> Key:
        return (described["Id"], int(described.get("Port") or self.port))

    def register(self, targets: list[dict[str, Any]]) -> None:
        if self.target_type == "ip":
            addresses.check(self.ec2_backend, self.vpc_id, targets)
        else:
            self._check_instances([each["Id"] for each in targets])
        for each in targets:
            key = self.key_of(each)
            registered = self.targets.get(key)
            if registered is None or registered.draining_until is not None:
                self.targets[key] = Target(*key, zone=each.get("AvailabilityZone"))

    def _check_instances(self, ids: list[str]) -> None:
        for target_id in ids:
            if not target_id.startswith("i-"):
                raise errors.instance_id_not_valid(target_id)
        instances = {target_id: self.ec2_backend.get_instance_by_id(target_id) for target_id in ids}
        if unknown := [key for key, instance in instances.items() if instance is None]:
            raise errors.instances_do_not_exist(unknown)
        if idle := [key for key, instance in instances.items() if instance and instance.state != "running"]:
            raise errors.targets_not_running(idle)
        if foreign := [key for key, instance in instances.items() if instance and instance.vpc_id != self.vpc_id]:
            raise errors.targets_outside_vpc(foreign, self.vpc_id)

    def deregister(self, targets: list[dict[str, Any]]) -> None:
        """Deregister targets. One that is not registered is no error: API_DeregisterTargets."""
        for each in targets:
            self._drain(self.key_of(each))

    def deregister_terminated_instances(self, instance_ids: list[str]) -> None:
        for key in [key for key in self.targets if key[0] in instance_ids]:
            self._drain(key)

    def _drain(self, key: Key) -> None:
        target = self.targets.get(key)
        if target is None or target.draining_until is not None:
            return
        if not self.load_balancer_arns:
            del self.targets[key]  # nothing to drain: no load balancer has sent it a connection
            return
        delay = clock.real_seconds(int(self.attributes["deregistration_delay.timeout_seconds"]))
        target.draining_until = time.monotonic() + delay

    def fall_out_of_use(self) -> None:
        """Called when the last listener is gone: draining ends, and health starts over with the next listener."""
        for target in list(self.targets.values()):
            target.reported = None
            if target.draining_until is not None:
                del self.targets[target.key]

    def present_targets(self) -> list[Target]:
        now = time.monotonic()
        self.targets = {
            key: target
            for key, target in self.targets.items()
            if target.draining_until is None or target.draining_until > now
        }
        return list(self.targets.values())

    def report_health(self, key: Key, state: str, reason: str | None, description: str | None) -> bool:
        """Apply what the data plane found out. Return False if there is no such target."""
        if state not in REPORTED_STATES:
            raise ValueError(f"state {state!r} of target {key[0]}:{key[1]} is none of {', '.join(REPORTED_STATES)}")
        self.present_targets()
        target = self.targets.get(key)
        if target is None:
            return False
        target.reported = health(state, reason, description)
        return True

    def health_check_port_of(self, target_port: int) -> str:
        port = self.health_check["port"]
        return str(target_port if port == "traffic-port" else port)
