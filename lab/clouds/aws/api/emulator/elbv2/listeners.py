"""Listeners of Network Load Balancers, and their links to target groups."""

from typing import Any

from moto.elbv2.exceptions import ActionTargetGroupNotFoundError, ELBClientError, LoadBalancerNotFoundError
from moto.elbv2.models import FakeAction, FakeListener
from moto.moto_api._internal import mock_random

from emulator import errors
from emulator.elbv2.load_balancers import LoadBalancers
from emulator.elbv2.network_load_balancer import NetworkLoadBalancer
from emulator.elbv2.ssl_policies import DEFAULT_SSL_POLICY
from emulator.elbv2.tags import check_tags
from emulator.elbv2.tls import Tls

LISTENERS_PER_LOAD_BALANCER = 50
"""https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-limits.html"""

TARGET_GROUP_PROTOCOLS = {
    "TCP": ("TCP", "TCP_UDP"),
    "TLS": ("TCP", "TLS"),
    "UDP": ("UDP", "TCP_UDP"),
    "TCP_UDP": ("TCP_UDP",),
}
"""By listener protocol.
https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html#target-group-routing-configuration"""


def forward_action(action: dict[str, Any]) -> dict[str, Any]:
    """AWS shows a forward to one target group in both forms, whichever the request used."""
    config = action.get("ForwardConfig")
    if config is None and "TargetGroupArn" in action:
        return {**action, "ForwardConfig": {"TargetGroups": [{"TargetGroupArn": action["TargetGroupArn"]}]}}
    groups = (config or {}).get("TargetGroups", [])
    return {**action, "TargetGroupArn": groups[0]["TargetGroupArn"]} if len(groups) == 1 else action


