"""The lab's data plane reads the account here and reports the addresses that carry traffic and health-check results.

    GET /lab/ready              204 once the API answers
    GET /lab/revision           a text that changes after every change made elsewhere; pollers need only this
    GET /lab/facts              what the data plane needs to know about the account
    PUT /lab/load-balancers     [{"loadBalancerArn", "addresses": [{"zone", "subnetId", "address", "privateAddress"}]}]
    PUT /lab/target-health      [{"targetGroupArn", "targetId", "port", "state", "reason", "description"}]

A PUT answers 204. It answers 404 if a deletion was faster than the data plane: it names what no longer exists, and has
applied everything else. Reports are applied in the order of arrival; send one request at a time.
"""

import json
from collections.abc import Callable
from typing import Any

from moto.elbv2.models import elbv2_backends

from emulator.elbv2.network_target_group import NetworkTargetGroup
from emulator.facts import elbv2, facts

PREFIX = "/lab/"

Answer = tuple[str, list[tuple[str, str]], bytes]


def answer(method: str, path: str, body: bytes, revision: int) -> Answer:
    if (method, path) == ("GET", "/lab/ready"):
        return _text("204 No Content")
    if (method, path) == ("GET", "/lab/revision"):
        return _text("200 OK", f"{revision}-{_count_targets()}")
    if (method, path) == ("GET", "/lab/facts"):
        return _answer("200 OK", "application/json", json.dumps(facts()))
    apply = _REPORTS.get(path) if method == "PUT" else None
    if apply is None:
        return _text("404 Not Found", f"{method} {path} is not part of the side channel")
    try:
        missing = [name for report in json.loads(body) if (name := apply(report))]
    except (ValueError, KeyError, TypeError) as error:
        return _text("400 Bad Request", f"{path}: malformed report: {error!r}")
    return _text("404 Not Found", "no longer there: " + ", ".join(missing)) if missing else _text("204 No Content")


def _load_balancer(report: dict[str, Any]) -> str | None:
    """Apply a load balancer's addresses. Return its ARN if there is no such load balancer."""
    arn: str = report["loadBalancerArn"]
    backend = _backend(arn)
    if backend is None or arn not in backend.load_balancers:
        return arn
    backend.report_addresses(
        arn,
        {each["subnetId"]: each["address"] for each in report["addresses"]},
        {each["subnetId"]: each["privateAddress"] for each in report["addresses"]},
    )
    return None


def _target(report: dict[str, Any]) -> str | None:
    """Apply a target's health. Return the target's name if its group or registration is gone."""
    arn: str = report["targetGroupArn"]
    target = (report["targetId"], int(report["port"]))
    backend = _backend(arn)
    group = backend.target_groups.get(arn) if backend else None
    if not isinstance(group, NetworkTargetGroup):
        return arn
    known = group.report_health(target, report["state"], report.get("reason"), report.get("description"))
    return None if known else f"target {target[0]}:{target[1]} of {arn}"


_REPORTS: dict[str, Callable[[dict[str, Any]], str | None]] = {
    "/lab/load-balancers": _load_balancer,
    "/lab/target-health": _target,
}


def _count_targets() -> int:
    """Part of the revision, because a draining target disappears without a call when its time is over."""
    return sum(len(each.present_targets()) for each in elbv2("target_groups") if isinstance(each, NetworkTargetGroup))


def _backend(arn: str) -> Any:
    """The back end of an ARN (arn:aws:elasticloadbalancing:<region>:<account>:...), if it exists."""
    parts = arn.split(":")
    return elbv2_backends[parts[4]][parts[3]] if len(parts) > 5 and parts[3] in elbv2_backends[parts[4]] else None


def _text(status: str, text: str = "") -> Answer:
    return _answer(status, "text/plain", text)


def _answer(status: str, kind: str, text: str) -> Answer:
    content = text.encode()
    return status, [("Content-Type", kind), ("Content-Length", str(len(content)))], content
