"""What stands around the program in production, on loopback: a server of the S3 protocol in a process of its own, and a
proxy in front of several web processes."""

import itertools
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import boto3
from botocore.config import Config


def fri_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as lytter:
        return lytter.getsockname()[1]


@contextmanager
def proces(port: int, *ord_: str, **valg) -> Iterator[subprocess.Popen]:
    """Started, and answering on its port; stopped at the end."""
    koert = subprocess.Popen(ord_, **{"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL} | valg)
    try:
        for _ in range(300):
            assert koert.poll() is None, (ord_, koert.returncode)
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            time.sleep(0.1)
        else:
            raise TimeoutError(ord_)
        yield koert
    finally:
        koert.terminate()
        try:
            koert.wait(20)
        except subprocess.TimeoutExpired:
            koert.kill()
            koert.wait()


class S3Server:
    def __init__(self, port: int):
        self.port = port
        self.klient = boto3.client(
            "s3", endpoint_url=f"http://127.0.0.1:{port}", region_name="us-east-1",
            aws_access_key_id="noegle", aws_secret_access_key="hemmelig",
            config=Config(s3={"addressing_style": "path"}),
        )  # fmt: skip

    def spand(self, navn: str) -> str:
        """A new bucket, as a FIL_LAGER says it."""
        self.klient.create_bucket(Bucket=navn)
        return f"s3+http://noegle:hemmelig@127.0.0.1:{self.port}/{navn}/filer"

    def navne(self, spand: str) -> list[str]:
        sider = self.klient.get_paginator("list_objects_v2").paginate(Bucket=spand)
        return [objekt["Key"] for side in sider for objekt in side.get("Contents", ())]


@contextmanager
def s3server() -> Iterator[S3Server]:
    port = fri_port()
    with proces(port, sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)):
        yield S3Server(port)


class Vekselproxy(ThreadingHTTPServer):
    """Each question to the next of the processes behind it, as a proxy that shares work out does; `spurgt` is which one
    was asked for what."""

    daemon_threads = True

    def __init__(self, porte: list[int]):
        super().__init__(("127.0.0.1", 0), _Videresend)
        self.naeste = itertools.cycle(porte)
        self.spurgt: list[tuple[int, str, str]] = []

    @property
    def adresse(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Videresend(BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def _send(self):
        port = next(self.server.naeste)
        self.server.spurgt.append((port, self.command, self.path.partition("?")[0]))
        data = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        hoveder = dict(self.headers) | {"Connection": "close", "X-Forwarded-For": self.client_address[0]}
        bagved = HTTPConnection("127.0.0.1", port, timeout=60)
        bagved.request(self.command, self.path, data, hoveder)
        svar = bagved.getresponse()
        indhold = svar.read()
        bagved.close()
        self.send_response(svar.status)
        for navn, vaerdi in svar.getheaders():
            if navn.lower() not in {"connection", "transfer-encoding", "content-length", "date", "server"}:
                self.send_header(navn, vaerdi)
        self.send_header("Content-Length", str(len(indhold)))
        self.end_headers()
        self.wfile.write(indhold)

    do_GET = do_POST = _send  # noqa: N815 -- the library's names


@contextmanager
def vekselproxy(porte: list[int]) -> Iterator[Vekselproxy]:
    with Vekselproxy(porte) as proxy:
        traad = Thread(target=proxy.serve_forever)
        traad.start()
        try:
            yield proxy
        finally:
            proxy.shutdown()
            traad.join()
