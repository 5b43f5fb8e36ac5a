"""Makes the data bases of a furnished cloud: python prepare.py DIRECTORY. Takes a minute, so that a lab copies the result."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from layout import DOMAIN, IDS, PASSWORD, PROJECT, REGION, SERVICES, USER, url_of


def prepare_keystone(directory: Path) -> None:
    import configuration
    import database

    file = str(configuration.write("keystone", directory))
    database.share()
    os.environ["OS_KEYSTONE_CONFIG_FILES"] = file
    for keys in ("fernet-keys", "credential-keys"):
        (directory / keys).mkdir(mode=0o700)

    import keystone.conf
    from keystone.cmd import bootstrap
    from keystone.common import fernet_utils, provider_api, sql
    from keystone.common.sql import upgrades

    keystone.conf.configure()
    keystone.conf.CONF(["--config-file", file], project="keystone")
    sql.initialize()
    upgrades.offline_sync_database_to_version()
    for keys, label in (("fernet-keys", "fernet_tokens"), ("credential-keys", "credential")):
        utils = fernet_utils.FernetUtils(str(directory / keys), 3, label)
        utils.initialize_key_repository()
    first = bootstrap.Bootstrapper()
    first.admin_username, first.admin_password = "admin", PASSWORD
    first.project_name, first.admin_role_name = "admin", "admin"
    first.bootstrap()

    apis = provider_api.ProviderAPIs
    project = {"id": IDS["project"], "name": PROJECT, "domain_id": DOMAIN, "enabled": True, "parent_id": DOMAIN}
    apis.resource_api.create_project(IDS["project"], {**project, "is_domain": False, "description": "", "tags": []})
    user = {"name": USER, "password": PASSWORD, "domain_id": DOMAIN, "enabled": True, "default_project_id": IDS["project"]}
    user_id = apis.identity_api.create_user(user)["id"]
    roles = {role["name"]: role["id"] for role in apis.role_api.list_roles()}
    name = "load-balancer_member"
    roles[name] = name
    apis.role_api.create_role(name, {"id": name, "name": name, "domain_id": None, "options": {}})
    for role in ("member", "reader", name):
        apis.assignment_api.add_role_to_user_and_project(user_id, IDS["project"], roles[role])
    if not any(region["id"] == REGION for region in apis.catalog_api.list_regions()):
        apis.catalog_api.create_region({"id": REGION, "description": "", "parent_region_id": None})
    for service, place in SERVICES.items():
        apis.catalog_api.create_service(service, {"id": service, "type": place["type"], "name": service, "enabled": True})
        for interface in ("public", "internal"):
            endpoint = {"id": f"{service}-{interface}", "service_id": service, "interface": interface, "region_id": REGION}
            url = f"{url_of(service)}{place['path']}"
            apis.catalog_api.create_endpoint(endpoint["id"], {**endpoint, "url": url, "enabled": True})


def prepare_neutron(directory: Path) -> None:
    import configuration
    import database

    file = str(configuration.write("neutron", directory))
    database.share()
    import webob
    from neutron.common import config
    from oslo_config import cfg

    config.register_common_config_options()
    config.init(["--config-file", file])
    config.set_config_defaults()
    # Only here, where nobody else can ask.
    cfg.CONF.set_override("auth_strategy", "noauth")
    from neutron.db.migration.models import head
    from neutron_lib.db import api as db_api

    head.get_metadata().create_all(db_api.CONTEXT_WRITER.get_engine())
    from neutron.server import api

    application = api.api_server()

    def post(kind: str, method: str = "POST", path: str | None = None, **values: Any) -> Any:
        request = webob.Request.blank(f"/v2.0/{path or kind.replace('_', '-') + 's'}", method=method)
        request.headers.update({"X-Project-Id": IDS["project"], "X-Roles": "admin,member", "X-User-Id": "admin"})
        request.content_type = "application/json"
        own = {"project_id": IDS["project"]}
        request.body = json.dumps(values if path else {kind: {**own, **values}}).encode()
        response = request.get_response(application)
        if response.status_int >= 300:
            raise RuntimeError(f"Neutron refused {kind} {values}: {response.text}")
        return response.json if path else response.json[kind]

    made = {}
    network = post("network", name="nodes")
    made["network"] = network["id"]
    subnet = post(
        "subnet",
        name="nodes",
        network_id=network["id"],
        ip_version=4,
        cidr="10.0.0.0/16",
        gateway_ip="10.0.0.1",
        dns_nameservers=["10.0.0.2"],
        allocation_pools=[{"start": "10.0.48.10", "end": "10.0.63.254"}],
    )
    made["subnet"] = subnet["id"]
    provided: dict[str, Any] = {"router:external": True, "provider:network_type": "flat", "provider:physical_network": "internet"}
    external = post(
        "network",
        name="internet",
        **provided,
    )
    made["external_network"] = external["id"]
    made["external_subnet"] = post(
        "subnet",
        name="internet",
        network_id=external["id"],
        ip_version=4,
        cidr="198.18.0.0/24",
        gateway_ip="198.18.0.1",
        enable_dhcp=False,
    )["id"]
    router = post("router", name="router", external_gateway_info={"network_id": external["id"]})
    made["router"] = router["id"]
    post("router", "PUT", f"routers/{router['id']}/add_router_interface", subnet_id=subnet["id"])
    group = post("security_group", name="nodes", description="The cluster's nodes")
    made["security_group"] = group["id"]
    post("security_group_rule", security_group_id=group["id"], direction="ingress", ethertype="IPv4", remote_group_id=group["id"])
    return give_ids(directory / "neutron.db", {made[name]: IDS[name] for name in made})


def give_ids(file: Path, new_by_old: dict[str, str]) -> None:
    """Neutron chooses ids itself. Programs' configuration names some of them, so that they have to be the same in every lab."""
    import sqlite3

    source = sqlite3.connect(file)
    script = "\n".join(source.iterdump())
    source.close()
    for old, new in new_by_old.items():
        script = script.replace(old, new)
    for suffix in ("", "-wal", "-shm"):
        file.with_name(file.name + suffix).unlink(missing_ok=True)
    target = sqlite3.connect(file)
    target.executescript(script)
    target.close()


