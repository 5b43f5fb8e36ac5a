"""One load balancer of the data plane: its namespace, HAProxy, the kernel's rules, and the monitors of its UDP pools."""

import time
from pathlib import Path

import namespace
import packet_filter
import statuses
from commands import inside, run
from haproxy import HAProxy
from monitors import Watch
from statuses import PoolHealth
from wanted import Wanted

# Between attempts to start an HAProxy that has run and does not start again.
PAUSES_SECONDS = (1, 60)


class LoadBalancer:
    def __init__(self, id_: str, directory: Path) -> None:
        self.namespace = namespace.name_of(id_)
        self.haproxy = HAProxy(id_, self.namespace, directory)
        self.wanted: Wanted | None = None
        self.watches: dict[tuple[object, ...], Watch] = {}
        self.rules = ""
        self.is_stale = False
        self.has_run = False
        self.pause, _ = PAUSES_SECONDS
        self.not_before = 0.0

    def apply(self, wanted: Wanted) -> None:
        self.has_run = False
        namespace.make(self.namespace, wanted.vip)
        self.wanted = wanted
        self.watch(wanted)
        # Before HAProxy: connections that it cannot take yet are refused, not lost.
        self.filter()
        self.haproxy.apply(wanted.haproxy)
        self.has_run = wanted.haproxy != ""

    def watch(self, wanted: Wanted) -> None:
        needed = {
            (listener.id, listener.monitor, member): (listener.monitor, member)
            for listener in wanted.udp
            if listener.monitor is not None
            for member in listener.members
        }
        for key in self.watches.keys() - needed.keys():
            self.watches.pop(key).ended.set()
        for key in needed.keys() - self.watches.keys():
            self.watches[key] = Watch(self.namespace, *needed[key], self.changed)

    def changed(self) -> None:
        """Called by a monitor's thread."""
        self.is_stale = True

    def up(self) -> dict[str, bool | None]:
        """Whether members of UDP pools are up; None without a monitor."""
        if self.wanted is None:
            return {}
        found: dict[str, bool | None] = {member.id: None for listener in self.wanted.udp for member in listener.members}
        return {**found, **{watch.member.id: watch.is_up for watch in self.watches.values()}}

    def filter(self) -> None:
        if self.wanted is None:
            return
        healthy = {id_ for id_, up in self.up().items() if up is not False}
        rules = packet_filter.ruleset(self.wanted, healthy)
        if rules != self.rules:
            run(inside(self.namespace, ["nft", "-f", "-"]), rules)
            self.rules = rules

    def health(self) -> dict[str, PoolHealth]:
        """Of its pools, by their ids."""
        if self.wanted is None:
            return {}
        found = {
            id_: statuses.pool_health(str(pool["status"]), pool["members"])  # type: ignore[arg-type]
            for id_, pool in (self.haproxy.pools() if self.wanted.haproxy else {}).items()
        }
        up = self.up()
        udp = {
            listener.pool: statuses.udp_health({member.id: up[member.id] for member in listener.members})
            for listener in self.wanted.udp
            if listener.pool is not None
        }
        return {**found, **udp}

    def mend(self) -> None:
        """What has changed or ended by itself."""
        if self.is_stale:
            self.is_stale = False
            self.filter()
        if self.wanted is not None and self.has_run and self.haproxy.pid() is None:
            self.start_again(self.wanted.haproxy)

    def start_again(self, config: str) -> None:
        """Not at every step: the agent has other load balancers."""
        if time.monotonic() < self.not_before:
            return
        first, longest = PAUSES_SECONDS
        try:
            self.haproxy.apply(config)
            self.pause = first
        except Exception:
            self.not_before = time.monotonic() + self.pause
            self.pause = min(self.pause * 2, longest)
            raise

    def end(self) -> None:
        for watch in self.watches.values():
            watch.ended.set()
        self.haproxy.end()
        namespace.remove(self.namespace)
