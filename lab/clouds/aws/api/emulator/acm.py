"""AWS Certificate Manager: certificates of TLS listeners. moto has them; here they survive a restart, too."""

from typing import Any

from moto.acm.exceptions import CertificateNotFound
from moto.acm.models import CertBundle, acm_backends

Json = dict[str, Any]


def install() -> None:
    """Make certificates such that the snapshot can hold them: the parsed forms of moto cannot be written."""
    CertBundle.__getstate__ = _state  # type: ignore[attr-defined]
    CertBundle.__setstate__ = _restore  # type: ignore[attr-defined]


def _state(bundle: Any) -> Json:
    return {key: value for key, value in vars(bundle).items() if key not in ("_key", "_cert")}


def _restore(bundle: Any, state: Json) -> None:
    vars(bundle).update(state)
    bundle._key = bundle.validate_pk()
    bundle._cert = bundle.validate_certificate()


def certificate(arn: str, of: str) -> CertBundle | None:
    """None if the account has none in the region of the load balancer.

    :param of: the ARN of the load balancer or of one of its listeners
    """
    region, account_id = of.split(":")[3:5]
    try:
        return acm_backends[account_id][region].get_certificate(arn)
    except CertificateNotFound:
        return None
