"""What a load balancer's namespace has to do, from Octavia's data base. Reads objects of SQLAlchemy, and returns plain values."""

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from octavia.common import constants
from octavia.common.jinja.haproxy.combined_listeners import jinja_cfg
from oslo_config import cfg

import connections

DELETING = constants.PENDING_DELETE


@dataclass(frozen=True)
class UdpMember:
    id: str
    address: str
    port: int
    weight: int
    check_address: str
    check_port: int


@dataclass(frozen=True)
class Monitor:
    type: str
    delay: int
    timeout: int
    rise: int
    fall: int
    method: str = "GET"
    path: str = "/"
    codes: str = "200"


@dataclass(frozen=True)
class UdpListener:
    id: str
    port: int
    cidrs: tuple[str, ...]
    pool: str | None
    members: tuple[UdpMember, ...]
    by_source: bool
    monitor: Monitor | None


@dataclass(frozen=True)
class Wanted:
    """A load balancer as it should be, without what is being deleted."""

    id: str
    vip: str
    enabled: bool
    haproxy: str
    """Empty if there is no listener for HAProxy."""
    tcp: tuple[tuple[str, int, tuple[str, ...]], ...]
    """Listeners of HAProxy: id, port, and who may connect."""
    udp: tuple[UdpListener, ...]


@dataclass
class Pending:
    """The objects of a load balancer by kind, with Octavia's statuses, for the report."""

    statuses: dict[str, dict[str, tuple[str, str]]] = field(default_factory=dict)

    def add(self, kind: str, item: Any) -> None:
        self.statuses.setdefault(kind, {})[item.id] = (item.provisioning_status, item.operating_status)


def wanted(load_balancer: Any, directory: str, version: list[str]) -> Wanted:
    """:param version: HAProxy's, in parts"""
    listeners = sorted((each for each in load_balancer.listeners if each.provisioning_status != DELETING), key=lambda each: each.id)
    ours = [each for each in listeners if each.protocol not in constants.LVS_PROTOCOLS and each.enabled]
    for listener in ours:
        # The template asks it, and the data base may have none.
        listener.insert_headers = listener.insert_headers or {}
    return Wanted(
        id=load_balancer.id,
        vip=load_balancer.vip.ip_address,
        enabled=load_balancer.enabled,
        haproxy=haproxy(load_balancer.id, ours, directory, version) if ours and load_balancer.enabled else "",
        tcp=tuple((each.id, each.protocol_port, cidrs_of(each)) for each in ours),
        udp=tuple(udp(each) for each in listeners if each.protocol == constants.PROTOCOL_UDP and each.enabled),
    )


def haproxy(load_balancer_id: str, listeners: list[Any], directory: str, version: list[str]) -> str:
    """The file that Octavia gives an amphora, by Octavia's own template."""
    for listener, share in zip(listeners, connections.shares([limit_of(each) for each in listeners], connections.room()), strict=True):
        listener.connection_limit = share
    templates = jinja_cfg.JinjaTemplater(
        # Nobody reads connections' logs here.
        base_amp_path=directory,
        connection_logging=False,
        log_http=f"{directory}/log",
        log_server=f"{directory}/log",
    )
    amphora = SimpleNamespace(
        **dict.fromkeys(("lb_network_ip", "vrrp_ip", "ha_ip", "vrrp_port_id", "ha_port_id", "status", "vrrp_interface", "vrrp_priority")),
        id=load_balancer_id,
        role=constants.ROLE_STANDALONE,
    )
    socket = f"{directory}/{load_balancer_id}.sock"
    return str(templates.build_config(amphora, listeners, None, version, None, socket_path=socket))


def limit_of(listener: Any) -> int:
    limit: int | None = listener.connection_limit
    return limit if limit and limit > 0 else int(cfg.CONF.haproxy_amphora.default_connection_limit)


def cidrs_of(listener: Any) -> tuple[str, ...]:
    """Empty for everyone."""
    return tuple(sorted(each.cidr for each in listener.allowed_cidrs))


def udp(listener: Any) -> UdpListener:
    pool = listener.default_pool
    if pool is not None and (pool.provisioning_status == DELETING or not pool.enabled):
        pool = None
    members = [] if pool is None else [each for each in pool.members if each.provisioning_status != DELETING and each.enabled]
    persistence = None if pool is None else pool.session_persistence
    return UdpListener(
        id=listener.id,
        port=listener.protocol_port,
        cidrs=cidrs_of(listener),
        pool=None if pool is None else pool.id,
        members=tuple(
            UdpMember(
                each.id,
                each.ip_address,
                each.protocol_port,
                each.weight,
                each.monitor_address or each.ip_address,
                each.monitor_port or each.protocol_port,
            )
            for each in sorted(members, key=lambda each: each.id)
        ),
        by_source=pool is not None and (persistence is not None or pool.lb_algorithm == constants.LB_ALGORITHM_SOURCE_IP),
        monitor=None if pool is None else monitor_of(pool.health_monitor),
    )


def monitor_of(monitor: Any) -> Monitor | None:
    if monitor is None or monitor.provisioning_status == DELETING or not monitor.enabled:
        return None
    return Monitor(
        monitor.type,
        monitor.delay,
        monitor.timeout,
        monitor.rise_threshold,
        monitor.fall_threshold,
        monitor.http_method or "GET",
        monitor.url_path or "/",
        monitor.expected_codes or "200",
    )


def pending(load_balancer: Any) -> Pending:
    found = Pending()
    found.add("loadbalancers", load_balancer)
    for listener in load_balancer.listeners:
        found.add("listeners", listener)
    for pool in load_balancer.pools:
        found.add("pools", pool)
        for member in pool.members:
            found.add("members", member)
        if pool.health_monitor is not None:
            found.add("healthmonitors", pool.health_monitor)
    return found
