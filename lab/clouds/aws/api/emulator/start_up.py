"""Runs before moto is imported: sets it up, and saves most of its start-up time and half its memory."""

import functools
import os
import threading
from typing import Any

from botocore.loaders import JSONFileLoader

_read_file = JSONFileLoader.load_file


@functools.cache
def _description(path: str) -> Any:
    """Cached, because moto and botocore read each service description several times, and EC2's takes 0.2 s."""
    return _read_file(JSONFileLoader(), path)


def prepare(region: str) -> None:
    _forget_the_users_account()
    # Reading the list of machine images takes 0.2 s. Without it RunInstances accepts any image id.
    os.environ["MOTO_EC2_LOAD_DEFAULT_AMIS"] = "false"
    JSONFileLoader.load_file = lambda _self, path: _description(path)
    _read_offerings_of(region)
    _forget_instances()


def _forget_the_users_account() -> None:
    """moto asks boto3 for region names, and boto3 fails if AWS_PROFILE is not in the user's files."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        del os.environ[name]
    os.environ["AWS_CONFIG_FILE"] = os.environ["AWS_SHARED_CREDENTIALS_FILE"] = os.devnull


def _read_offerings_of(region: str) -> None:
    """Read the instance types of this region only: those of all regions take 40 MB."""
    from moto.utilities import utils

    load_resource = utils.load_resource

    def load(resource: str) -> Any:
        return [] if "instance_type_offerings" in resource and region not in resource else load_resource(resource)

    utils.load_resource = load


def _forget_instances() -> None:
    """Stop moto from keeping every object for its dashboard: each poll of target health would leak memory."""
    from moto.core.common_models import BaseModel

    BaseModel.__new__ = lambda cls, *_args, **_kwargs: object.__new__(cls)  # type: ignore[method-assign]


def warm_up() -> None:
    """Read the service descriptions in the background, before the first call of each service needs them."""
    from moto.core.utils import get_service_model

    def load() -> None:
        for service in ("ec2", "elbv2", "autoscaling"):
            get_service_model(service)
        _description.cache_clear()

    threading.Thread(target=load, daemon=True).start()
