"""Which mail addresses are taken."""

from __future__ import annotations

import pytest
from app.accounts.rules import address_problem


@pytest.mark.parametrize(
    "address",
    ["", "nurse@korea.kr", "garam.nurse+mail@hanbit.go.kr", "o'neil@a-b.example.co", "1@a.kr", "a" * 60 + "@korea.kr"],
)
def test_an_address_every_server_takes_is_good(address: str) -> None:
    assert address_problem(address) is None


@pytest.mark.parametrize(
    "address",
    [
        "nurse", "nurse@korea", "@korea.kr", "nurse@", "nurse@@korea.kr", "윤가람@korea.kr", "nurse@한빛.kr", "a b@korea.kr",
        "nurse@korea.kr, b@korea.kr", "nurse@korea.kr\nBcc: b@korea.kr", ".nurse@korea.kr", "nurse@-korea.kr",
        "nurse@korea..kr", '"a b"@korea.kr', "<nurse@korea.kr>", "nurse@korea.k", "nurse@korea.kr\n",
    ],
)  # fmt: skip
def test_what_no_server_could_reach_is_refused_with_an_example(address: str) -> None:
    assert "name@korea.kr" in (address_problem(address) or "")


def test_an_endless_address_is_refused() -> None:
    assert "254자" in (address_problem("a@" + "b." * 130 + "kr") or "")
