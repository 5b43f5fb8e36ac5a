"""Attributes of Network Load Balancers and their target groups: names, defaults and allowed values.

Sources: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html and
https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupAttribute.html.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from emulator.errors import invalid, unsupported


class Attribute(NamedTuple):
    default: str
    allows: Callable[[str], bool]
    allowed: str
    """What `allows` accepts, for the error message."""


def _one_of(default: str, *values: str) -> Attribute:
    return Attribute(default, lambda value: value in values, f"must be one of [{', '.join(values)}]")


def _number(default: str, least: int, most: int, *words: str) -> Attribute:
    def allows(value: str) -> bool:
        return value in words or (value.isdigit() and least <= int(value) <= most)

    return Attribute(
        default, allows, f"must be between '{least}-{most}' inclusive" + "".join(f" or '{w}'" for w in words)
    )


def _flag(default: bool) -> Attribute:
    return _one_of("true" if default else "false", "true", "false")


def _text() -> Attribute:
    return Attribute("", lambda _: True, "may be any text")


IPV6_GATEWAYS = "ipv6.deny_all_igw_traffic"
"""Whether internet gateways are kept from a load balancer with IPv6. By default from an internal one."""

LOAD_BALANCER: Mapping[str, Attribute] = {
    "access_logs.s3.enabled": _flag(False),
    "access_logs.s3.bucket": _text(),
    "access_logs.s3.prefix": _text(),
    "deletion_protection.enabled": _flag(False),
    "dns_record.client_routing_policy": _one_of(
        "any_availability_zone",
        "any_availability_zone",
        "availability_zone_affinity",
        "partial_availability_zone_affinity",
    ),
    "load_balancing.cross_zone.enabled": _flag(False),
    "secondary_ips.auto_assigned.per_subnet": _number("0", 0, 7),
    "zonal_shift.config.enabled": _flag(False),
}

# The API reference only says "the maximum number of targets".
_TARGETS = 1000

TARGET_GROUP: Mapping[str, Attribute] = {
    "deregistration_delay.timeout_seconds": _number("300", 0, 3600),
    "deregistration_delay.connection_termination.enabled": _flag(False),
    "stickiness.enabled": _flag(False),
    "stickiness.type": _one_of("source_ip", "source_ip"),
    "load_balancing.cross_zone.enabled": _one_of(
        "use_load_balancer_configuration", "true", "false", "use_load_balancer_configuration"
    ),
    "preserve_client_ip.enabled": _flag(True),
    "proxy_protocol_v2.enabled": _flag(False),
    "target_group_health.dns_failover.minimum_healthy_targets.count": _number("1", 1, _TARGETS, "off"),
    "target_group_health.dns_failover.minimum_healthy_targets.percentage": _number("off", 1, 100, "off"),
    "target_group_health.unhealthy_state_routing.minimum_healthy_targets.count": _number("1", 1, _TARGETS),
    "target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage": _number("off", 1, 100, "off"),
    "target_health_state.unhealthy.connection_termination.enabled": _flag(True),
    "target_health_state.unhealthy.draining_interval_seconds": _number("0", 0, 360_000),
}

OTHER_LOAD_BALANCERS = {
    "client_keep_alive.seconds",
    "connection_logs.s3.bucket",
    "connection_logs.s3.enabled",
    "connection_logs.s3.prefix",
    "health_check_logs.s3.bucket",
    "health_check_logs.s3.enabled",
    "health_check_logs.s3.prefix",
    "idle_timeout.timeout_seconds",
    "routing.http.desync_mitigation_mode",
    "routing.http.drop_invalid_header_fields.enabled",
    "routing.http.preserve_host_header.enabled",
    "routing.http.x_amzn_tls_version_and_cipher_suite.enabled",
    "routing.http.xff_client_port.enabled",
    "routing.http.xff_header_processing.mode",
    "routing.http2.enabled",
    "waf.fail_open.enabled",
}

OTHER_TARGET_GROUPS = {
    "lambda.multi_value_headers.enabled",
    "load_balancing.algorithm.anomaly_mitigation",
    "load_balancing.algorithm.type",
    "slow_start.duration_seconds",
    "stickiness.app_cookie.cookie_name",
    "stickiness.app_cookie.duration_seconds",
    "stickiness.lb_cookie.duration_seconds",
    "target_failover.on_deregistration",
    "target_failover.on_unhealthy",
}


def load_balancer_defaults() -> dict[str, str]:
    return {key: attribute.default for key, attribute in LOAD_BALANCER.items()}


def of_ip_address_type(attributes: dict[str, str], ip_address_type: str, scheme: str) -> dict[str, str]:
    """Those that a load balancer has with its addresses: only a dual-stack one has IPV6_GATEWAYS."""
    if ip_address_type != "dualstack":
        return {key: value for key, value in attributes.items() if key != IPV6_GATEWAYS}
    return {IPV6_GATEWAYS: "true" if scheme == "internal" else "false", **attributes}


def target_group_defaults(protocol: str, target_type: str) -> dict[str, str]:
    """The attributes of a new target group. Some depend on its protocol and target type."""
    datagrams = protocol in ("UDP", "TCP_UDP")
    values = {key: attribute.default for key, attribute in TARGET_GROUP.items()}
    values["deregistration_delay.connection_termination.enabled"] = "true" if datagrams else "false"
    values["target_health_state.unhealthy.connection_termination.enabled"] = "false" if datagrams else "true"
    if target_type == "ip" and not datagrams:
        values["preserve_client_ip.enabled"] = "false"
    return values


def check_load_balancer(changes: Mapping[str, str], ip_address_type: str) -> None:
    """Source of the messages: https://github.com/hashicorp/terraform-provider-aws/issues/34135 and .../23971."""
    for key, value in changes.items():
        if key == IPV6_GATEWAYS and ip_address_type == "dualstack":
            _check("Load balancer", {IPV6_GATEWAYS: _flag(False)}, key, value)
            continue
        if key == IPV6_GATEWAYS:  # https://github.com/aws/aws-cdk/issues/29970
            raise unsupported(
                f"Load balancer attribute key '{key}' is not supported on load balancers with IP address type 'ipv4'"
            )
        if key in OTHER_LOAD_BALANCERS:
            raise unsupported(
                f"Load balancer attribute key '{key}' is not supported on load balancers with type 'network'"
            )
        _check("Load balancer", LOAD_BALANCER, key, value)


