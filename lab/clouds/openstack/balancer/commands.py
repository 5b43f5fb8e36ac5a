"""Runs the programs that make the data plane."""

import subprocess
from collections.abc import Sequence


class CommandError(Exception):
    """A program failed; the message has its last words."""


def run(words: Sequence[str], text: str = "") -> str:
    done = subprocess.run(words, input=text, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise CommandError(f"{' '.join(words)}: {done.stderr.strip() or done.stdout.strip()}")
    return done.stdout


def inside(namespace: str, words: Sequence[str]) -> list[str]:
    """The command line that runs another one in a network namespace."""
    return ["ip", "netns", "exec", namespace, *words]
