"""The command line: load the saved account, listen, and serve until told to stop."""

import argparse
import logging
import signal
import sys
from pathlib import Path

from emulator import clock, quotas, start_up


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="emulator", description="The lab's AWS API.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=int, default=4566, help="TCP port to listen on (default: %(default)s)")
    parser.add_argument("--region", default="us-west-2", help="AWS region to imitate (default: %(default)s)")
    parser.add_argument(
        "--state",
        type=Path,
        help="file that keeps the account across restarts; without it the account ends with the process",
    )
    parser.add_argument(
        "--time-scale",
        type=float,
        default=1.0,
        help="how many times faster than real time the clock runs (default: %(default)s)",
    )
    parser.add_argument(
        "--rules-per-security-group",
        type=int,
        default=quotas.rules_per_security_group,
        help="quota of rules per security group, inbound and outbound each (default: %(default)s, as on AWS)",
    )
    return parser.parse_args()


def main(options: argparse.Namespace) -> None:
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(message)s")
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    clock.scale = options.time_scale
    quotas.rules_per_security_group = options.rules_per_security_group
    start_up.prepare(options.region)

    # Imported only now, because moto reads its settings and data on import.
    from emulator.application import Application
    from emulator.server import make_server
    from emulator.snapshot import Snapshot, SnapshotUnreadableError

    try:
        application = Application(Snapshot(options.state))
        server = make_server(options.host, options.port, application)
    except SnapshotUnreadableError as error:
        sys.exit(f"emulator: {error}")
    # The snapshot already holds every answered call, so there is nothing to save on exit.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    signal.signal(signal.SIGINT, lambda *_: sys.exit(0))
    logging.info("listening on http://%s:%d", options.host, options.port)
    start_up.warm_up()
    server.serve_forever()


main(arguments())
