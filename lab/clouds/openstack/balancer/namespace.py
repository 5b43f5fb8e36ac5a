"""A load balancer's network namespace: what the amphora's machine is to a real one."""

import socket
from pathlib import Path

from commands import CommandError, inside, run

ROUTER = "10.0.0.1"
# The router's side of every link, which no packet has as its source or destination.
GATEWAY = "169.254.1.1"


def name_of(load_balancer_id: str) -> str:
    """Also the name of the router's interface, which may have 15 characters."""
    return f"lb-{load_balancer_id[:8]}"


def names() -> set[str]:
    place = Path("/run/netns")
    return {path.name for path in place.glob("lb-*")} if place.exists() else set()


def make(name: str, vip: str) -> None:
    if is_finished(name):
        return
    # What an agent that was killed has left half made.
    remove(name)
    outside = [
        f"netns add {name}",
        f"link add {name} type veth peer name eth0 netns {name}",
        f"address add {GATEWAY}/32 dev {name}",
        f"link set {name} up",
        f"route add {vip}/32 dev {name} src {ROUTER}",
    ]
    within = [
        "link set lo up",
        "link set eth0 up",
        f"address add {vip}/32 dev eth0",
        f"route add {GATEWAY} dev eth0 scope link",
        f"route add default via {GATEWAY} dev eth0 src {vip}",
    ]
    try:
        run(["ip", "-batch", "-"], "\n".join(outside))
        # For UDP, which is translated and sent on.
        run(inside(name, ["sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward"]))
        run(["ip", "-n", name, "-batch", "-"], "\n".join(within))
    except CommandError:
        remove(name)
        raise


def is_finished(name: str) -> bool:
    """Whether it has what is made last, its default route."""
    if name not in names():
        return False
    try:
        return run(["ip", "-n", name, "route", "show", "default"]).strip() != ""
    except CommandError:
        return False


def remove(name: str) -> None:
    # At once: the kernel removes the links of a deleted namespace later.
    if name in {link for _, link in socket.if_nameindex()}:
        run(["ip", "link", "delete", name])
    if name in names():
        run(["ip", "netns", "delete", name])
