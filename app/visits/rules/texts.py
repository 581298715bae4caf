"""How long a text may be and what it may hold; whatever is accepted is kept as typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from app.visits.rules.problems import Problem, refuse
from app.visits.rules.record import AbsenceDetails, VisitDetails

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")  # PostgreSQL refuses NUL; half a surrogate pair has no UTF-8


class TextField(NamedTuple):
    """A text's name on the screen, and the most characters (code points in NFC) it may have."""

    label: str
    longest: int


NOTE_LIMIT = 10_000
LINE_TEXT_LIMIT = 500

TEXT_FIELDS = {
    "welfare_note": TextField("복지 기록", NOTE_LIMIT),
    "nursing_note": TextField("간호 기록", NOTE_LIMIT),
    "field_notes": TextField("현장 메모", NOTE_LIMIT),
    "note": TextField("메모", NOTE_LIMIT),
    "shared_line": TextField("함께 보는 한 줄", LINE_TEXT_LIMIT),
    "promise_note": TextField("약속 내용", LINE_TEXT_LIMIT),
    "next_visit_reason": TextField("다음 방문을 바꾼 까닭", LINE_TEXT_LIMIT),
    "told_to": TextField("알린 사람", LINE_TEXT_LIMIT),
    "place": TextField("장소", LINE_TEXT_LIMIT),
    "companion_name": TextField("함께 간 다른 사람", LINE_TEXT_LIMIT),
    "alone_because": TextField("혼자 간 까닭", LINE_TEXT_LIMIT),
    "neighbour_asked": TextField("이웃 확인", LINE_TEXT_LIMIT),
}


def check_texts(record: VisitDetails | AbsenceDetails) -> tuple[Problem, ...]:
    """A refusal for each text of `record` that is too long or holds a character no database stores."""
    held = ((name, getattr(record, name)) for name in TEXT_FIELDS if hasattr(record, name))
    actions = record.actions_taken if isinstance(record, VisitDetails) else ()
    return (
        *(problem for name, text in held for problem in _check(text, TEXT_FIELDS[name], name)),
        *(
            problem
            for place, done in enumerate(actions)
            for problem in _check(done.note, _ACTION_NOTE, f"actions_taken.{place}.note")
        ),
    )


_ACTION_NOTE = TextField("한 일", LINE_TEXT_LIMIT)


def _check(text: str, kind: TextField, field: str) -> Iterator[Problem]:
    if len(text) > kind.longest:
        message = f"{kind.label}: {kind.longest:,}자까지 적을 수 있습니다. 지금 {len(text):,}자입니다."
        yield refuse("TOO_LONG", field, message, value=len(text))
    if _UNSTORABLE.search(text):
        yield refuse("UNSTORABLE", field, f"{kind.label}: 저장할 수 없는 문자가 있습니다. 지워 주세요.")
