"""The speed of the emulator's clock: a lab may shorten the long waits of load balancing."""

scale = 1.0
"""How many of AWS's seconds pass in one real second."""


def real_seconds(aws_seconds: float) -> float:
    return aws_seconds / scale
