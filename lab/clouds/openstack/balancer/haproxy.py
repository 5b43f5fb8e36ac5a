"""HAProxy in a load balancer's namespace, as an amphora runs it."""

import os
import re
import signal
import subprocess
import time
from pathlib import Path

from octavia.amphorae.backends.utils import haproxy_query

from commands import CommandError, inside, run

PROGRAM = os.environ.get("LAB_HAPROXY", "haproxy")
START_SECONDS = 15.0


def version() -> list[str]:
    found = re.search(r"version (\d+)\.(\d+)", run([PROGRAM, "-v"]))
    if found is None:
        raise CommandError(f"{PROGRAM} -v names no version")
    return [*found.groups(), "0"]


def runs(pid: int) -> bool:
    try:
        # Not of one that has ended and is only not waited for.
        Path(f"/proc/{pid}/exe").readlink()
    except OSError:
        return False
    return True


class HAProxy:
    """One process with workers; a reload replaces the workers, and old ones finish their connections."""

    def __init__(self, load_balancer_id: str, namespace: str, directory: Path) -> None:
        self.id = load_balancer_id
        self.namespace = namespace
        self.config = directory / f"{load_balancer_id}.cfg"
        self.pid_file = directory / f"{load_balancer_id}.pid"
        self.log = directory / f"{load_balancer_id}.log"
        self.socket = directory / f"{load_balancer_id}.sock"
        self.servers = directory / load_balancer_id / "servers-state"
        # What the process has loaded. Unknown of one that an earlier agent has left: that agent may have ended between the file and the reload.
        self.loaded: str | None = None
        self.process: subprocess.Popen[bytes] | None = None
        self.left: int | None = None

    def pid(self) -> int | None:
        if self.process is not None:
            return self.process.pid if self.process.poll() is None else None
        self.left = self.left or self.left_by_earlier_agent()
        # A reload writes the file anew: it says who was left once only.
        return self.left if self.left is not None and runs(self.left) else None

    def left_by_earlier_agent(self) -> int | None:
        try:
            pid = int(self.pid_file.read_text().split()[0])
            words = Path(f"/proc/{pid}/cmdline").read_text()
        except (OSError, ValueError, IndexError):
            return None
        return pid if str(self.config) in words else None

    def apply(self, config: str) -> None:
        """Resolves once every listener of the file is open. An empty one ends the process."""
        if config == "":
            self.end()
            return
        pid = self.pid()
        if pid is not None and self.loaded == config:
            return
        self.loaded = None
        self.servers.parent.mkdir(exist_ok=True)
        self.config.write_text(config)
        run([PROGRAM, "-c", "-f", str(self.config)])
        frontends = set(re.findall(r"^frontend (\S+)", config, re.MULTILINE))
        if pid is None:
            self.start()
            self.wait(frontends)
        else:
            before = self.worker()
            self.query().save_state(str(self.servers))
            os.kill(pid, signal.SIGUSR2)
            self.wait(frontends, before)
        self.loaded = config

    def start(self) -> None:
        self.servers.unlink(missing_ok=True)
        self.pid_file.unlink(missing_ok=True)
        words = [PROGRAM, "-W", "-db", "-f", str(self.config), "-p", str(self.pid_file), "-L", self.id]
        with self.log.open("ab") as log:
            # Not the agent's: its connections survive the agent, as an amphora's survive the control plane.
            self.process = subprocess.Popen(inside(self.namespace, words), stdout=log, stderr=log, start_new_session=True)

    def worker(self) -> str:
        """The process id of the worker that answers."""
        return str(self.query().show_info()["Pid"])

    def wait(self, frontends: set[str], before: str | None = None) -> None:
        """:param before: the worker that a reload replaces, which has the old configuration"""
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end and self.pid() is not None:
            try:
                there = {line["pxname"] for line in self.query().show_stat(object_type=1)}
                if there == frontends and self.worker() != before:
                    return
            except Exception:
                pass
            time.sleep(0.05)
        raise CommandError(f"HAProxy {'has ended' if self.pid() is None else 'does not listen'}: {self.log.read_text()[-500:]}")

    def query(self) -> haproxy_query.HAProxyQuery:
        return haproxy_query.HAProxyQuery(str(self.socket))

    def pools(self) -> dict[str, dict[str, object]]:
        """By the pools' ids; empty while it does not answer."""
        try:
            found = self.query().get_pool_status()
        except Exception:
            return {}
        return {name.split(":")[0]: pool for name, pool in found.items()}

    def end(self) -> None:
        pid = self.pid()
        if pid is not None:
            os.kill(pid, signal.SIGTERM)
        self.loaded = self.process = self.left = None
        for file in (self.config, self.pid_file, self.socket, self.log, self.servers):
            file.unlink(missing_ok=True)
        if self.servers.parent.exists():
            self.servers.parent.rmdir()
