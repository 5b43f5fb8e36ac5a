"""SQLite in place of a data base server: what its connections need to be shared by several processes."""

import sqlite3
from typing import Any

import sqlalchemy


def share() -> None:
    """Readers do not wait for a writer, and writers wait for each other. Call it before a service opens its data base."""

    @sqlalchemy.event.listens_for(sqlalchemy.engine.Engine, "connect")
    def connected(connection: sqlite3.Connection, _record: Any) -> None:
        for pragma in ("journal_mode=WAL", "synchronous=OFF", "busy_timeout=20000"):
            connection.execute(f"PRAGMA {pragma}")

    @sqlalchemy.event.listens_for(sqlalchemy.engine.Engine, "begin")
    def begun(connection: Any) -> None:
        # oslo.db would begin for reading: SQLite refuses such a transaction its first write if another has written meanwhile. So Python begins, at the first write.
        connection.connection.dbapi_connection.isolation_level = "IMMEDIATE"
        connection.info["in_transaction"] = True


def allow_octavia() -> None:
    """Octavia gives its pool of connections a time-out, and SQLite's has none."""
    from octavia.common import config  # noqa: F401
    from oslo_config import cfg

    cfg.CONF.set_default("pool_timeout", None, group="database")
