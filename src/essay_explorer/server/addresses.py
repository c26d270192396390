"""The addresses under which a server can be opened. No request leaves the machine to find them."""

from __future__ import annotations

import ipaddress
import socket
import struct
import sys
from contextlib import suppress

from essay_explorer.server.hosts import is_loopback

EVERYWHERE = {"0.0.0.0", "::", ""}  # noqa: S104 - what "all addresses" is called
# They lead nowhere (RFC 5737, RFC 3849): a UDP socket that is aimed there sends nothing, and knows from where it would.
ELSEWHERE = ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1"))
GET_ADDRESS = 0xC0206921 if sys.platform == "darwin" else 0x8915  # SIOCGIFADDR
ALONE = "This machine is in no network just now: nobody else can open it."
NAME_LENGTH = 16  # of an interface, in struct ifreq; its address follows, in a struct sockaddr_in
ADDRESS = slice(20, 24)


def machines_own() -> list[str]:
    """The addresses of this machine in its networks, first the one from which it reaches others."""
    found = [*_towards_others(), *_of_interfaces()]
    return [address for address in dict.fromkeys(found) if _is_in_a_network(address)]


def _towards_others() -> list[str]:
    found = []
    for family, nowhere in ELSEWHERE:
        with suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((nowhere, 9))
            found.append(str(probe.getsockname()[0]))
    return found


def _of_interfaces() -> list[str]:
    try:
        import fcntl  # noqa: PLC0415 - not on Windows
    except ImportError:
        return []
    found = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        for _, name in socket.if_nameindex():
            with suppress(OSError):  # an interface without an address
                asked = struct.pack("256s", name.encode()[: NAME_LENGTH - 1])
                found.append(socket.inet_ntoa(fcntl.ioctl(probe.fileno(), GET_ADDRESS, asked)[ADDRESS]))
    return found


def _is_in_a_network(address: str) -> bool:
    ip = ipaddress.ip_address(address)
    return not (ip.is_loopback or ip.is_link_local or ip.is_unspecified)


def urls(ip: str, port: int, prefix: str) -> list[str]:
    """The addresses of a server, the best one first; that of this machine alone comes last."""
    if ip not in EVERYWHERE:
        return [_url(ip, port, prefix)]
    of_kind = [one for one in machines_own() if ip != "0.0.0.0" or ":" not in one]  # noqa: S104
    return [_url(one, port, prefix) for one in (*of_kind, "127.0.0.1")]


def _url(host: str, port: int, prefix: str) -> str:
    return f"http://{f'[{host}]' if ':' in host else host}:{port}{prefix}"


def qr_code(url: str) -> str:
    """An address as a QR code of letters, for the camera of a phone."""
    import io  # noqa: PLC0415 - with the next

    import segno  # noqa: PLC0415 - only for who serves a network from a terminal

    out = io.StringIO()
    segno.make(url, micro=False).terminal(out, compact=True)
    return out.getvalue()


def firewall(url: str) -> str:
    """What may keep a phone from an address of this machine."""
    port = url.removeprefix("http://").partition("/")[0].rpartition(":")[2]
    return f"If a phone in the same network cannot open it, a firewall on this machine may close port {port}."


def announcement(found: list[str], *, terminal: bool, network: bool = False) -> list[str]:
    """What to say of a server's addresses.

    `terminal`: whether a QR code can be seen where it is said. `network`: whether the server is meant for one.
    """
    first, *others = found
    lines = [f"Open {first} (Ctrl+C stops it)"]
    host = first.removeprefix("http://").partition("/")[0]
    if is_loopback(host):
        return [*lines, *([ALONE] if network else [])]
    lines += [f"  or {one}" for one in others]
    lines += [firewall(first)]
    return [*lines, "", qr_code(first)] if terminal else lines
