"""The words of a record as somebody is shown them before signing. Pure.

What staff tell each other (the shared line, whom they told, why a date was put off) is not read out and not signed.
The words are made of what a version keeps and of nothing else, so that they can be made again for any version.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.follow_ups.rules import ContactMode, Purpose

_KOREA = ZoneInfo("Asia/Seoul")
WEEKDAYS = "월화수목금토일"


def words_to_sign(kept: Mapping[str, Any], *, with_health: bool) -> str:
    """A version of a record (`snapshot`, or `VisitVersion.before`) in plain lines; the same version gives the same words.

    Args:
        with_health: whether vitals and the nursing note are among them: they are where whoever takes the signature may
            read them.
    """
    return "\n".join(_lines(kept, with_health=with_health))


def _lines(kept: Mapping[str, Any], *, with_health: bool) -> Iterator[str]:
    yield f"일시: {_day(kept['occurred_on'])} {_clock(kept['began_at'])}–{_clock(kept['ended_at'])}".rstrip(" –")
    yield f"방법: {ContactMode(kept['mode']).label}, {Purpose(kept['purpose']).label}"
    if kept.get("place"):
        yield f"장소: {kept['place']}"
    if with_health:
        yield from _section("활력징후", ", ".join(line for _member, line in kept.get("vitals", ())))
        yield from _section("간호 기록", kept.get("nursing_note", ""))
    yield from _section("복지 기록", kept.get("welfare_note", ""))
    promised = f"{_day(kept['promised_on'])} {kept.get('promise_note', '')}" if kept.get("promised_on") else ""
    yield from _section("다음 약속", promised or kept.get("promise_note", ""))


def _section(title: str, text: str) -> Iterator[str]:
    if text.strip():
        yield f"[{title}] {text.strip()}"


def _day(iso: str) -> str:
    on = date.fromisoformat(iso)
    return f"{on.year}년 {on.month}월 {on.day}일({WEEKDAYS[on.weekday()]})"


def _clock(iso: str | None) -> str:
    return datetime.fromisoformat(iso).astimezone(_KOREA).strftime("%H:%M") if iso else ""
