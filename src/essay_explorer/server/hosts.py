"""The names that a server goes by. A page of another name that was pointed here reads nothing (DNS rebinding)."""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

LOOPBACK = "localhost"


@dataclass(frozen=True, slots=True)
class Hosts:
    """What the Host of a request may be: one of `names`, or an address.

    `network`: any address, else those of loopback alone. Nobody can point an address elsewhere, and behind a
    container's port a machine does not know its own. `anyone`: whatever it is, behind a proxy that looks itself.
    """

    names: frozenset[str]
    network: bool = False
    anyone: bool = False

    @classmethod
    def at(cls, ip: str, named: Iterable[str] = ()) -> Hosts:
        """Those of a server that listens at an address, and those that its owner has `named`."""
        own = {LOOPBACK, *(plain(name) for name in named)}
        if is_loopback(ip):
            return cls(frozenset(own))
        machine = socket.gethostname().lower()
        return cls(frozenset(own | {machine, f"{machine.partition('.')[0]}.local"}), network=True)

    def allow(self, host: str) -> bool:
        """Whether a request for this host, with its port or without, is meant for this server."""
        if self.anyone:
            return True
        name = plain(host)
        address = _address(name)
        if address:
            return self.network or address.is_loopback or name in self.names
        return name in self.names


def plain(host: str) -> str:
    """A host without its port, in small letters: "[::1]:8866" -> "::1"."""
    host = host.strip().lower()
    if host.startswith("["):
        return host[1:].partition("]")[0]
    name, _, port = host.rpartition(":")
    return (name if name and ":" not in name and port.isdigit() else host).rstrip(".")


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches the host."""
    address = _address(plain(host))
    return address.is_loopback if address else plain(host) == LOOPBACK


def _address(name: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(name)
    except ValueError:
        return None
