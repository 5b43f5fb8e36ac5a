"""
Operating statuses, from what the data plane measures, by the rules of Octavia's health manager.
octavia 19.0.0, octavia/amphorae/drivers/health/heartbeat_udp.py (_update_health, _process_pool_status)
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class PoolHealth:
    status: str
    members: Mapping[str, str]


# What HAProxy says of a server.
MEMBER_STATUSES = {"UP": "ONLINE", "DOWN": "ERROR", "DRAIN": "DRAINING", "MAINT": "OFFLINE", "no check": "NO_MONITOR"}


def pool_health(status: str, members: Mapping[str, str]) -> PoolHealth:
    """:param status: HAProxy's of the pool; members' by their ids"""
    found = {id_: MEMBER_STATUSES.get(said if said == "no check" else said.split(" ")[0], "ERROR") for id_, said in members.items()}
    if status != "UP":
        return PoolHealth("ERROR", found)
    return PoolHealth("DEGRADED" if "ERROR" in found.values() else "ONLINE", found)


def udp_health(members: Mapping[str, bool | None]) -> PoolHealth:
    """:param members: whether each is up; None without a monitor"""
    words = {None: "no check", True: "UP", False: "DOWN"}
    is_down = len(members) > 0 and all(up is False for up in members.values())
    return pool_health("DOWN" if is_down else "UP", {id_: words[up] for id_, up in members.items()})


def load_balancer_status(enabled: bool, pools: list[PoolHealth]) -> str:
    if not enabled:
        return "OFFLINE"
    worst = {pool.status for pool in pools}
    return "ERROR" if "ERROR" in worst else "DEGRADED" if "DEGRADED" in worst else "ONLINE"
