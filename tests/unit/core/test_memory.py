"""The collector rests while it is told to, and goes on however the block ends."""

from __future__ import annotations

import gc

import pytest
from app.core.memory import collecting_later


def test_it_rests_in_the_block_and_goes_on_after_it() -> None:
    with collecting_later():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_goes_on_when_the_last_of_several_blocks_ends() -> None:
    with collecting_later():
        with collecting_later():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_goes_on_after_an_error() -> None:
    with pytest.raises(ValueError, match="broken"), collecting_later():
        raise ValueError("broken")
    assert gc.isenabled()


def test_a_function_may_carry_it() -> None:
    @collecting_later()
    def is_resting() -> bool:
        return not gc.isenabled()

    assert is_resting()
    assert is_resting()
    assert gc.isenabled()
