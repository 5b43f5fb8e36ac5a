"""What the lab's data plane needs to know about the account, in one answer.

Through the AWS API it would need a call for every load balancer, listener and target group after each change.
The format is that of lab/clouds/aws/balancer/facts.ts.
"""

from collections.abc import Iterator
from typing import Any

from moto.ec2.models import ec2_backends
from moto.ec2.models.managed_prefixes import ManagedPrefixList
from moto.elbv2.models import FakeListener, elbv2_backends
from moto.elbv2.ssl_policies import SSL_POLICIES
from moto.route53.models import route53_backends

from emulator import acm, prefix_lists
from emulator.elbv2.network_load_balancer import NetworkLoadBalancer
from emulator.elbv2.network_target_group import NetworkTargetGroup
from emulator.prefixes import prefixes_of

Json = dict[str, Any]


def facts() -> Json:
    balancers = [each for each in elbv2("load_balancers") if isinstance(each, NetworkLoadBalancer)]
    groups = [each for each in elbv2("target_groups") if isinstance(each, NetworkTargetGroup)]
    instances = [each for ec2 in _ec2() for each in ec2.all_instances() if each.state == "running"]
    return {
        "loadBalancers": [_load_balancer(each) for each in balancers],
        "targetGroups": [_target_group(each) for each in groups if each.load_balancer_arns],
        "instances": [_instance(each) for each in instances],
        "subnets": [_subnet(each) for ec2 in _ec2() for each in ec2.describe_subnets()],
        "securityGroups": [_security_group(each, ec2) for ec2 in _ec2() for each in ec2.describe_security_groups()],
        "records": [_record(each) for each in _records() if each.type == "CNAME" and each.records],
    }


def elbv2(collection: str) -> Iterator[Any]:
    """The load balancers or target groups of all accounts and regions."""
    for _, _, backend in elbv2_backends.iter_backends():
        yield from getattr(backend, collection).values()


def _ec2() -> list[Any]:
    return [backend for _, _, backend in ec2_backends.iter_backends()]


def _records() -> Iterator[Any]:
    backend: Any
    for _, _, backend in route53_backends.iter_backends():
        for zone in backend.zones.values():
            yield from zone.rrsets


def _record(record: Any) -> Json:
    """A record without a weight is the only one of its name. An alias has no values of its own, and is not here."""
    return {
        "name": record.name,
        "target": record.records[0],
        "ttlSeconds": int(record.ttl),
        "weight": 1 if record.weight is None else int(record.weight),
    }


def _load_balancer(balancer: NetworkLoadBalancer) -> Json:
    return {
        "arn": balancer.arn,
        "name": balancer.name,
        "dnsName": balancer.dns_name,
        "scheme": balancer.scheme,
        "state": balancer.state,
        "zones": [{"zone": each.availability_zone, "subnetId": each.id} for each in balancer.subnets],
        "securityGroups": balancer.security_groups,
        "attributes": balancer.attrs,
        "listeners": [_listener(each, balancer) for each in balancer.listeners.values()],
    }


def _listener(listener: FakeListener, balancer: NetworkLoadBalancer) -> Json:
    action = listener.default_actions[0].data
    groups = action.get("ForwardConfig", {}).get("TargetGroups", [])
    return {
        "arn": listener.arn,
        "protocol": listener.protocol,
        "port": int(listener.port),
        "targetGroupArn": action.get("TargetGroupArn") or groups[0]["TargetGroupArn"],
        "attributes": listener.attributes,
        **({"tls": _tls(listener, balancer)} if listener.protocol == "TLS" else {}),
    }


def _tls(listener: FakeListener, balancer: NetworkLoadBalancer) -> Json:
    """Certificates that were deleted are missing. AWS does not delete those that a listener uses."""
    policy = SSL_POLICIES[listener.ssl_policy]
    bundles = [acm.certificate(arn, balancer.arn) for arn in listener.certificates or []]
    return {
        "certificates": [
            {"certificate": each.cert.decode(), "key": each.key.decode()} for each in bundles if each is not None
        ],
        "protocols": policy["ssl_protocols"],
        "ciphers": policy["ciphers"],
        "alpnPolicy": next(iter(listener.alpn_policy or []), "None"),
    }


def _target_group(group: NetworkTargetGroup) -> Json:
    check = group.health_check
    described: list[Any] = elbv2_backends[group.account_id][group.region_name].describe_target_health(group.arn, [])
    return {
        "arn": group.arn,
        "protocol": group.protocol,
        "port": int(group.port),
        "targetType": group.target_type,
        "healthCheck": {
            "protocol": check["protocol"],
            "port": str(check["port"]),
            "path": check.get("path") or "/",
            "matcher": (check.get("matcher") or {}).get("HttpCode", "200-399"),
            "intervalSeconds": check["interval_seconds"],
            "timeoutSeconds": check["timeout_seconds"],
            "healthyThreshold": check["healthy_threshold_count"],
            "unhealthyThreshold": check["unhealthy_threshold_count"],
        },
        "attributes": group.attributes,
        "targets": [
            {
                "id": each["Target"]["Id"],
                "port": each["Target"]["Port"],
                "zone": each["Target"].get("AvailabilityZone"),
                "state": each["TargetHealth"]["State"],
                "reason": each["TargetHealth"]["Reason"] or "",
            }
            for each in described
        ],
    }


def _instance(instance: Any) -> Json:
    return {
        "id": instance.id,
        "address": instance.private_ip_address,
        "prefixes": [prefix for each in instance.nics.values() for prefix in prefixes_of(each)],
        "zone": instance.availability_zone,
        "securityGroups": [each.id for each in instance.dynamic_group_list],
    }


def _subnet(subnet: Any) -> Json:
    return {"id": subnet.id, "cidr": subnet.cidr_block, "zone": subnet.availability_zone}


def _security_group(group: Any, ec2: Any) -> Json:
    return {
        "id": group.id,
        "ingress": [_rule(each, ec2.managed_prefix_lists) for each in group.ingress_rules],
        "egress": [_rule(each, ec2.managed_prefix_lists) for each in group.egress_rules],
    }


def _rule(rule: Any, lists: dict[str, ManagedPrefixList]) -> Json:
    cidr, group = rule.ip_range.get("CidrIp"), rule.source_group.get("GroupId")
    listed = prefix_lists.addresses(lists, rule.prefix_list_id) if rule.prefix_list_id else []
    return {
        "protocol": rule.ip_protocol or "-1",
        "fromPort": -1 if rule.from_port is None else rule.from_port,
        "toPort": -1 if rule.to_port is None else rule.to_port,
        "cidrs": [cidr] if cidr else listed,
        "groups": [group] if group else [],
    }
