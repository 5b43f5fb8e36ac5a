"""Health monitors of UDP pools, which HAProxy does not have: an amphora's keepalived checks there."""

import ctypes
import http.client
import os
import socket
import threading
import time
from collections.abc import Callable

from wanted import Monitor, UdpMember

CLONE_NEWNET = 0x40000000


def enter(namespace: str) -> None:
    """Moves the calling thread into a network namespace: its sockets are there from then on."""
    descriptor = os.open(f"/run/netns/{namespace}", os.O_RDONLY)
    try:
        if ctypes.CDLL(None, use_errno=True).setns(descriptor, CLONE_NEWNET) != 0:
            raise OSError(ctypes.get_errno(), f"cannot enter the namespace {namespace}")
    finally:
        os.close(descriptor)


def udp_connect(address: str, port: int, timeout: float) -> bool:
    """A closed port answers by ICMP. No answer counts as up. octavia 19.0.0, octavia/cmd/health_checker.py, and its udp_check.sh before"""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.settimeout(timeout)
        try:
            probe.connect((address, port))
            probe.send(b"\0")
            probe.recv(1)
        except TimeoutError:
            return True
        except OSError:
            return False
        return True


def tcp_connect(address: str, port: int, timeout: float) -> bool:
    try:
        socket.create_connection((address, port), timeout).close()
    except OSError:
        return False
    return True


def http_answer(monitor: Monitor, address: str, port: int) -> bool:
    connection = http.client.HTTPConnection(address, port, timeout=monitor.timeout)
    try:
        connection.request(monitor.method, monitor.path)
        return str(connection.getresponse().status) in expected(monitor.codes)
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def expected(codes: str) -> set[str]:
    """`200`, `200,202` or `200-204`"""
    found: set[str] = set()
    for part in codes.split(","):
        first, _, last = part.strip().partition("-")
        found |= {str(code) for code in range(int(first), int(last or first) + 1)}
    return found


def check(monitor: Monitor, member: UdpMember) -> bool:
    place = (member.check_address, member.check_port)
    if monitor.type == "HTTP":
        return http_answer(monitor, *place)
    return (tcp_connect if monitor.type == "TCP" else udp_connect)(*place, monitor.timeout)


class Watch(threading.Thread):
    """Checks one member until it is ended. Up until it has failed `fall` times, as HAProxy's servers are."""

    def __init__(self, namespace: str, monitor: Monitor, member: UdpMember, changed: Callable[[], None]) -> None:
        super().__init__(daemon=True)
        self.namespace, self.monitor, self.member, self.changed = namespace, monitor, member, changed
        self.is_up = True
        self.ended = threading.Event()
        self.start()

    def run(self) -> None:
        enter(self.namespace)
        in_a_row = 0
        while not self.ended.is_set():
            began = time.monotonic()
            in_a_row = in_a_row + 1 if check(self.monitor, self.member) != self.is_up else 0
            if in_a_row >= (self.monitor.fall if self.is_up else self.monitor.rise):
                self.is_up, in_a_row = not self.is_up, 0
                self.changed()
            self.ended.wait(max(0.0, self.monitor.delay - (time.monotonic() - began)))
