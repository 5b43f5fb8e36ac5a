"""One registered target, and its health as DescribeTargetHealth reports it.

Source of the states, reasons and descriptions:
https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html#target-health-states.
"""

import time
from dataclasses import dataclass
from typing import Any, NamedTuple

Key = tuple[str, int]
"""Target id and port: an instance may be registered on several ports."""


class Health(NamedTuple):
    state: str
    reason: str | None = None
    description: str | None = None


DESCRIPTIONS = {
    "Elb.RegistrationInProgress": "Target registration is in progress",
    "Elb.InitialHealthChecking": "Initial health checks in progress",
    "Target.FailedHealthChecks": "Health checks failed",
    "Target.Timeout": "Request timed out",
    "Target.DeregistrationInProgress": "Target deregistration is in progress",
    "Target.NotRegistered": "Target is not registered to the target group",
    "Target.NotInUse": "Target group is not configured to receive traffic from the load balancer",
    "Target.InvalidState": "Target is in the stopped state",
}

ZONE_NOT_ENABLED = "Target is in an Availability Zone that is not enabled for the load balancer"

REPORTED_STATES = ("initial", "healthy", "unhealthy", "unhealthy.draining")
"""The states that the data plane finds out. The others follow from the account."""


def health(state: str, reason: str | None = None, description: str | None = None) -> Health:
    """A state with AWS's description, unless a better one is given. Empty texts count as none."""
    return Health(state, reason or None, description or DESCRIPTIONS.get(reason or ""))


NOT_REGISTERED = health("unused", "Target.NotRegistered")
DRAINING = health("draining", "Target.DeregistrationInProgress")
REGISTERING = health("initial", "Elb.RegistrationInProgress")


@dataclass
class Target:
    id: str
    port: int
    zone: str | None = None
    """The zone of an address outside the VPC, or `all`. Other targets are in the zone of their subnet."""
    reported: Health | None = None
    draining_until: float | None = None
    """When a deregistered target disappears, in seconds of `time.monotonic`; None while it is registered."""

    @property
    def key(self) -> Key:
        return (self.id, self.port)

    def __getstate__(self) -> dict[str, Any]:
        """Store the remaining draining time, because the next process has another monotonic clock."""
        state = {**self.__dict__}
        if self.draining_until is not None:
            state["draining_until"] = self.draining_until - time.monotonic()
            state["written_at"] = time.time()
        return state

    def __setstate__(self, state: dict[str, Any]) -> None:
        written_at = state.pop("written_at", None)
        self.__dict__.update(state)
        if self.draining_until is not None:
            # If the system clock was set back meanwhile, draining does not take longer.
            passed = max(0.0, time.time() - written_at)
            self.draining_until += time.monotonic() - passed


class Circumstances(NamedTuple):
    """What else decides a target's health, besides its health checks."""

    group_in_use: bool
    load_balancer_active: bool
    zone_enabled: bool
    stopped: bool


def health_of(target: Target, circumstances: Circumstances) -> Health:
    if target.draining_until is not None:
        return DRAINING
    if not circumstances.group_in_use:
        return health("unused", "Target.NotInUse")
    if circumstances.stopped:
        return health("unused", "Target.InvalidState")
    if not circumstances.zone_enabled:
        return health("unused", "Target.NotInUse", ZONE_NOT_ENABLED)
    if not circumstances.load_balancer_active or target.reported is None:
        return REGISTERING
    return target.reported
