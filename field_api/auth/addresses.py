"""Where a request comes from, as far as one person's line reaches."""

from ipaddress import ip_address, ip_network

SUBSCRIBER_BITS = 64  # of an IPv6 address: what one line is given


def network_of(address: str) -> str:
    """An IPv4 address as it is; of an IPv6 address the part that its owner cannot choose."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address  # a test's client, or a socket without one
    if parsed.version == 4:
        return str(parsed)
    return str(ip_network((int(parsed), SUBSCRIBER_BITS), strict=False))
