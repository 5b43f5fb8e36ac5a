"""Tags that nobody but AWS may set.

Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Tag.html.
"""

from emulator import errors


def check_tags(tags: list[dict[str, str]] | None) -> None:
    for tag in tags or []:
        if tag["Key"].startswith("aws:"):
            raise errors.reserved_tag(tag["Key"])
