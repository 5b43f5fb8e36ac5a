"""What a TLS listener has: certificates, a security policy, and an ALPN policy."""

from typing import Any

from moto.elbv2.exceptions import TooManyCertificatesError
from moto.elbv2.models import ELBv2Backend, FakeListener
from moto.elbv2.ssl_policies import SSL_POLICIES

from emulator import acm, errors

ALPN_POLICIES = ("HTTP1Only", "HTTP2Only", "HTTP2Optional", "HTTP2Preferred", "None")
"""https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-listeners.html#alpn-policies"""

ADDITIONAL_CERTIFICATES = 25
"""https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-limits.html"""


class Tls(ELBv2Backend):
    """The part of the back end that checks what listeners ask for, and keeps their further certificates."""

    def _check_tls(
        self, of: str, protocol: str, certificate: str | None, policy: str | None, alpn: list[str] | None
    ) -> None:
        if protocol != "TLS":
            if certificate:
                raise errors.invalid(f"Certificates cannot be specified for {protocol} listeners")
            if alpn:
                raise errors.invalid(f"ALPN policies cannot be specified for {protocol} listeners")
            return
        if not certificate:
            raise errors.invalid("A certificate must be specified for TLS listeners")
        self._require_certificate(of, certificate)
        if policy is not None and policy not in SSL_POLICIES:
            raise errors.ssl_policy_not_found(policy)
        if alpn is not None and (len(alpn) > 1 or any(each not in ALPN_POLICIES for each in alpn)):
            raise errors.alpn_policy_not_supported(alpn)

    def _require_certificate(self, of: str, arn: str) -> None:
        if acm.certificate(arn, of) is None:
            raise errors.certificate_not_found(arn)

    def set_alpn_policy(self, listener: FakeListener, alpn: list[str] | None) -> None:
        """A request without one leaves it as it is."""
        if listener.protocol != "TLS":
            listener.alpn_policy = []
        elif alpn is not None:
            self._check_tls(listener.arn, "TLS", listener.certificate, None, alpn)
            listener.alpn_policy = alpn

    def add_listener_certificates(self, arn: str, certificates: list[dict[str, Any]]) -> list[str]:
        listener = self._tls_listener(arn)
        added = [each["CertificateArn"] for each in certificates]
        for each in added:
            self._require_certificate(arn, each)
        listener.certificates = [*dict.fromkeys([*(listener.certificates or []), *added])]
        if len(listener.certificates) > 1 + ADDITIONAL_CERTIFICATES:
            listener.certificates = [each for each in listener.certificates if each not in added]
            raise TooManyCertificatesError
        return added

    def remove_listener_certificates(self, arn: str, certificates: list[dict[str, Any]]) -> None:
        listener = self._tls_listener(arn)
        removed = [each["CertificateArn"] for each in certificates]
        if listener.certificate in removed:
            raise errors.default_certificate_stays(str(listener.certificate))
        super().remove_listener_certificates(arn, certificates)

    def _tls_listener(self, arn: str) -> FakeListener:
        listener = self.describe_listeners(None, [arn])[0]
        if listener.protocol not in ("TLS", "HTTPS"):
            raise errors.invalid(f"Certificates cannot be specified for {listener.protocol} listeners")
        return listener