def check_target_group(changes: Mapping[str, str], current: Mapping[str, str], protocol: str) -> None:
    """Source of the message: https://github.com/hashicorp/terraform-provider-aws/issues/19953."""
    for key, value in changes.items():
        if key in OTHER_TARGET_GROUPS:
            raise unsupported(f"A target group with protocol '{protocol}' does not support the attribute {key}")
        _check("Target group", TARGET_GROUP, key, value)
    after = {**current, **changes}
    ending, draining = (
        f"target_health_state.unhealthy.{each}"
        for each in ("connection_termination.enabled", "draining_interval_seconds")
    )
    if after[ending] == "true" and after[draining] != "0":
        raise unsupported(f"The attribute '{draining}' can only be set if '{ending}' is 'false'")
    if protocol in ("UDP", "TCP_UDP"):
        if changes.get("preserve_client_ip.enabled") == "false":
            raise unsupported(f"Client IP preservation cannot be disabled for target groups with protocol '{protocol}'")
        if changes.get("target_health_state.unhealthy.connection_termination.enabled") == "true":
            raise unsupported(
                "Connection termination for unhealthy targets cannot be enabled "
                f"for target groups with protocol '{protocol}'"
            )


def _check(kind: str, known: Mapping[str, Attribute], key: str, value: str) -> None:
    attribute = known.get(key)
    if attribute is None:
        raise invalid(f"{kind} attribute key '{key}' is not recognized")
    if not attribute.allows(value):
        raise invalid(f"'{key}' value '{value}' {attribute.allowed}")
