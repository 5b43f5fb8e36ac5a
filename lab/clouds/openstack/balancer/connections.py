"""How many connections HAProxy may be asked to take: it needs two files for each, and does not start where it may not open them."""

import resource
from collections.abc import Sequence

# HAProxy's own: its listeners, checks and logs.
OTHER_FILES = 1000


def room() -> int:
    """For a process that the agent starts."""
    _, files = resource.getrlimit(resource.RLIMIT_NOFILE)
    return (files - OTHER_FILES) // 2


def shares(wished: Sequence[int], room: int) -> list[int]:
    """What each listener gets of the room: its wish, or where all do not fit, what those with smaller wishes leave it."""
    found = list(wished)
    for taken, place in enumerate(sorted(range(len(wished)), key=lambda each: wished[each])):
        found[place] = min(wished[place], max(room // (len(wished) - taken), 1))
        room -= found[place]
    return found