def prepare_octavia(directory: Path) -> None:
    import configuration
    import database

    file = str(configuration.write("octavia", directory))
    database.share()
    from octavia.common import config

    config.init(["--config-file", file])
    from octavia.db import api, base_models, models

    database.allow_octavia()
    engine = api.get_engine()
    base_models.BASE.metadata.create_all(engine)
    from octavia.common import constants as c
    from octavia_lib.common import constants as lib

    names = {
        models.ProvisioningStatus: (*c.SUPPORTED_PROVISIONING_STATUSES, c.DELETED),
        models.OperatingStatus: c.SUPPORTED_OPERATING_STATUSES,
        models.Protocol: c.SUPPORTED_PROTOCOLS,
        models.Algorithm: c.SUPPORTED_LB_ALGORITHMS,
        models.HealthMonitorType: c.SUPPORTED_HEALTH_MONITOR_TYPES,
        models.SessionPersistenceType: c.SUPPORTED_SP_TYPES,
        models.LBTopology: c.SUPPORTED_LB_TOPOLOGIES,
        models.AmphoraRoles: c.SUPPORTED_AMPHORA_ROLES,
        models.VRRPAuthMethod: c.SUPPORTED_VRRP_AUTH,
        models.L7PolicyAction: c.SUPPORTED_L7POLICY_ACTIONS,
        models.L7RuleType: c.SUPPORTED_L7RULE_TYPES,
        models.L7RuleCompareType: c.SUPPORTED_L7RULE_COMPARE_TYPES,
        models.ClientAuthenticationMode: c.SUPPORTED_CLIENT_AUTH_MODES,
    }
    _ = lib
    with api.session()() as session, session.begin():
        for model, values in names.items():
            for value in dict.fromkeys(values):
                session.add(model(name=value))
        # Octavia makes it with a project's first object. If two are the first at once, it refuses one of them with 409.
        session.add(models.Quotas(project_id=IDS["project"]))
        # What deleted flavors and zones are replaced by.
        nothing = {"id": c.NIL_UUID, "name": "DELETED-PLACEHOLDER", "description": "Placeholder for DELETED LBs", "enabled": False}
        session.add(models.FlavorProfile(id=c.NIL_UUID, name="DELETED-PLACEHOLDER", provider_name="DELETED", flavor_data="{}"))
        session.add(
            models.AvailabilityZoneProfile(id=c.NIL_UUID, name="DELETED-PLACEHOLDER", provider_name="DELETED", availability_zone_data="{}")
        )
        session.flush()
        session.add(models.Flavor(**nothing, flavor_profile_id=c.NIL_UUID))
        zone = {key: value for key, value in nothing.items() if key != "id"}
        session.add(models.AvailabilityZone(**zone, availability_zone_profile_id=c.NIL_UUID))


STEPS = {"keystone": prepare_keystone, "neutron": prepare_neutron, "octavia": prepare_octavia}

if __name__ == "__main__":
    directory, *rest = sys.argv[1:]
    if rest:
        STEPS[rest[0]](Path(directory))
    else:
        # Each in a process of its own: their configuration is global.
        for step in STEPS:
            subprocess.run([sys.executable, __file__, directory, step], check=True)
