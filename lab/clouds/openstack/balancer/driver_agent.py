"""Runs Octavia's driver agent, and the lab's data plane in it: python driver_agent.py DIRECTORY"""

import ctypes
import os
import signal
import sys
from pathlib import Path

import sqlalchemy.orm
from octavia.cmd import driver_agent

import configuration
import database

PR_SET_PDEATHSIG = 1


def end_with_parent() -> None:
    """Otherwise what a killed agent has forked would go on beside what the next one forks."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


if __name__ == "__main__":
    directory = Path(sys.argv[1])
    configuration.SOCKETS.mkdir(exist_ok=True)
    file = configuration.write("octavia", directory)
    database.share()
    database.allow_octavia()
    os.register_at_fork(after_in_child=end_with_parent)
    # Otherwise each report does it, in a process of its own.
    sqlalchemy.orm.configure_mappers()
    sys.argv = ["octavia-driver-agent", "--config-file", str(file)]
    driver_agent.main()
