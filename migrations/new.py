"""Write the next migration from what the models say: `.venv/bin/python migrations/new.py "index due follow-ups"`.

Compares with an empty database brought to the newest migration. Read the result before you keep it.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from alembic import command
from app.core.database import engine_options
from app.core.migrations import configuration, head_revision, upgrade
from sqlalchemy import create_engine


def main(words: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        options = engine_options(f"sqlite:///{Path(folder) / 'scratch.db'}")
        engine = create_engine(options.pop("url"), **options)
        upgrade(engine)
        number = f"{int(head_revision() or 0) + 1:04d}"
        command.revision(configuration(engine), message=words, autogenerate=True, rev_id=number)


if __name__ == "__main__":
    main(" ".join(sys.argv[1:]))
