"""Security policies of TLS listeners: moto's, and those of AWS that moto lacks.

https://docs.aws.amazon.com/elasticloadbalancing/latest/network/describe-ssl-policies.html
"""

from collections.abc import Sequence
from typing import Any

from moto.elbv2.ssl_policies import SSL_POLICIES

DEFAULT_SSL_POLICY = "ELBSecurityPolicy-2016-08"

_PREFIX = "ELBSecurityPolicy-"
_FORWARD_SECRET = [each for each in SSL_POLICIES[DEFAULT_SSL_POLICY]["ciphers"] if each.startswith("ECDHE-")]
_FIPS = {
    "TLS13-1-3-FIPS-2023-04": "TLS13-1-3-2021-06",
    "TLS13-1-2-FIPS-2023-04": "TLS13-1-2-2021-06",
    "TLS13-1-2-Res-FIPS-2023-04": "TLS13-1-2-Res-2021-06",
    "TLS13-1-2-Ext1-FIPS-2023-04": "TLS13-1-2-Ext1-2021-06",
    "TLS13-1-2-Ext2-FIPS-2023-04": "TLS13-1-2-Ext2-2021-06",
    "TLS13-1-1-FIPS-2023-04": "TLS13-1-1-2021-06",
    "TLS13-1-0-FIPS-2023-04": "TLS13-1-0-2021-06",
}
"""Those without ChaCha20, by the policy that they equal otherwise."""


def add_missing() -> None:
    """Let moto know all policies of Network Load Balancers that this module knows."""
    everything = SSL_POLICIES[DEFAULT_SSL_POLICY]
    without_sha1 = [each for each in _FORWARD_SECRET if not each.endswith("-SHA")]
    _add("2015-05", everything["ciphers"], everything["ssl_protocols"])
    _add("TLS-1-0-2015-04", [*everything["ciphers"], "DES-CBC3-SHA"], everything["ssl_protocols"])
    _add("FS-2018-06", _FORWARD_SECRET, ["TLSv1.2", "TLSv1.1", "TLSv1"])
    _add("FS-1-1-2019-08", _FORWARD_SECRET, ["TLSv1.2", "TLSv1.1"])
    _add("FS-1-2-2019-08", _FORWARD_SECRET, ["TLSv1.2"])
    _add("FS-1-2-Res-2019-08", without_sha1, ["TLSv1.2"])
    for name, other in _FIPS.items():
        policy = SSL_POLICIES[_PREFIX + other]
        _add(name, [each for each in policy["ciphers"] if "CHACHA20" not in each], policy["ssl_protocols"])


def _add(name: str, ciphers: Sequence[str], protocols: Sequence[str]) -> None:
    policy: dict[str, Any] = {"name": _PREFIX + name, "ciphers": ciphers, "ssl_protocols": protocols}
    SSL_POLICIES.setdefault(_PREFIX + name, policy)
