"""Health checks of target groups behind Network Load Balancers: defaults and ranges.

Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html.
"""

from typing import Any

from emulator.errors import invalid, out_of_range

DEFAULTS: dict[str, Any] = {
    "protocol": "TCP",
    "port": "traffic-port",
    "interval_seconds": 30,
    "healthy_threshold_count": 5,
    "unhealthy_threshold_count": 2,
}

TIMEOUT_SECONDS = {"TCP": 10, "HTTP": 6, "HTTPS": 10}

HTTP_DEFAULTS: dict[str, Any] = {"path": "/", "matcher": {"HttpCode": "200-399"}}

RANGES = {
    "interval_seconds": ("healthCheckIntervalSeconds", 5, 300),
    "timeout_seconds": ("healthCheckTimeoutSeconds", 2, 120),
    "healthy_threshold_count": ("healthyThresholdCount", 2, 10),
    "unhealthy_threshold_count": ("unhealthyThresholdCount", 2, 10),
}


def complete(requested: dict[str, Any], current: dict[str, Any] | None = None) -> dict[str, Any]:
    """Complete and validate the health check of a request.

    A setting that the request leaves out (None) keeps its current value, or takes the default in a new target group.
    Only HTTP and HTTPS checks have a path and a matcher.
    """
    check = {
        **DEFAULTS,
        **(current or {}),
        **{key: value for key, value in requested.items() if value is not None},
    }
    if check["protocol"] not in TIMEOUT_SECONDS:
        raise invalid(f"Health check protocol '{check['protocol']}' must be one of '{', '.join(TIMEOUT_SECONDS)}'")
    check.setdefault("timeout_seconds", TIMEOUT_SECONDS[check["protocol"]])
    if check["protocol"] == "TCP":
        check.update(path=None, matcher=None)
    else:
        check.update({key: value for key, value in HTTP_DEFAULTS.items() if not check.get(key)})
        if not check["path"].startswith("/"):
            raise invalid(f"Health check path '{check['path']}' must begin with a '/' character")
    for setting, (parameter, least, most) in RANGES.items():
        if not least <= int(check[setting]) <= most:
            raise out_of_range(parameter, check[setting], least, most)
        check[setting] = int(check[setting])
    if check["port"] != "traffic-port" and not (str(check["port"]).isdigit() and 1 <= int(check["port"]) <= 65535):
        raise invalid(f"Health check port '{check['port']}' must be 'traffic-port' or a number between 1 and 65535")
    if check["timeout_seconds"] > check["interval_seconds"]:
        raise invalid(
            f"Health check timeout '{check['timeout_seconds']}' must be smaller than or equal to "
            f"the interval '{check['interval_seconds']}'"
        )
    return check
