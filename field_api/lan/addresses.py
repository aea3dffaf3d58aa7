"""By which addresses and names others in the network reach this machine."""

import ipaddress
import socket
from contextlib import suppress
from dataclasses import dataclass

ELSEWHERE = ("192.0.2.1", 9)  # kept for documents: nothing is sent to find the way there


@dataclass(frozen=True, kw_only=True)
class Reached:
    """`first` is the address that phones are told; all of them and the names are certified."""

    first: str
    addresses: tuple[str, ...]
    names: tuple[str, ...]


def of_this_machine(host: str) -> Reached:
    """How a server on `host` is reached; on 0.0.0.0 by every address of this machine."""
    own = socket.gethostname().split(".")[0].lower()
    names = ("localhost", own, f"{own}.local")
    found = [host] if _is_address(host) and not ipaddress.ip_address(host).is_unspecified else []
    if not found:
        found = [*_on_the_way_out(), *_of_the_name(own)]
    addresses = tuple(dict.fromkeys((*found, "127.0.0.1")))
    return Reached(first=addresses[0], addresses=addresses, names=tuple(dict.fromkeys(names)))


def _is_address(host: str) -> bool:
    with suppress(ValueError):
        ipaddress.ip_address(host)
        return True
    return False


def _on_the_way_out() -> list[str]:
    """The address from which this machine would go out; none without a network."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way, suppress(OSError):
        way.connect(ELSEWHERE)
        return [way.getsockname()[0]]
    return []


def _of_the_name(name: str) -> list[str]:
    with suppress(OSError):
        found = socket.getaddrinfo(name, None, socket.AF_INET, socket.SOCK_STREAM)
        addresses = sorted({str(info[4][0]) for info in found})
        return [a for a in addresses if not ipaddress.ip_address(a).is_loopback]
    return []
