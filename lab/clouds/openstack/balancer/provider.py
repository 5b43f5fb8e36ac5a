"""
Octavia's provider driver of the lab: the API's side. Octavia keeps what is wanted in its data base, marks it as pending, and refuses further changes until the
agent has reported. https://docs.openstack.org/octavia/latest/contributor/guides/providers.html
"""

from typing import Any, NoReturn

from octavia_lib.api.drivers import exceptions, provider_base

# HAProxy and nftables do these. TLS needs Barbican, which the lab has not.
PROTOCOLS = ("TCP", "HTTP", "UDP")


class LabProviderDriver(provider_base.ProviderDriver):
    """Accepts what the lab's data plane can do. What is not defined here, Octavia refuses by itself: not implemented by the provider."""

    def create_vip_port(self, *_: Any) -> NoReturn:
        """Octavia then makes the port itself, as for amphorae."""
        raise exceptions.NotImplementedError

    def loadbalancer_create(self, loadbalancer: Any) -> None:
        for listener in list_of(loadbalancer.listeners):
            refuse_listener(listener)

    def listener_create(self, listener: Any) -> None:
        refuse_listener(listener)

    def _accept(self, *_: Any, **__: Any) -> None:
        """The agent finds it in the data base."""

    loadbalancer_delete = loadbalancer_update = _accept
    listener_update = listener_delete = _accept
    pool_create = pool_update = pool_delete = _accept
    member_create = member_update = member_delete = member_batch_update = _accept
    health_monitor_create = health_monitor_update = health_monitor_delete = _accept

    def get_supported_flavor_metadata(self) -> dict[str, str]:
        return {}

    def get_supported_availability_zone_metadata(self) -> dict[str, str]:
        return {}


def list_of(value: Any) -> list[Any]:
    """Octavia's data models have a value of their own for what is not set."""
    return value if isinstance(value, list) else []


def refuse_listener(listener: Any) -> None:
    if listener.protocol in PROTOCOLS:
        return
    reason = f"The lab has no listeners with protocol {listener.protocol}. It has {', '.join(PROTOCOLS)}."
    raise exceptions.UnsupportedOptionError(user_fault_string=reason, operator_fault_string=reason)
