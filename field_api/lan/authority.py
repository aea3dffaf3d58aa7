"""A certificate authority of this machine's own, and the certificate that the service shows.

The authority's key never leaves its folder: whoever has it can pass for any site on the phones
that trust it.
"""

import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from field_api.lan.addresses import Reached

AUTHORITY_LIVES = timedelta(days=3650)
LIVES = timedelta(days=397)  # the longest that phones take
RENEWED_BEFORE = timedelta(days=30)
RUNS_AHEAD = timedelta(days=1)  # phones' clocks run behind
OWNER_ONLY = 0o600
FOLDER_OF_OWNER = 0o700
Key = ec.EllipticCurvePrivateKey


@dataclass(frozen=True, kw_only=True)
class Papers:
    """Where the certificates and the service's key lie; `fingerprint` is the authority's."""

    authority: Path
    certificate: Path
    key: Path
    fingerprint: str


def papers(folder: Path, reached: Reached, *, now: datetime) -> Papers:
    """The authority, made once, and a certificate for these addresses: the one that is there, or a
    new one where it ends within a month or lacks an address."""
    folder.mkdir(mode=FOLDER_OF_OWNER, parents=True, exist_ok=True)
    found = Papers(
        authority=folder / "authority.pem",
        certificate=folder / "service.pem",
        key=folder / "service.key",
        fingerprint="",
    )
    authority_key = folder / "authority.key"
    if not (found.authority.exists() and authority_key.exists()):
        _make_authority(found.authority, authority_key, reached, now)
    authority = x509.load_pem_x509_certificate(found.authority.read_bytes())
    if not _serves(found, authority, reached, now):
        signing = serialization.load_pem_private_key(authority_key.read_bytes(), None)
        assert isinstance(signing, ec.EllipticCurvePrivateKey)
        _make_certificate(found, authority, signing, reached, now)
    told = authority.fingerprint(hashes.SHA256()).hex(":").upper()
    return Papers(
        authority=found.authority,
        certificate=found.certificate,
        key=found.key,
        fingerprint=told,
    )


def _make_authority(path: Path, key_path: Path, reached: Reached, now: datetime) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name(f"Callcycle {reached.names[-1]}")
    made = (
        _begun(name, name, key, now, AUTHORITY_LIVES)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    _write(key_path, _pem(key))
    _write(path, made.public_bytes(serialization.Encoding.PEM))


def _make_certificate(
    found: Papers, authority: x509.Certificate, signing: Key, reached: Reached, now: datetime
) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    alternatives: list[x509.GeneralName] = [x509.DNSName(name) for name in reached.names]
    alternatives += [x509.IPAddress(ip_address(address)) for address in reached.addresses]
    made = (
        _begun(_name(reached.first), authority.subject, key, now, LIVES)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName(alternatives), critical=False)
        .add_extension(_usage(signs=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signing.public_key()),
            critical=False,
        )
        .sign(signing, hashes.SHA256())
    )
    _write(found.key, _pem(key))
    _write(found.certificate, made.public_bytes(serialization.Encoding.PEM))


def _serves(found: Papers, authority: x509.Certificate, reached: Reached, now: datetime) -> bool:
    """Whether the certificate that is there will do."""
    if not (found.certificate.exists() and found.key.exists()):
        return False
    there = x509.load_pem_x509_certificate(found.certificate.read_bytes())
    if there.not_valid_after_utc - now < RENEWED_BEFORE:
        return False
    try:
        there.verify_directly_issued_by(authority)
    except (ValueError, TypeError, InvalidSignature):
        return False
    names = there.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    addresses = {str(address) for address in names.get_values_for_type(x509.IPAddress)}
    known = set(names.get_values_for_type(x509.DNSName))
    return set(reached.addresses) <= addresses and set(reached.names) <= known


def _begun(
    subject: x509.Name, issuer: x509.Name, key: Key, now: datetime, lives: timedelta
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - RUNS_AHEAD)
        .not_valid_after(now - RUNS_AHEAD + lives)
    )


def _usage(*, signs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs,
        crl_sign=signs,
        encipher_only=False,
        decipher_only=False,
    )


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text[:64])])


def _pem(key: Key) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _write(path: Path, content: bytes) -> None:
    """The file appears complete or not at all, for its owner only."""
    aside = path.with_name(path.name + ".part")
    aside.unlink(missing_ok=True)
    handle = os.open(aside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, OWNER_ONLY)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    aside.replace(path)
