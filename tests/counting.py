"""How many statements a page or a list costs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from sqlalchemy import Connection, event

Counting = Callable[[], AbstractContextManager[list[str]]]
"""`with counted_statements() as statements:` collects the SQL that runs meanwhile."""


@contextmanager
def collected(connection: Connection) -> Iterator[list[str]]:
    """The statements that run on a connection."""
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        statements.append(statement)

    event.listen(connection, "before_cursor_execute", note)
    yield statements
    event.remove(connection, "before_cursor_execute", note)
