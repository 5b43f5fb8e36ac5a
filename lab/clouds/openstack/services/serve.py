"""Serves one of the APIs: python serve.py SERVICE DIRECTORY PUBLIC-URL."""

import importlib
import os
import sqlite3
import sys
from pathlib import Path
from typing import Any

import sqlalchemy.orm
import waitress

import configuration
import database
from layout import HOST, SERVICES


def application(service: str, directory: Path) -> Any:
    """The service's own WSGI application."""
    file = str(configuration.write(service, directory))
    database.share()
    if service == "octavia":
        database.allow_octavia()
    # Each reads its command line, or one of these variables.
    sys.argv = [service, "--config-file", file]
    os.environ["OS_KEYSTONE_CONFIG_FILES"] = file
    os.environ["OS_NEUTRON_CONFIG_FILES"] = file
    found = importlib.import_module(f"{service}.wsgi.api").application
    # Otherwise the first query does it, and Neutron's list of ports fails if it is the first.
    sqlalchemy.orm.configure_mappers()
    return found


def publish(directory: Path, public_url: str) -> None:
    """Keystone's catalogue names the services by the address that the host has for them, which each lab chooses."""
    with sqlite3.connect(directory / "keystone.db") as connection:
        for service, place in SERVICES.items():
            url = f"{public_url}{place['prefix']}{place['path']}"
            connection.execute("update endpoint set url = ? where id = ?", (url, f"{service}-public"))


if __name__ == "__main__":
    _, service, directory, public_url = sys.argv
    if service == "keystone":
        publish(Path(directory), public_url)
    place = SERVICES[service]
    waitress.serve(
        application(service, Path(directory)),
        host=HOST,
        port=place["port"],
        url_prefix=place["prefix"],
        threads=4,
        ident=None,
    )
