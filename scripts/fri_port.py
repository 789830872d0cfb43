"""Exit 0 when a server can listen on the given port of this machine, else 1."""

import socket
import sys

with socket.socket() as proeve:
    proeve.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        proeve.bind(("127.0.0.1", int(sys.argv[1])))
    except OSError:
        sys.exit(1)
