"""What the kernel does in a load balancer's namespace, in nftables' language: who may connect, and the listeners of UDP."""

from collections.abc import Set as AbstractSet
from functools import reduce
from math import gcd

from wanted import UdpListener, UdpMember, Wanted


def ruleset(load_balancer: Wanted, healthy: AbstractSet[str]) -> str:
    """:param healthy: ids of members that get packets"""
    if not load_balancer.enabled:
        return TABLE.format(translations="", admissions="")
    sent = [line for listener in load_balancer.udp for line in translation(load_balancer.vip, listener, healthy)]
    tcp = [f"tcp dport {port} {sources(cidrs)}accept" for _, port, cidrs in load_balancer.tcp]
    # As LVS answers where no member is left.
    udp = [f"udp dport {each.port} {sources(each.cidrs)}reject" for each in load_balancer.udp]
    return TABLE.format(translations="\n    ".join(sent), admissions="\n    ".join([*tcp, *udp]))


# Packets to other ports are lost, as the security group of a load balancer's port has it.
TABLE = """
table ip octavia
delete table ip octavia
table ip octavia {{
  chain prerouting {{
    type nat hook prerouting priority dstnat; policy accept;
    {translations}
  }}
  chain input {{
    type filter hook input priority filter; policy drop;
    iif lo accept
    ct state established,related accept
    {admissions}
  }}
  chain postrouting {{
    type nat hook postrouting priority srcnat; policy accept;
    ct status dnat masquerade
  }}
}}
"""


def sources(cidrs: tuple[str, ...]) -> str:
    return f"ip saddr {{ {', '.join(cidrs)} }} " if cidrs and "0.0.0.0/0" not in cidrs else ""


def translation(vip: str, listener: UdpListener, healthy: AbstractSet[str]) -> list[str]:
    turns = by_weight([each for each in listener.members if each.id in healthy])
    if not turns:
        return []
    choice = "jhash ip saddr" if listener.by_source else "numgen inc"
    slots = ", ".join(f"{slot} : {each.address} . {each.port}" for slot, each in enumerate(turns))
    goal = f"dnat ip to {choice} mod {len(turns)} map {{ {slots} }}"
    return [f"ip daddr {vip} udp dport {listener.port} {sources(listener.cidrs)}{goal}"]


def by_weight(members: list[UdpMember]) -> list[UdpMember]:
    """Each as often as its share."""
    weighted = [each for each in members if each.weight > 0]
    divisor = reduce(gcd, (each.weight for each in weighted), 0)
    return [each for each in weighted for _ in range(each.weight // divisor)]
