"""Classic Load Balancers: the cloud controller manager makes one for a Service without the annotation `nlb`.

The API answers, and nothing else: the lab's data plane does not serve them. moto differs from AWS where a client would
go wrong: an unknown load balancer, repeated registrations, no health check until one is configured.
"""

import moto.elb.models
import moto.elb.urls
from moto.elb.models import elb_backends

from emulator.classic.backend import Backend
from emulator.classic.responses import Responses


def install() -> None:
    """Make moto use this back end from the first call on."""
    elb_backends.backend = Backend
    moto.elb.urls.ELBResponse = Responses  # type: ignore[attr-defined]
    # Nothing serves them, so that any ARN is accepted as a certificate.
    moto.elb.models.register_certificate = lambda *_: None
