"""A server of the S3 protocol in a process of its own, on loopback."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

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
