"""
The lab's data plane, which Octavia's driver agent runs: builds what is pending, reports it, and keeps the operating statuses true.
https://docs.openstack.org/octavia/latest/contributor/guides/providers.html#provider-agents
"""

import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from octavia.common import constants
from octavia.db import api, models
from octavia_lib.api.drivers import driver_lib, exceptions
from oslo_config import cfg
from oslo_log import log

from haproxy import version
from load_balancer import LoadBalancer
from reports import is_pending, operating, provisioned
from router import Router
from wanted import Pending, Wanted, pending, wanted

LOG = log.getLogger(__name__)
# Clients of Octavia ask for a change's end after a second, and then ever later.
PAUSE_SECONDS = 0.05
# Between two looks at what has changed by itself. An amphora reports its members every 10 s.
LOOK_SECONDS = 0.5
# Building waits for other programs most of the time.
BUILDERS = 4


class Changes:
    """Whether another process has written to a data base since the last question. https://www.sqlite.org/pragma.html#pragma_data_version"""

    def __init__(self, file: Path) -> None:
        self.database = sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=20)
        self.seen = -1

    def any(self) -> bool:
        (now,) = self.database.execute("pragma data_version").fetchone()
        changed, self.seen = now != self.seen, now
        return bool(changed)


class CannotBeError(Exception):
    """Octavia's data base has a load balancer that no configuration can be written for."""


def run(exit_event: Any) -> None:
    agent = Agent(Path(cfg.CONF.database.connection.removeprefix("sqlite:///")).parent)
    while not exit_event.wait(PAUSE_SECONDS):
        agent.step()


class Agent:
    def __init__(self, directory: Path) -> None:
        settings = cfg.CONF.driver_agent
        self.files = Path(settings.status_socket_path).parent
        self.library = driver_lib.DriverLibrary(settings.status_socket_path, settings.stats_socket_path, settings.get_socket_path)
        self.octavia = Changes(directory / "octavia.db")
        self.neutron = Changes(directory / "neutron.db")
        self.router = Router(directory / "neutron.db")
        self.version = version()
        self.running: dict[str, LoadBalancer] = {}
        self.known: dict[str, Pending] = {}
        # Those that are as they should be. Octavia marks one as pending before anything of it changes.
        self.settled: set[str] = set()
        self.builders = ThreadPoolExecutor(BUILDERS)
        self.next_look = 0.0

    def step(self) -> None:
        if self.neutron.any():
            self.router.apply()
        if self.octavia.any():
            found = self.read()
            for id_, _, state in found:
                self.known[id_] = state
                self.running.setdefault(id_, LoadBalancer(id_, self.files))
            for _ in self.builders.map(lambda each: self.provision(*each), found):
                pass
        if time.monotonic() >= self.next_look:
            self.look()
            self.next_look = time.monotonic() + LOOK_SECONDS

    def look(self) -> None:
        for id_, load_balancer in list(self.running.items()):
            try:
                load_balancer.mend()
                self.report_health(id_, load_balancer)
            except Exception:
                LOG.exception("load balancer %s", id_)

    def read(self) -> list[tuple[str, Wanted | CannotBeError | None, Pending]]:
        """The load balancers that may have changed, each with what it should be; None for one that is being deleted."""
        session = api.session()()
        try:
            with session.no_autoflush:
                balancers = models.LoadBalancer
                status = balancers.provisioning_status
                there = session.query(balancers.id, status).filter(status != constants.DELETED)
                ids = [id_ for id_, now in there if is_pending(now) or id_ not in self.settled]
                rows = session.query(balancers).filter(balancers.id.in_(ids)) if ids else []
                return [(row.id, self.goal_of(row), pending(row)) for row in rows]
        finally:
            # Only read.
            session.rollback()
            session.close()

    def goal_of(self, row: Any) -> Wanted | CannotBeError | None:
        if row.provisioning_status == constants.PENDING_DELETE:
            return None
        try:
            return wanted(row, str(self.files), self.version)
        except Exception as error:
            LOG.exception("load balancer %s cannot be understood", row.id)
            return CannotBeError(str(error))

    def provision(self, id_: str, goal: Wanted | CannotBeError | None, state: Pending) -> None:
        has_pending = any(is_pending(status) for items in state.statuses.values() for status, _ in items.values())
        load_balancer = self.running[id_]
        if goal is not None and load_balancer.wanted == goal and not has_pending:
            self.settled.add(id_)
            return
        self.settled.discard(id_)
        try:
            if isinstance(goal, CannotBeError):
                raise goal
            if goal is None:
                load_balancer.end()
                del self.running[id_]
            else:
                load_balancer.apply(goal)
        except Exception:
            LOG.exception("load balancer %s cannot be built", id_)
            self.report(provisioned(state, constants.ERROR))
            return
        if has_pending:
            self.report(provisioned(state, constants.ACTIVE))

    def report(self, status: dict[str, list[dict[str, str]]]) -> None:
        try:
            self.library.update_loadbalancer_status(status)
        except exceptions.UpdateStatusError:
            LOG.exception("Octavia does not take the status %s", status)
            # Asked again at the next step.
            self.settled.clear()
            self.octavia.seen = -1

    def report_health(self, id_: str, load_balancer: LoadBalancer) -> None:
        if load_balancer.wanted is None:
            return
        now = operating(id_, load_balancer)
        before = self.known[id_].statuses
        changed = {
            kind: [
                {"id": item, "operating_status": status}
                for item, status in items.items()
                if item in before.get(kind, {}) and before[kind][item][1] != status
            ]
            for kind, items in now.items()
        }
        if not any(changed.values()):
            return
        self.report({kind: items for kind, items in changed.items() if items})
        for kind, items in changed.items():
            for item in items:
                before[kind][item["id"]] = (before[kind][item["id"]][0], item["operating_status"])
