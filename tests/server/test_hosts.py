"""The names that a server goes by: another page's name that was pointed here reads nothing."""

from __future__ import annotations

import socket

import pytest

from essay_explorer.server.hosts import Hosts, is_loopback, plain


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("localhost:8866", "localhost"),
        ("Essays.School.EDU.", "essays.school.edu"),
        ("[::1]:8866", "::1"),
        ("[::1]", "::1"),
        ("::1", "::1"),
        ("127.0.0.1", "127.0.0.1"),
        ("", ""),
        (":80", ":80"),
    ],
)
def test_a_host_is_known_without_its_port(host: str, name: str) -> None:
    assert plain(host) == name


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:80", "127.0.0.1:8866", "127.9.9.9", "[::1]:8866"])
def test_on_loopback_only_its_own_names_are_answered(host: str) -> None:
    assert Hosts.at("127.0.0.1").allow(host)
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "192.168.1.5",
        "0.0.0.0",
        "[fe80::1]",
        "",
        "a:b",
    ],
)
def test_on_loopback_nothing_else_is(host: str) -> None:
    for ip in ("127.0.0.1", "localhost", "::1"):
        assert not Hosts.at(ip).allow(host)


def test_in_a_network_addresses_are_answered_and_the_machines_name() -> None:
    hosts = Hosts.at("0.0.0.0")
    assert all(map(hosts.allow, ["192.168.1.5:8866", "[2001:db8::7]", "localhost", f"{socket.gethostname()}:80"]))
    assert not any(map(hosts.allow, ["evil.example", "192.168.1.5.evil.example", ""]))


@pytest.mark.parametrize("ip", ["127.0.0.1", "0.0.0.0"])
def test_a_name_that_the_owner_gives_is_answered(ip: str) -> None:
    hosts = Hosts.at(ip, ["Essays.school.edu"])
    assert hosts.allow("essays.school.edu:443")
    assert not hosts.allow("school.edu")
