"""The services' configuration files: what differs from a usual installation, and why."""

import sys
from pathlib import Path

from layout import DOMAIN, PASSWORD, REGION, url_of

Sections = dict[str, dict[str, str]]

# What other services read of Keystone.
AUTHENTICATION = {
    "auth_type": "password",
    "auth_url": url_of("keystone"),
    "username": "admin",
    "password": PASSWORD,
    "user_domain_id": DOMAIN,
    "project_name": "admin",
    "project_domain_id": DOMAIN,
    "region_name": REGION,
}


def database(directory: Path, service: str) -> dict[str, str]:
    return {"connection": f"sqlite:///{directory / service}.db"}


# There are no agents and no workers to talk to: what one service tells another goes over HTTP, and the data plane reads the data bases.
NO_MESSAGES = {"transport_url": "fake://"}


def keystone(directory: Path) -> Sections:
    return {
        "DEFAULT": NO_MESSAGES,
        "database": database(directory, "keystone"),
        "cache": {"enabled": "true", "backend": "dogpile.cache.memory"},
        "token": {"provider": "fernet", "expiration": "86400"},
        "fernet_tokens": {"key_repository": str(directory / "fernet-keys")},
        "fernet_receipts": {"key_repository": str(directory / "fernet-keys")},
        "credential": {"key_repository": str(directory / "credential-keys")},
    }


def neutron(directory: Path) -> Sections:
    paste = Path(sys.prefix) / "etc/neutron/api-paste.ini"
    return {
        "DEFAULT": {
            **NO_MESSAGES,
            "core_plugin": "ml2",
            "service_plugins": "router",
            "api_paste_config": str(paste),
            "auth_strategy": "keystone",
            "state_path": str(directory),
            "notify_nova_on_port_status_changes": "false",
            "notify_nova_on_port_data_changes": "false",
            "dhcp_agent_notification": "false",
        },
        "database": database(directory, "neutron"),
        "oslo_concurrency": {"lock_path": str(directory / "locks")},
        "keystone_authtoken": {**AUTHENTICATION, "www_authenticate_uri": url_of("keystone"), "interface": "internal"},
        "ml2": {
            "type_drivers": "local,flat",
            "tenant_network_types": "local",
            # The lab's own links carry the packets.
            "mechanism_drivers": "",
            "extension_drivers": "port_security",
        },
        "ml2_type_flat": {"flat_networks": "internet"},
        # Generous for the many small load balancers of tests. Neutron's own defaults are 10 and 100.
        "quotas": {"quota_security_group": "100", "quota_security_group_rule": "1000"},
    }


# The lab's own: a socket's name may have 107 bytes, and a checkout may be deep.
SOCKETS = Path("/run/octavia")


def octavia(directory: Path) -> Sections:
    neutron_access = {"endpoint_override": url_of("neutron"), "region_name": REGION, "valid_interfaces": "internal"}
    return {
        "DEFAULT": NO_MESSAGES,
        "api_settings": {
            "bind_host": "127.0.0.1",
            "auth_strategy": "keystone",
            "enabled_provider_drivers": "lab: the lab's own",
            "default_provider_driver": "lab",
            "healthcheck_enabled": "false",
        },
        "database": database(directory, "octavia"),
        "controller_worker": {
            # Neutron gives a load balancer its address. There are no machines.
            "network_driver": "allowed_address_pairs_driver",
            "compute_driver": "compute_noop_driver",
            "volume_driver": "volume_noop_driver",
            "image_driver": "image_noop_driver",
            "amphora_driver": "amphora_noop_driver",
        },
        "driver_agent": {
            "status_socket_path": str(SOCKETS / "status.sock"),
            "stats_socket_path": str(SOCKETS / "stats.sock"),
            "get_socket_path": str(SOCKETS / "get.sock"),
            "enabled_provider_agents": "lab",
            "provider_agent_shutdown_timeout": "2",
        },
        # HAProxy does not start if it may not open twice as many files. An amphora may open 2.6 million, and has 50000 connections.
        "haproxy_amphora": {"default_connection_limit": "2000"},
        "keystone_authtoken": {**AUTHENTICATION, "www_authenticate_uri": url_of("keystone"), "interface": "internal"},
        "service_auth": AUTHENTICATION,
        "neutron": {**AUTHENTICATION, **neutron_access},
        "oslo_policy": {"enforce_scope": "false", "enforce_new_defaults": "false"},
    }


BY_SERVICE = {"keystone": keystone, "neutron": neutron, "octavia": octavia}


def write(service: str, directory: Path) -> Path:
    """Writes a service's configuration beside its data base."""
    sections = BY_SERVICE[service](directory)
    lines = [
        line
        for section, values in sections.items()
        for line in (f"[{section}]", *(f"{key} = {value}" for key, value in values.items()), "")
    ]
    file = directory / f"{service}.conf"
    file.write_text("\n".join(lines))
    return file
