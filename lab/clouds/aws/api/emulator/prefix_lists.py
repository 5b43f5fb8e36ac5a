"""Prefix lists as sources of security group rules: as how many rules they count, and which addresses are in them."""

from collections.abc import Iterable
from typing import Any

from moto.ec2.exceptions import EC2ClientError
from moto.ec2.models.managed_prefixes import ManagedPrefixList

WEIGHTS = {
    "global.cloudfront.origin-facing": 55,
    "dynamodb": 1,
    "global.groundstation": 5,
    "s3": 1,
    "vpc-lattice": 10,
}
"""AWS's own lists by the end of their names. moto has no number for them.
https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html#aws-managed-prefix-list-weights"""


def weight(lists: dict[str, ManagedPrefixList], list_id: str | None) -> int:
    """As how many rules a rule with this list counts; 1 without a list."""
    if list_id is None:
        return 1
    found = lists[list_id]
    if found.max_entries is not None:
        return int(found.max_entries)
    return next(value for end, value in WEIGHTS.items() if str(found.prefix_list_name).endswith(f".{end}"))


def addresses(lists: dict[str, ManagedPrefixList], list_id: str) -> list[str]:
    """The IPv4 ranges of the list's last version."""
    versions = list(lists[list_id].entries.values())
    return [each["Cidr"] for each in (versions[-1] if versions else []) if "." in each["Cidr"]]


def check(lists: dict[str, ManagedPrefixList], asked: Iterable[dict[str, Any]]) -> None:
    """https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html (InvalidPrefixListId.NotFound)"""
    for list_id in (each["PrefixListId"] for each in asked):
        if list_id not in lists:
            raise EC2ClientError("InvalidPrefixListID.NotFound", f"The prefix list ID '{list_id}' does not exist")
