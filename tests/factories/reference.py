"""Reference rows as they are shipped: due rules, absence ladder, judgements of vitals."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from app.follow_ups.models import LadderVersion
from app.follow_ups.service import add_rule_versions
from app.visits.models import JudgementVersion
from sqlalchemy.orm import Session

SEED_DATA = Path(__file__).parents[2] / "seed_data"


def read_shipped(name: str) -> Any:
    """One shipped document, e.g. `follow_up_rules`."""
    return json.loads((SEED_DATA / f"{name}.json").read_text(encoding="utf-8"))


def load_reference(session: Session) -> None:
    """Everything a fresh installation starts with."""
    add_rule_versions(session, read_shipped("follow_up_rules"))
    for table, name in ((LadderVersion, "absence_ladder"), (JudgementVersion, "vitals_judgements")):
        document = read_shipped(name)
        from_on = date.fromisoformat(document["effective_from"])
        session.add(table(version=document["version"], effective_from=from_on, document=document))
    session.flush()
