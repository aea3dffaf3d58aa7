"""The office's certificate: what it vouches for, when it is renewed, who may read it."""

import shutil
import socket
import ssl
import stat
import threading
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest

from field_api.lan import addresses
from field_api.lan.addresses import Reached, of_this_machine
from field_api.lan.authority import papers

NOW = datetime.now(UTC)  # certificates are judged by the machine's clock
HERE = Reached(first="127.0.0.1", addresses=("127.0.0.1",), names=("localhost", "desk.local"))


def shaken_hands(made, name: str) -> str:
    """The version of TLS by which a client that trusts the authority reaches the service."""
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(made.certificate, made.key)
    client = ssl.create_default_context(cafile=str(made.authority))
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer() -> None:
            accepted, _ = listening.accept()
            with (
                suppress(ssl.SSLError, OSError),  # who mistrusts hangs up
                accepted,
                server.wrap_socket(accepted, server_side=True) as wrapped,
            ):
                wrapped.recv(1)

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        with (
            socket.create_connection(listening.getsockname()) as raw,
            client.wrap_socket(raw, server_hostname=name) as wrapped,
        ):
            wrapped.send(b"x")
            version = wrapped.version()
        thread.join(10)
    assert version is not None
    return version


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "desk.local"])
def test_who_trusts_the_authority_trusts_the_service(tmp_path, name):
    assert shaken_hands(papers(tmp_path, HERE, now=NOW), name).startswith("TLSv1")


def test_another_name_is_not_vouched_for(tmp_path):
    with pytest.raises(ssl.SSLCertVerificationError):
        shaken_hands(papers(tmp_path, HERE, now=NOW), "bank.example")


def test_it_is_the_owners_alone(tmp_path):
    papers(tmp_path / "lan", HERE, now=NOW)
    modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in (tmp_path / "lan").iterdir()}
    assert modes == dict.fromkeys(
        ("authority.pem", "authority.key", "service.pem", "service.key"), 0o600
    )
    assert stat.S_IMODE((tmp_path / "lan").stat().st_mode) == 0o700


def kept(tmp_path, *, now=NOW, reached=HERE) -> tuple[bool, bool]:
    """Whether authority and certificate are the same after another start."""
    made = papers(tmp_path, HERE, now=NOW)
    before = made.authority.read_bytes(), made.certificate.read_bytes()
    again = papers(tmp_path, reached, now=now)
    return (
        again.authority.read_bytes() == before[0],
        again.certificate.read_bytes() == before[1],
    )


def test_a_start_keeps_what_is_there(tmp_path):
    assert kept(tmp_path) == (True, True)


def test_it_is_renewed_a_month_before_it_ends(tmp_path):
    assert kept(tmp_path, now=NOW + timedelta(days=365)) == (True, True)
    assert kept(tmp_path, now=NOW + timedelta(days=370)) == (True, False)


def test_another_address_needs_another_certificate(tmp_path):
    moved = Reached(first="10.0.0.9", addresses=("10.0.0.9", "127.0.0.1"), names=HERE.names)
    assert kept(tmp_path, reached=moved) == (True, False)


def test_without_its_key_the_authority_is_made_anew(tmp_path):
    first = papers(tmp_path, HERE, now=NOW)
    (tmp_path / "authority.key").unlink()
    second = papers(tmp_path, HERE, now=NOW)
    assert first.fingerprint != second.fingerprint
    assert shaken_hands(second, "localhost")


def test_a_half_written_file_is_in_nobodys_way(tmp_path):
    (tmp_path / "service.key.part").write_text("half")
    assert shaken_hands(papers(tmp_path, HERE, now=NOW), "localhost")
    shutil.rmtree(tmp_path)


def test_how_this_machine_is_reached(monkeypatch):
    monkeypatch.setattr(addresses, "_on_the_way_out", lambda: ["10.0.0.9"])
    found = of_this_machine("0.0.0.0")
    assert (found.first, found.addresses[-1]) == ("10.0.0.9", "127.0.0.1")
    assert found.names[0] == "localhost"
    assert of_this_machine("10.1.2.3").addresses == ("10.1.2.3", "127.0.0.1")
    monkeypatch.setattr(addresses, "_on_the_way_out", list)
    monkeypatch.setattr(addresses, "_of_the_name", lambda name: [])
    assert of_this_machine("0.0.0.0").first == "127.0.0.1"  # without a network
