"""What every installation needs before the first household: rules, the absence ladder, judgement tables, crisis codes.

Versioned data, loaded by `outreach init`; loading it again adds only versions that are not there yet.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.assessments.service import add_instruments
from app.cases.rules import CLOSURE_REASONS, TARGET_GROUPS
from app.cases.service import add_reason_table
from app.consents.service import add_consent_texts
from app.discoveries.service import add_crisis_codes, add_triage_table
from app.follow_ups.models import LadderVersion
from app.follow_ups.service import add_rule_versions
from app.needs.service import add_needs_form
from app.safety.service import add_hotlines
from app.visits.models import JudgementVersion

PACKAGE = Path(__file__).resolve().parent.parent


def seed_folder() -> Path:
    """Where the data files lie: beside `app/`, or inside it when installed from a wheel."""
    beside = PACKAGE.parent / "seed_data"
    return beside if beside.is_dir() else PACKAGE / "_seed_data"


def read_json(name: str) -> Any:
    """One data file."""
    return json.loads((seed_folder() / name).read_text(encoding="utf-8"))


def load_reference(session: Session) -> int:
    """Add what is missing. Returns how many rows were new."""
    return (
        add_rule_versions(session, read_json("follow_up_rules.json"))
        + _add_version(session, LadderVersion, read_json("absence_ladder.json"))
        + _add_version(session, JudgementVersion, read_json("vitals_judgements.json"))
        + add_crisis_codes(session, read_json("crisis_codes.json"))
        + add_triage_table(session, read_json("triage.json"))
        + add_consent_texts(session, read_json("consent_texts.json"))
        + add_instruments(session, [*read_json("instruments.json"), *read_json("care_groups.json")])
        + add_reason_table(session, CLOSURE_REASONS, read_json("closure_reasons.json"))
        + add_reason_table(session, TARGET_GROUPS, read_json("target_groups.json"))
        + add_needs_form(session, read_json("needs_form.json"))
        + add_hotlines(session, read_json("hotlines.json"))
    )


def _add_version(
    session: Session, table: type[LadderVersion] | type[JudgementVersion], document: dict[str, Any]
) -> int:
    version = str(document["version"])
    if session.scalar(select(table.id).where(table.version == version)):
        return 0
    session.add(
        table(version=version, effective_from=date.fromisoformat(document["effective_from"]), document=document)
    )
    session.flush()
    return 1
