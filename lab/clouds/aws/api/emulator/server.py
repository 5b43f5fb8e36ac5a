"""The HTTP server: a thread per connection, which stays open between calls."""

from typing import Any

from moto.moto_server.werkzeug_app import MotoRequestHandler
from werkzeug.serving import BaseWSGIServer
from werkzeug.serving import make_server as make_wsgi_server


class RequestHandler(MotoRequestHandler):
    protocol_version = "HTTP/1.1"
    # Head and body leave in two writes: with Nagle's algorithm on, the second waits 40 ms for the client's delayed ACK.
    disable_nagle_algorithm = True

    def log(self, type: str, message: str, *args: Any) -> None:
        """Silent: the application logs what matters."""


def make_server(host: str, port: int, application: Any) -> BaseWSGIServer:
    server = make_wsgi_server(host, port, application, threaded=True, request_handler=RequestHandler)
    server.daemon_threads = True
    return server
