"""The plain page by which a phone comes to trust the service, and the service behind it."""

import ssl
import subprocess
import time

import httpx2
import pytest

from crm.errors import Refused
from field_api.cli.lan import lan_of
from field_api.lan.trust import told
from tests.field_api.lan.test_authority import HERE, NOW, papers
from tests.support.serving import CALLCYCLE, PATIENCE_S


@pytest.fixture
def page(tmp_path):
    made = papers(tmp_path, HERE, now=NOW)
    address = 'https://10.0.0.9:8000/"<b>'
    with told("127.0.0.1", 0, made.authority, address, made.fingerprint) as port:
        yield f"http://127.0.0.1:{port}", made


def test_the_page_has_the_steps_and_the_address(page):
    url, made = page
    answer = httpx2.get(f"{url}/trust", headers={"Accept-Language": "zh-CN"})
    assert answer.status_code == 200
    assert "下载证书" in answer.text
    assert made.fingerprint in answer.text
    assert "<b>" not in answer.text
    assert "<svg" in answer.text
    assert "script" not in answer.headers["content-security-policy"]
    assert "Fetch the certificate" in httpx2.get(f"{url}/trust").text


def test_the_certificate_is_the_authoritys(page):
    url, made = page
    answer = httpx2.get(f"{url}/callcycle.crt")
    assert answer.headers["content-type"] == "application/x-x509-ca-cert"
    assert ssl.DER_cert_to_PEM_cert(answer.content).split() == made.authority.read_text().split()


def test_nothing_else_is_there(page):
    url, _ = page
    assert httpx2.get(url).headers["location"] == "/trust"
    for path in ("/authority.key", "/service.key", "/../authority.key", "/lan/authority.key"):
        assert httpx2.get(f"{url}{path}").status_code == 404


@pytest.mark.parametrize(("port", "workers"), [(0, 1), (65535, 1), (8000, 2)])
def test_what_the_office_cannot_have(port, workers):
    with pytest.raises(Refused):
        lan_of("127.0.0.1", port, workers)


def test_the_service_answers_over_tls(tmp_path):
    with subprocess.Popen(
        [*CALLCYCLE, "serve", "--lan", "--host", "127.0.0.1", "--port", "0"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as refused:
        assert "--lan" in refused.communicate(timeout=PATIENCE_S)[0]
    assert refused.returncode != 0
    port = "18443"
    log = (tmp_path / "log").open("w+")
    process = subprocess.Popen(
        [*CALLCYCLE, "serve", "--lan", "--host", "localhost", "--port", port],
        cwd=tmp_path,
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    try:
        trusted = ssl.create_default_context
        end = time.monotonic() + PATIENCE_S
        status = 0
        while status != 200 and time.monotonic() < end and process.poll() is None:
            try:
                known = trusted(cafile=str(tmp_path / "lan" / "authority.pem"))
                status = httpx2.get(f"https://localhost:{port}/readyz", verify=known).status_code
            except (OSError, httpx2.TransportError):
                time.sleep(0.2)
        assert status == 200, (tmp_path / "log").read_text()
        page = httpx2.get(f"http://localhost:{int(port) + 1}/trust")
        assert f":{port}" in page.text
    finally:
        process.terminate()
        process.wait(30)
        log.close()
    assert "Traceback" not in (tmp_path / "log").read_text()