class Listeners(LoadBalancers, Tls):
    """The listeners part of the back end."""

    def create_listener(
        self,
        load_balancer_arn: str,
        protocol: str,
        port: Any,
        ssl_policy: Any,
        certificate: Any,
        actions: list[dict[str, Any]],
        alpn_policy: list[str] | None = None,
        tags: list[dict[str, str]] | None = None,
    ) -> FakeListener:
        load_balancer = self.load_balancers.get(load_balancer_arn)
        if load_balancer is None:
            raise LoadBalancerNotFoundError
        if not isinstance(load_balancer, NetworkLoadBalancer):
            listener = super().create_listener(
                load_balancer_arn, protocol, port, ssl_policy, certificate, actions, alpn_policy, tags
            )
            self.link_target_groups()
            return listener
        self._validate_port_and_protocol("network", port, protocol)
        if not 1 <= int(port) <= 65535:
            raise errors.out_of_range("port", int(port), 1, 65535)
        default_actions = self._default_actions(load_balancer, protocol, actions)
        for listener in load_balancer.listeners.values():
            if listener.port == port:
                if listener.protocol == protocol and _data(listener.default_actions) == _data(default_actions):
                    return listener  # API_CreateListener: the call is idempotent
                raise errors.duplicate_listener(load_balancer_arn)
        if len(load_balancer.listeners) >= LISTENERS_PER_LOAD_BALANCER:
            raise ELBClientError(
                "TooManyListeners",
                f"The maximum number of listeners has been reached on load balancer '{load_balancer_arn}'",
            )
        self._check_tls(load_balancer_arn, protocol, certificate, ssl_policy, alpn_policy)
        check_tags(tags)
        arn = f"{load_balancer_arn.replace(':loadbalancer/', ':listener/')}/{mock_random.get_random_hex(16)}"
        listener = FakeListener(
            load_balancer_arn,
            arn,
            protocol,
            port,
            ssl_policy if protocol == "TLS" else None,  # type: ignore[arg-type]
            certificate,
            default_actions,
            alpn_policy,
        )
        _reset_attributes(listener)
        load_balancer.listeners[arn] = listener
        self.tagging_service.tag_resource(arn, tags)
        self.link_target_groups()
        return listener

    def modify_listener(
        self,
        arn: str,
        port: Any = None,
        protocol: str | None = None,
        ssl_policy: str | None = None,
        certificates: list[dict[str, Any]] | None = None,
        actions: list[dict[str, Any]] | None = None,
    ) -> FakeListener:
        listener = self.describe_listeners(None, [arn])[0]
        load_balancer = self.load_balancers[listener.load_balancer_arn]
        if not isinstance(load_balancer, NetworkLoadBalancer):
            super().modify_listener(arn, port, protocol, ssl_policy, certificates, actions)
            self.link_target_groups()
            return listener
        new_port: Any = port or listener.port
        new_protocol = protocol or listener.protocol
        self._validate_port_and_protocol("network", new_port, new_protocol)
        if any(each.port == new_port and each is not listener for each in load_balancer.listeners.values()):
            raise errors.port_in_use(new_port)
        data = actions or [action.data for action in listener.default_actions]
        default_actions = self._default_actions(load_balancer, new_protocol, data)
        certificate = certificates[0]["CertificateArn"] if certificates else listener.certificate
        self._check_tls(
            arn, new_protocol, certificate if certificates or new_protocol == "TLS" else None, ssl_policy, None
        )
        changed_protocol = new_protocol != listener.protocol
        listener.port, listener.protocol = new_port, new_protocol
        listener.certificate = certificate if new_protocol == "TLS" else None
        further = [each for each in (listener.certificates or [])[1:] if each != listener.certificate]
        listener.certificates = [listener.certificate, *further] if listener.certificate else []
        policy = ssl_policy or listener.ssl_policy or DEFAULT_SSL_POLICY
        listener.ssl_policy = policy if new_protocol == "TLS" else None  # type: ignore[assignment]
        listener.default_actions = listener._default_rule[0].actions = default_actions
        if changed_protocol:
            _reset_attributes(listener)
        self.link_target_groups()
        return listener

    def modify_listener_attributes(self, listener_arn: str, attrs: list[dict[str, str]]) -> dict[str, str]:
        listener = self.describe_listeners(None, [listener_arn])[0]
        if isinstance(self.load_balancers[listener.load_balancer_arn], NetworkLoadBalancer):
            for each in attrs:
                if each["Key"] not in listener.attributes:
                    raise errors.invalid(f"Listener attribute key '{each['Key']}' is not recognized")
                if not (each["Value"].isdigit() and 60 <= int(each["Value"]) <= 6000):
                    raise errors.invalid(f"'{each['Key']}' value '{each['Value']}' must be between '60-6000' inclusive")
        return super().modify_listener_attributes(listener_arn, attrs)

    def delete_listener(self, listener_arn: str) -> FakeListener:
        listener = super().delete_listener(listener_arn)
        self.tagging_service.delete_all_tags_for_resource(listener_arn)
        self.link_target_groups()
        return listener

    def _default_actions(
        self, load_balancer: NetworkLoadBalancer, protocol: str, actions: list[dict[str, Any]]
    ) -> list[FakeAction]:
        if [action.get("Type") for action in actions] != ["forward"]:
            raise errors.invalid(
                "The default action of a Network Load Balancer's listener must be one of type 'forward'"
            )
        action = FakeAction(forward_action(actions[0]))
        arns = self._get_target_group_arns_from(action_data=action.data)
        if not arns:
            raise errors.invalid("A target group ARN must be specified")
        for arn in arns:
            group = self.target_groups.get(arn)
            if group is None:
                raise ActionTargetGroupNotFoundError(arn)
            if group.protocol not in TARGET_GROUP_PROTOCOLS[protocol]:
                raise errors.incompatible_protocols(arn)
            if any(each != load_balancer.arn for each in group.load_balancer_arns):
                raise errors.more_than_one_load_balancer(arn)
        return [action]


def _reset_attributes(listener: FakeListener) -> None:
    """Only TCP listeners have an idle timeout that can be set.
    https://docs.aws.amazon.com/elasticloadbalancing/latest/network/update-idle-timeout.html"""
    listener.attributes = {"tcp.idle_timeout.seconds": "350"} if listener.protocol == "TCP" else {}


def _data(actions: list[FakeAction]) -> list[dict[str, Any]]:
    return [action.data for action in actions]
