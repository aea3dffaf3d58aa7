"""An S3-compatible store of the tests' own, on loopback."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

BUCKET, KEY, SECRET = "photos", "key", "a secret of the tests"


@contextmanager
def running() -> Iterator[str]:
    """The address of a store with an empty bucket."""
    import boto3
    from moto.server import ThreadedMotoServer

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}"
    try:
        client: Any = boto3.client(
            "s3",
            endpoint_url=address,
            region_name="us-east-1",
            aws_access_key_id=KEY,
            aws_secret_access_key=SECRET,
        )
        client.create_bucket(Bucket=BUCKET)
        yield address
    finally:
        server.stop()
