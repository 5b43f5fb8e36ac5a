"""Route 53: a deleted record set is the one with this name, type and set identifier.

https://docs.aws.amazon.com/Route53/latest/APIReference/API_ResourceRecordSet.html: a set identifier tells record sets
apart that have the same name and type. moto deletes all record sets of the zone that have the identifier.
"""

from typing import Any

from moto.route53.models import Route53Backend

Json = dict[str, Any]
_change = Route53Backend.change_resource_record_sets


def _change_named(backend: Route53Backend, zoneid: str, change_list: list[Json]) -> None:
    zone = backend.get_hosted_zone(zoneid)
    before = list(zone.rrsets)
    _change(backend, zoneid, change_list)
    sets = [change["ResourceRecordSet"] for change in change_list]
    named = [_identity(each["Name"], each["Type"], each.get("SetIdentifier")) for each in sets]
    zone.rrsets += [
        each
        for each in before
        if each not in zone.rrsets and _identity(each.name, each.type, each.set_identifier) not in named
    ]


def _identity(name: str, kind: str | None, set_identifier: str | None) -> tuple[str, str | None, str | None]:
    return name.rstrip(".").lower(), kind, set_identifier


def install() -> None:
    Route53Backend.change_resource_record_sets = _change_named  # type: ignore[method-assign, assignment]
