"""The WSGI application around moto: one call at a time, the side channel, unknown actions, the snapshot and the log."""

import io
import logging
import re
import time
import traceback
from collections.abc import Callable, Iterable
from threading import Lock
from typing import Any
from urllib.parse import parse_qs
from xml.sax.saxutils import escape

from botocore.model import OperationNotFoundError
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app

from emulator import acm, autoscaling, classic, ec2, elbv2, route53, side_channel
from emulator.snapshot import Snapshot

_UNKNOWN = (NotImplementedError, OperationNotFoundError, ModuleNotFoundError)
"""Raised for an action that moto lacks, one that AWS lacks, and a service whose dependencies are not installed."""

READ_ONLY = re.compile(r"^(Describe|Get|List|GET )")
"""Actions, or for Route 53, whose calls name none, the method and the path."""

Environ = dict[str, Any]
StartResponse = Callable[..., Any]


class Application:
    """Serves calls one after another, because moto's back ends have no locks."""

    def __init__(self, snapshot: Snapshot) -> None:
        elbv2.install()
        classic.install()
        ec2.install()
        autoscaling.install()
        acm.install()
        route53.install()
        snapshot.load()
        self._moto = DomainDispatcherApplication(create_backend_app)
        self._snapshot = snapshot
        self._lock = Lock()
        # Changes after every AWS call that changes the account, and after a restart.
        self._revision = time.time_ns()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        # Read the whole request before taking the lock, so that a slow client does not block the others.
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        environ["wsgi.input"] = io.BytesIO(body)
        with self._lock:
            if environ["PATH_INFO"].startswith(side_channel.PREFIX):
                status, headers, content = side_channel.answer(
                    environ["REQUEST_METHOD"], environ["PATH_INFO"], body, self._revision
                )
                changed = environ["REQUEST_METHOD"] == "PUT"
            else:
                parameters = {key: values[0] for key, values in parse_qs(body.decode("utf-8", "replace")).items()}
                # Certificate Manager names the action in a header.
                action = parameters.get("Action") or environ.get("HTTP_X_AMZ_TARGET", "").rpartition(".")[2]
                action = action or f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}"
                status, headers, content = self._aws(environ, action)
                changed = not READ_ONLY.match(action)
                if changed:
                    self._revision += 1
                    logging.info(
                        "%s %s %s",
                        action,
                        _resource(parameters),
                        _outcome(status, content),
                    )
            if changed:
                try:
                    self._snapshot.save()
                except OSError as error:
                    # The change stays in memory and goes into the next snapshot. Until then nobody may rely on it.
                    logging.error("cannot keep the account's state: %s", error)
                    message = f"The emulator cannot keep the account's state: {error}."
                    status, headers, content = _error("500 Internal Server Error", "InternalFailure", message)
        start_response(status, headers)
        return [content]

    def _aws(self, environ: Environ, action: str) -> tuple[str, list[tuple[str, str]], bytes]:
        answer: dict[str, Any] = {}

        def keep(status: str, headers: list[tuple[str, str]], *_: Any) -> None:
            answer.update(status=status, headers=headers)

        try:
            content = b"".join(self._moto(environ, keep))
            return answer["status"], answer["headers"], content
        except _UNKNOWN:
            return _error("400 Bad Request", "InvalidAction", f"The emulator does not know the action {action}.")
        except Exception:
            logging.error("%s failed:\n%s", action, traceback.format_exc())
            message = f"The emulator failed in {action}; see its log."
            return _error("500 Internal Server Error", "InternalFailure", message)


def _error(status: str, code: str, message: str) -> tuple[str, list[tuple[str, str]], bytes]:
    """An error in a form that clients of Elastic Load Balancing and of EC2 both understand."""
    error = f"<Error><Type>Sender</Type><Code>{code}</Code><Message>{escape(message)}</Message></Error>"
    content = f"<Response><Errors>{error}</Errors>{error}<RequestID>lab</RequestID></Response>".encode()
    return status, [("Content-Type", "text/xml"), ("Content-Length", str(len(content)))], content


def _resource(parameters: dict[str, str]) -> str:
    """The resource that a call concerns: the first parameter that holds an ARN, a name or an id."""
    for ending in ("Arn", "Name", "Id"):
        for key, value in parameters.items():
            if re.search(rf"(^|\.)\w*{ending}s?(\.\w+)*$", key):
                return value
    return "-"


def _outcome(status: str, content: bytes) -> str:
    code = re.search(rb"<Code>(.*?)</Code>", content) if status[0] in "45" else None
    return f"{status[:3]} {code[1].decode()}" if code else status[:3]
