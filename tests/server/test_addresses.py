"""The addresses that are told to whoever starts a server: such as can be opened."""

from __future__ import annotations

import socket
import sys
from typing import TYPE_CHECKING

import pytest

from essay_explorer.server import addresses

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def no_packet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing leaves the machine: no name is asked for, and nothing is sent."""

    def refuse(*_: object) -> None:
        raise AssertionError("a packet would have left")

    for name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex", "getfqdn", "create_connection"):
        monkeypatch.setattr(socket, name, refuse)


def test_the_machines_own_addresses_are_found_without_a_packet(no_packet: None) -> None:
    for address in addresses.machines_own():
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.bind((address, 0))  # only an address of one's own can be bound
        assert not address.startswith(("127.", "169.254.", "fe80"))


@pytest.mark.skipif(sys.platform != "linux", reason="interfaces are read as Linux and macOS have them")
def test_interfaces_are_found_where_no_way_leads_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addresses, "ELSEWHERE", ())
    assert "127.0.0.1" in addresses._of_interfaces()


def own(*found: str) -> Callable[[], list[str]]:
    return lambda: list(found)


def test_a_network_gets_the_machines_own_addresses_and_never_the_one_that_means_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(addresses, "machines_own", own("192.168.1.5", "2001:db8::7", "10.0.0.2"))
    assert addresses.urls("0.0.0.0", 8866, "/essays/") == [
        "http://192.168.1.5:8866/essays/",
        "http://10.0.0.2:8866/essays/",
        "http://127.0.0.1:8866/essays/",
    ]
    assert "http://[2001:db8::7]:8866/" in addresses.urls("::", 8866, "/")
    assert addresses.urls("192.168.1.5", 80, "/") == ["http://192.168.1.5:80/"]


def test_what_is_said_names_the_firewall_and_shows_a_code_in_a_terminal() -> None:
    found = ["http://192.168.1.5:8866/", "http://127.0.0.1:8866/"]
    lines = addresses.announcement(found, terminal=True)
    assert lines[0] == "Open http://192.168.1.5:8866/ (Ctrl+C stops it)"
    assert "firewall" in "".join(lines)
    assert "8866" in lines[2]
    assert "█" in lines[-1]
    assert not any("█" in line for line in addresses.announcement(found, terminal=False))


def test_on_loopback_one_line_is_enough() -> None:
    assert len(addresses.announcement(["http://127.0.0.1:8866/"], terminal=True)) == 1


def test_a_machine_without_a_network_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addresses, "machines_own", own())
    found = addresses.urls("0.0.0.0", 8866, "/")
    assert found == ["http://127.0.0.1:8866/"]
    said = addresses.announcement(found, terminal=True, network=True)
    assert said[1] == "This machine is in no network just now: nobody else can open it."
