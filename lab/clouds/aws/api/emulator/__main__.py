"""Command line: load the account as it was left, listen, serve until told to stop."""

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
    parser.add_argument("--region", default="us-west-2", help="the AWS region it imitates (default: %(default)s)")
    parser.add_argument(
        "--state",
        type=Path,
        help="file that keeps the account over a restart; without it the account lives as long as the process",
    )
    parser.add_argument(
        "--time-scale",
        type=float,
        default=1.0,
        help="how many times faster than AWS's the clock runs (default: %(default)s, real time)",
    )
    parser.add_argument(
        "--rules-per-security-group",
        type=int,
        default=quotas.rules_per_security_group,
        help="the account's quota of inbound and of outbound rules (default: %(default)s, as AWS's)",
    )
    return parser.parse_args()


def main(options: argparse.Namespace) -> None:
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(message)s")
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    clock.scale = options.time_scale
    quotas.rules_per_security_group = options.rules_per_security_group
    start_up.prepare(options.region)

    # Only now: moto reads its settings and its data when it is imported.
    from emulator.application import Application
    from emulator.server import make_server
    from emulator.snapshot import Snapshot, SnapshotUnreadable

    try:
        application = Application(Snapshot(options.state))
        server = make_server(options.host, options.port, application)
    except SnapshotUnreadable as error:
        sys.exit(f"emulator: {error}")
    # Every answered call is in the snapshot already, so stopping needs no farewell.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    signal.signal(signal.SIGINT, lambda *_: sys.exit(0))
    logging.info("listening on http://%s:%d", options.host, options.port)
    start_up.warm_up()
    server.serve_forever()


main(arguments())
