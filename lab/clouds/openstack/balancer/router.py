"""What Neutron's agents do in the router: floating IPs, and the security groups of the nodes' ports. Reads Neutron's data base."""

import sqlite3
from pathlib import Path
from typing import Any

from commands import run

# Connections from outside and from load balancers. Nodes trust each other: the lab's links do not tell a pod's packets from its node's.
FILTERED = 'iifname { "client", "lb-*" }'

TABLE = """
table ip neutron
delete table ip neutron
table ip neutron {{
  chain prerouting {{
    type nat hook prerouting priority dstnat; policy accept;
    {floating}
  }}
  chain forward {{
    type filter hook forward priority filter; policy accept;
    {released}
    ct state established,related accept
    {jumps}
  }}
{ports}
}}
"""


class Router:
    def __init__(self, file: Path) -> None:
        self.database = sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=20)
        self.rules = ""

    def apply(self) -> None:
        rules = ruleset(self.floating(), self.external(), self.ports(), self.groups(), self.members())
        if rules != self.rules:
            run(["nft", "-f", "-"], rules)
            self.rules = rules

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        return self.database.execute(query).fetchall()

    def floating(self) -> list[tuple[str, str]]:
        return self.rows("select floating_ip_address, fixed_ip_address from floatingips where fixed_port_id is not null order by 1")

    def external(self) -> list[str]:
        """The ranges that floating IPs come from."""
        return [
            cidr
            for (cidr,) in self.rows(
                "select s.cidr from subnets s join externalnetworks e on e.network_id = s.network_id where s.ip_version = 4 order by 1"
            )
        ]

    def ports(self) -> dict[str, list[str]]:
        """Addresses of machines, with the ids of their port's groups."""
        found: dict[str, list[str]] = {}
        for address, group in self.rows(
            "select a.ip_address, b.security_group_id from ports p join ipallocations a on a.port_id = p.id"
            " left join securitygroupportbindings b on b.port_id = p.id where p.device_owner like 'compute:%' order by 1, 2"
        ):
            found.setdefault(address, []).extend([] if group is None else [group])
        return found

    def members(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for group, address in self.rows(
            "select b.security_group_id, a.ip_address from securitygroupportbindings b"
            " join ipallocations a on a.port_id = b.port_id order by 1, 2"
        ):
            found.setdefault(group, []).append(address)
        return found

    def groups(self) -> dict[str, list[tuple[Any, ...]]]:
        found: dict[str, list[tuple[Any, ...]]] = {}
        for group, *rule in self.rows(
            "select security_group_id, protocol, port_range_min, port_range_max, remote_ip_prefix, remote_group_id"
            " from securitygrouprules where direction = 'ingress' and ethertype = 'IPv4' order by 1, 2, 3, 4, 5, 6"
        ):
            found.setdefault(group, []).append(tuple(rule))
        return found


def ruleset(
    floating: list[tuple[str, str]],
    external: list[str],
    ports: dict[str, list[str]],
    groups: dict[str, list[tuple[Any, ...]]],
    members: dict[str, list[str]],
) -> str:
    chains = []
    for address, ids in ports.items():
        rules = [line for id_ in ids for rule in groups.get(id_, []) for line in admission(rule, members)]
        body = "\n    ".join([*dict.fromkeys(rules), "drop"])
        chains.append(f"  chain port-{address} {{\n    {body}\n  }}")
    return TABLE.format(
        floating="\n    ".join(f"ip daddr {public} dnat to {private}" for public, private in floating),
        released="\n    ".join(released(floating, external)),
        jumps="\n    ".join(f"{FILTERED} ip daddr {address} jump port-{address}" for address in ports),
        ports="\n".join(chains),
    )


def released(floating: list[tuple[str, str]], external: list[str]) -> list[str]:
    """Connections by a floating IP end with it: neutron/agent/l3/router_info.py (remove_floating_ip) deletes their entries in the kernel."""
    addresses = ", ".join(public for public, _ in floating)
    there = f"ct original ip daddr != {{ {addresses} }} " if addresses else ""
    return [f"ct original ip daddr {cidr} {there}drop" for cidr in external]


def admission(rule: tuple[Any, ...], members: dict[str, list[str]]) -> list[str]:
    protocol, first, last, prefix, group = rule
    words = []
    if group is not None:
        addresses = members.get(group, [])
        if not addresses:
            return []
        words.append(f"ip saddr {{ {', '.join(addresses)} }}")
    elif prefix is not None:
        words.append(f"ip saddr {prefix}")
    if protocol is not None:
        words.append(f"meta l4proto {protocol}")
    if first is not None and protocol in ("tcp", "udp"):
        words.append(f"th dport {first}-{last}")
    return [" ".join([*words, "accept"])]
