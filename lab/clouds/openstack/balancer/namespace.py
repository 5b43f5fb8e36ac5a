"""A load balancer's network namespace: what the amphora's machine is to a real one."""

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
    if name in names():
        return
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
        run(["ip", "-n", name, "-batch", "-"], "\n".join(within))
        # For UDP, which is translated and sent on.
        run(inside(name, ["sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward"]))
    except CommandError:
        remove(name)
        raise


def remove(name: str) -> None:
    if name in names():
        # The router's end of the link disappears with the other.
        run(["ip", "netns", "delete", name])
