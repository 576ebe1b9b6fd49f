"""Which addresses may be connected to: the public internet, unless the configuration says more.

A page that anybody can type URLs into must not become a door into the network it runs in.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from urllib.parse import urlsplit

from ringkas.errors import BlockedAddressError, FetchError, UnsupportedSourceError

Resolver = Callable[[str, int], list[str]]
Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# What a translator turns into IPv4: the well-known prefix, and the one for local use (RFC 8215).
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_NAT64_LOCAL = ipaddress.ip_network("64:ff9b:1::/48")
_COMPATIBLE = ipaddress.ip_network("::/96")
_SITE_LOCAL = ipaddress.ip_network("fec0::/10")
_ISATAP = (0x0000_5EFE, 0x0200_5EFE)  # before the IPv4 address in an interface's own (RFC 5214)


def require_web(url: str) -> None:
    """Refuse a URL that is not http(s) or names no host.

    Raises:
        UnsupportedSourceError: another scheme, such as ``file:`` or ``ftp:``.
        FetchError: no host, or a port that is no number.
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise FetchError(f"'{url}' is no valid address ({error}). Check it.") from None
    if parts.scheme.lower() not in {"http", "https"}:
        raise UnsupportedSourceError(
            f"'{url}' is a '{parts.scheme}' address; only http and https are read. For a file, "
            "give its path."
        )
    if not host:
        raise FetchError(f"'{url}' names no site. Expected an address such as https://…/article.")


def resolve(host: str, port: int) -> list[str]:
    """Return the IP addresses of ``host``.

    Raises:
        OSError: the name is not known, or the name server does not answer.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def require_public(host: str, addresses: list[str]) -> None:
    """Refuse a host that has any address outside the public internet.

    One private address among public ones is enough: honest sites have none, and a rebinding
    attack has both.

    Raises:
        BlockedAddressError: naming host and address.
    """
    for address in addresses:
        if not is_public(address):
            raise BlockedAddressError(
                f"'{host}' leads to {address}, which is not on the public internet; it was not "
                "contacted. To read from your own network, set sources.allow_private_addresses "
                "to true in the configuration."
            )


def is_public(address: str) -> bool:
    """Tell whether an IP address is on the public internet, also when it wraps an IPv4 one."""
    try:
        ip = ipaddress.ip_address(address.split("%", 1)[0])
    except ValueError:
        return False
    return all(_is_global(one) for one in (ip, *_wrapped(ip)))


def _is_global(ip: Address) -> bool:
    inside = ip in _SITE_LOCAL or ip in _NAT64_LOCAL
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or inside)


def _wrapped(ip: Address) -> list[ipaddress.IPv4Address]:
    """Return the IPv4 addresses in an IPv6 one: mapped, 6to4, Teredo, NAT64, ISATAP."""
    if isinstance(ip, ipaddress.IPv4Address):
        return []
    found = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
    if ip in _NAT64 or ip in _COMPATIBLE or int(ip) >> 32 & 0xFFFFFFFF in _ISATAP:
        found.append(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
    return [one for one in found if one is not None]
