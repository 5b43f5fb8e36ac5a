"""One app behind both ways, declared in Python with the components' package."""

from __future__ import annotations

from typing import Any

import pulumi


class Exposure(pulumi.ComponentResource):
    """A component of the package, by its type. `pulumi package add` makes classes with typed arguments instead."""

    def __init__(
        self, kind: str, name: str, opts: pulumi.ResourceOptions | None = None, **arguments: Any
    ) -> None:
        offered = {"addresses": None, "url": None, "nodePorts": None}
        super().__init__(f"exposure:index:{kind}", name, {**arguments, **offered}, opts, remote=True)


class EchoApp(pulumi.ComponentResource):
    """The app to try the components with."""

    def __init__(self, name: str, **arguments: Any) -> None:
        offered = {"namespace": None, "selector": None}
        super().__init__("exposure:index:EchoApp", name, {**arguments, **offered}, remote=True)


config = pulumi.Config()
app = EchoApp("app", replicas=2)
options = {
    "namespace": app.namespace,
    "selector": app.selector,
    "ports": [{"name": "http", "port": 80, "targetPort": "http", "appProtocol": "http"}],
    "loadBalancerSourceRanges": config.require_object("clients"),
}
own = Exposure("NodePortExposure", "own", **options, cluster={"name": config.require("clusterName")})
# The controller takes the rules that both need as they are; the other way round, AWS refuses the second one.
after = pulumi.ResourceOptions(depends_on=[own])
controllers = Exposure("LoadBalancerExposure", "controllers", after, **options)

for name, exposure in {"own": own, "controllers": controllers}.items():
    pulumi.export(name, {"url": exposure.url, "addresses": exposure.addresses})
