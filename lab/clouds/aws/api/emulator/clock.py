"""The emulator's clock against AWS's: a lab may run the long waits of load balancing faster."""

scale = 1.0
"""How many of AWS's seconds pass in one of the lab's."""


def real_seconds(aws_seconds: float) -> float:
    return aws_seconds / scale
