"""The HTTP server: one thread per connection, and connections stay open between calls."""

from typing import Any

from moto.moto_server.werkzeug_app import MotoRequestHandler
from werkzeug.serving import BaseWSGIServer
from werkzeug.serving import make_server as make_wsgi_server


class RequestHandler(MotoRequestHandler):
    protocol_version = "HTTP/1.1"
    # Head and body are two writes. With Nagle's algorithm the second would wait 40 ms for the client's delayed ACK.
    disable_nagle_algorithm = True

    def log(self, type: str, message: str, *args: Any) -> None:
        """Log nothing: the application logs what matters."""


def make_server(host: str, port: int, application: Any) -> BaseWSGIServer:
    return make_wsgi_server(host, port, application, threaded=True, request_handler=RequestHandler)
