"""What has to happen before moto is imported: its settings, and most of its start-up time and half its memory saved."""

import functools
import os
import threading
from typing import Any

from botocore.loaders import JSONFileLoader

_read_file = JSONFileLoader.load_file


@functools.cache
def _description(path: str) -> Any:
    """moto and botocore read the same service descriptions several times over: EC2's takes 0.2 s each time."""
    return _read_file(JSONFileLoader(), path)


def prepare(region: str) -> None:
    _forget_the_users_account()
    # The list of machine images takes 0.2 s to read; RunInstances accepts any image id without it.
    os.environ["MOTO_EC2_LOAD_DEFAULT_AMIS"] = "false"
    JSONFileLoader.load_file = lambda _self, path: _description(path)
    _read_offerings_of(region)
    _forget_instances()


def _forget_the_users_account() -> None:
    """boto3, which moto asks for names of regions, fails on an AWS_PROFILE that is not in the user's own files."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        del os.environ[name]
    os.environ["AWS_CONFIG_FILE"] = os.environ["AWS_SHARED_CREDENTIALS_FILE"] = os.devnull


def _read_offerings_of(region: str) -> None:
    """Of the instance types offered in every region of the world, 40 MB, read only this region's."""
    from moto.utilities import utils

    load_resource = utils.load_resource

    def load(resource: str) -> Any:
        return [] if "instance_type_offerings" in resource and region not in resource else load_resource(resource)

    utils.load_resource = load


def _forget_instances() -> None:
    """Keep moto from remembering every object it ever made (for its dashboard): a poll of target health would leak."""
    from moto.core.common_models import BaseModel

    BaseModel.__new__ = lambda cls, *args, **kwargs: object.__new__(cls)


def warm_up() -> None:
    """Read the service descriptions beside the first connections instead of within the first call of each service."""
    from moto.core.utils import get_service_model

    def load() -> None:
        for service in ("ec2", "elbv2", "autoscaling"):
            get_service_model(service)
        _description.cache_clear()

    threading.Thread(target=load, daemon=True).start()
