"""Keeps the account across restarts: one file, replaced after every call that changes the account.

moto's back ends are plain objects and can be pickled as a whole (two load balancers: about 60 kB in 2 ms). The new file
is complete before it replaces the old one, and the call is answered only after that, so the process may be killed at
any moment. Never load a file from elsewhere: unpickling runs code.
"""

import pickle
from pathlib import Path
from typing import Any

import moto
from moto.acm.models import acm_backends
from moto.autoscaling.models import autoscaling_backends
from moto.cloudwatch.models import cloudwatch_backends
from moto.core.base_backend import BackendDict
from moto.ec2.models import ec2_backends
from moto.elb.models import elb_backends
from moto.elbv2.models import elbv2_backends
from moto.route53.models import route53_backends
from moto.s3.models import s3_backends

BACKENDS: dict[str, "BackendDict[Any]"] = {
    "acm": acm_backends,
    "ec2": ec2_backends,
    "elb": elb_backends,
    "elbv2": elbv2_backends,
    "autoscaling": autoscaling_backends,
    "cloudwatch": cloudwatch_backends,
    "route53": route53_backends,
    "s3": s3_backends,
}

VERSION = f"4 (moto {moto.__version__})"
"""Increase the number whenever a class in this package changes what it stores."""


class SnapshotUnreadableError(Exception):
    """The file is damaged or was written by another version."""


class Snapshot:
    def __init__(self, path: Path | None) -> None:
        self._path = path

    def load(self) -> None:
        if self._path is None or not self._path.exists():
            return
        try:
            content = pickle.loads(self._path.read_bytes())
            version = content["version"]
        except Exception as error:
            raise SnapshotUnreadableError(
                f"cannot read the account's state in {self._path}: {error}. {_REMEDY}"
            ) from error
        if version != VERSION:
            raise SnapshotUnreadableError(
                f"the account's state in {self._path} has version {version}, this is {VERSION}. {_REMEDY}"
            )
        for service, account_id, region, backend in content["backends"]:
            BACKENDS[service][account_id][region] = backend

    def save(self) -> None:
        if self._path is None:
            return
        backends = [
            (service, account_id, region, backend)
            for service, by_account in BACKENDS.items()
            for account_id, region, backend in by_account.iter_backends()
        ]
        complete = self._path.with_suffix(".new")
        # One pickle for all back ends, so that a subnet of EC2 and the same subnet of a load balancer stay one object.
        content = pickle.dumps({"version": VERSION, "backends": backends}, pickle.HIGHEST_PROTOCOL)
        try:
            complete.write_bytes(content)
            complete.replace(self._path)
        except OSError:
            # On a full disk, half a snapshot would take up the last free space.
            complete.unlink(missing_ok=True)
            raise


_REMEDY = "Remove the file to start with an empty account."
