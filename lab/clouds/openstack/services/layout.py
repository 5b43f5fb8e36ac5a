"""What the lab's OpenStack is furnished with, and where its services listen inside the lab. Data only."""

REGION = "RegionOne"
DOMAIN = "default"
PROJECT = "lab"
USER = "lab"
# The lab's services answer on loopback only.
PASSWORD = "lab"

# Every id of the lab's own objects: programs name them in their configuration, so they are the same in every lab.
IDS = {
    "project": "5d0ad7a49d3c4f8e8a572f1f3a8c0000",
    "subnet": "5d0ad7a4-9d3c-4f8e-8a57-2f1f3a8c0001",
    "security_group": "5d0ad7a4-9d3c-4f8e-8a57-2f1f3a8c0002",
    "external_network": "5d0ad7a4-9d3c-4f8e-8a57-2f1f3a8c0003",
    "network": "5d0ad7a4-9d3c-4f8e-8a57-2f1f3a8c0004",
    "external_subnet": "5d0ad7a4-9d3c-4f8e-8a57-2f1f3a8c0005",
    "router": "5d0ad7a4-9d3c-4f8e-8a57-2f1f3a8c0006",
}

# The URL prefixes are DevStack's.
SERVICES = {
    "keystone": {"type": "identity", "prefix": "/identity", "path": "/v3", "port": 5001},
    "neutron": {"type": "network", "prefix": "/networking", "path": "", "port": 9697},
    "octavia": {"type": "load-balancer", "prefix": "/load-balancer", "path": "", "port": 9877},
}
HOST = "127.0.0.1"


def url_of(service: str) -> str:
    """Where one service finds another, without the way through the public address."""
    return f"http://{HOST}:{SERVICES[service]['port']}{SERVICES[service]['prefix']}"
