"""Answers that moto gives differently from AWS."""

from typing import Any

from moto.core.responses import ActionResult
from moto.elbv2.responses import ELBV2Response


def _default_certificate(certificates: list[str] | None) -> list[dict[str, str]] | None:
    return [{"CertificateArn": certificates[0]}] if certificates else None


class Responses(ELBV2Response):
    RESPONSE_KEY_PATH_TO_TRANSFORMER = {  # noqa: RUF012 -- as moto has it
        **ELBV2Response.RESPONSE_KEY_PATH_TO_TRANSFORMER,
        # A listener itself shows its default certificate alone.
        **{
            f"{action}Output.Listeners.Listener.Certificates": _default_certificate
            for action in ("CreateListener", "DescribeListeners", "ModifyListener")
        },
    }

    def modify_listener(self) -> ActionResult:
        """moto does not read the ALPN policy."""
        answer = super().modify_listener()
        listener = self.elbv2_backend.describe_listeners(None, [self._get_param("ListenerArn")])[0]
        backend: Any = self.elbv2_backend
        backend.set_alpn_policy(listener, self._get_param("AlpnPolicy"))
        return answer

    def modify_target_group_attributes(self) -> ActionResult:
        """AWS answers with all attributes, not only the changed ones."""
        super().modify_target_group_attributes()
        return self.describe_target_group_attributes()

    def create_load_balancer(self) -> ActionResult:
        """moto does not read whether the load balancer has prefixes for source NAT."""
        answer = super().create_load_balancer()
        self._set_source_nat(answer.result["LoadBalancers"][0].arn)  # type: ignore[index]
        return answer

    def _set_source_nat(self, arn: str) -> None:
        if enable := self._get_param("EnablePrefixForIpv6SourceNat"):
            backend: Any = self.elbv2_backend
            backend.set_source_nat(arn, enable)

    def set_subnets(self) -> ActionResult:
        super().set_subnets()
        self._set_source_nat(self._get_param("LoadBalancerArn"))
        load_balancer: Any = self.elbv2_backend.load_balancers[self._get_param("LoadBalancerArn")]
        return ActionResult(
            {
                "AvailabilityZones": load_balancer.availability_zones,
                "IpAddressType": load_balancer.ip_address_type,
                "EnablePrefixForIpv6SourceNat": getattr(load_balancer, "enable_prefix_for_ipv6_source_nat", None),
            }
        )

    def set_security_groups(self) -> ActionResult:
        arn = self._get_param("LoadBalancerArn")
        self.elbv2_backend.set_security_groups(arn, self._get_param("SecurityGroups", []))
        load_balancer: Any = self.elbv2_backend.load_balancers[arn]
        enforce = self._get_param("EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic")
        if enforce:
            load_balancer.enforce_security_group_inbound_rules_on_private_link_traffic = enforce
        return ActionResult(
            {
                "SecurityGroupIds": load_balancer.security_groups,
                "EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic": getattr(
                    load_balancer, "enforce_security_group_inbound_rules_on_private_link_traffic", None
                ),
            }
        )
