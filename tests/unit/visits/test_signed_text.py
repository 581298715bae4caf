"""What stands above the line: all that is said to the person, none of what staff tell each other, the same each time."""

from __future__ import annotations

from typing import Any

import pytest
from app.visits.rules.signed_text import words_to_sign

KEPT: dict[str, Any] = {
    "occurred_on": "2026-11-23", "began_at": "2026-11-23T00:05:00+00:00", "ended_at": "2026-11-23T00:40:00+00:00",
    "mode": "FACE", "purpose": "NURSING", "place": "", "vitals": [[1, "혈압 132/78"], [1, "맥박 72"]],
    "nursing_note": "꿀차를 자주 드심", "welfare_note": " 밑반찬이 떨어짐\n", "promised_on": "2026-12-01",
    "promise_note": "혈압 다시 재기", "shared_line": "약을 거르심", "told_to": "팀장", "next_visit_reason": "연가",
}  # fmt: skip


def test_the_words_say_when_what_and_what_next() -> None:
    assert words_to_sign(KEPT, with_health=True).splitlines() == [
        "일시: 2026년 11월 23일(월) 09:05–09:40",
        "방법: 방문-대면, 방문간호",
        "[활력징후] 혈압 132/78, 맥박 72",
        "[간호 기록] 꿀차를 자주 드심",
        "[복지 기록] 밑반찬이 떨어짐",
        "[다음 약속] 2026년 12월 1일(화) 혈압 다시 재기",
    ]


def test_without_health_the_rest_stays() -> None:
    words = words_to_sign(KEPT, with_health=False)
    assert "혈압 132" not in words
    assert "꿀차" not in words
    assert "밑반찬" in words


def test_what_staff_tell_each_other_is_not_signed() -> None:
    words = words_to_sign(KEPT, with_health=True)
    for kept_back in ("약을 거르심", "팀장", "연가"):
        assert kept_back not in words


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({"ended_at": None}, "일시: 2026년 11월 23일(월) 09:05"),
        ({"promised_on": None}, "[다음 약속] 혈압 다시 재기"),
        ({"promised_on": None, "promise_note": ""}, "[복지 기록] 밑반찬이 떨어짐"),
        (
            {"place": "경로당", "welfare_note": "", "promised_on": None, "promise_note": ""},
            "[간호 기록] 꿀차를 자주 드심",
        ),
    ],
)
def test_what_is_not_known_leaves_no_empty_line(changes: dict[str, Any], line: str) -> None:
    lines = words_to_sign(KEPT | changes, with_health=True).splitlines()
    assert line in lines
    assert all(each.strip() and not each.endswith("]") for each in lines)


def test_a_version_from_before_a_field_existed_can_still_be_read() -> None:
    old = {name: KEPT[name] for name in ("occurred_on", "began_at", "ended_at", "mode", "purpose", "welfare_note")}
    assert words_to_sign(old | {"promised_on": None}, with_health=True).endswith("[복지 기록] 밑반찬이 떨어짐")
