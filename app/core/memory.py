"""When the memory of the process is looked through for what nobody needs any more."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_lock = Lock()
_waiting = 0


@contextmanager
def collecting_later() -> Iterator[None]:
    """Let the collector of cycles rest until the end of the block, in all threads; usable as a decorator.

    Making some ten thousand small rows at once lets it walk through all of them again and again and find nothing: a
    third of the time of an import. What nobody refers to is freed at once all the same.
    """
    _rest()
    try:
        yield
    finally:
        _go_on()


def _rest() -> None:
    global _waiting
    with _lock:
        _waiting += 1
        gc.disable()


def _go_on() -> None:
    global _waiting
    with _lock:
        _waiting -= 1
        if not _waiting:
            gc.enable()
