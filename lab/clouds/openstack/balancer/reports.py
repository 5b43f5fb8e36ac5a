"""What the agent reports to Octavia of a load balancer."""

from octavia.common import constants

import statuses
from load_balancer import LoadBalancer
from wanted import Pending


def is_pending(provisioning_status: str) -> bool:
    return "PENDING" in provisioning_status


def operating(id_: str, load_balancer: LoadBalancer) -> dict[str, dict[str, str]]:
    """The operating statuses of its objects, by kind and id."""
    goal = load_balancer.wanted
    pools = load_balancer.health()
    if goal is None:
        return {}
    listening = [each for each, *_ in goal.tcp] + [each.id for each in goal.udp]
    monitors: dict[str, str] = {}
    return {
        "members": {member: status for pool in pools.values() for member, status in pool.members.items()},
        "pools": {pool: health.status for pool, health in pools.items()},
        "healthmonitors": monitors,
        "listeners": dict.fromkeys(listening, "ONLINE" if goal.enabled else "OFFLINE"),
        "loadbalancers": {id_: statuses.load_balancer_status(goal.enabled, list(pools.values()))},
    }


def provisioned(state: Pending, status: str) -> dict[str, list[dict[str, str]]]:
    """Everything that is pending has come to its end: deleted, or what the status says."""
    cascade = next(iter(state.statuses["loadbalancers"].values()))[0] == constants.PENDING_DELETE
    return {
        kind: found
        for kind, items in state.statuses.items()
        if (
            found := [
                {"id": id_, **outcome(before, cascade, status)} for id_, (before, _) in items.items() if cascade or is_pending(before)
            ]
        )
    }


def outcome(before: str, cascade: bool, status: str) -> dict[str, str]:
    if status == constants.ERROR:
        return {"provisioning_status": constants.ERROR}
    if cascade or before == constants.PENDING_DELETE:
        return {"provisioning_status": constants.DELETED}
    return {"provisioning_status": status}
