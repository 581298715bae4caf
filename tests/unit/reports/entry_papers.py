"""Fictional entry requests: a woman alone whom nobody has reached, and a door behind which nobody is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from app.reports.rules import EntryCallFacts, EntrySheetFacts, ResidentFacts, RulingFacts, TryFacts
from tests.unit.reports.papers import NOW, letterhead


def entry_try(days_ago: int, **changes: object) -> TryFacts:
    whole = TryFacts(
        happened_at=NOW - timedelta(days=days_ago),
        mode="방문-부재",
        tried="초인종·문 두드림·안내문",
        heard="",
        by="박지안",
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


def entry_sheet(**changes: object) -> EntrySheetFacts:
    """A woman alone whom nobody has reached on three tries; the supervisor asks for joint entry."""
    whole = EntrySheetFacts(
        letterhead=letterhead(
            "긴급 출입 협조 요청서",
            period="2026. 9. 20. 14:03 현재",
            document_number="가람동-E01-2026-0003",
            counting_rules=(),
        ),
        asked_by="도윤서 팀장",
        asked_by_phone="02-000-1000",
        ground="생명·신체의 급박한 위험",
        ground_words="사흘째 우편물이 쌓이고 인기척이 없음. 당뇨약을 거르면 위험함.",
        number="가람-0123",
        name="김순자",
        address="한빛구 가람로12길 34, 101동 1203호",
        lot_address="가람동 12-3",
        dwelling="공공임대",
        approach="공동현관은 경비실 호출. 초인종이 고장이라 문을 두드림.",
        phone="02-3120-5050",
        household_type="1인 가구",
        risk="고위험",
        residents=(
            ResidentFacts(name="김순자", relation="세대주", sex="여", age="84세", phone="010-2646-2265", note="보청기"),
        ),
        safety=("대형견 · 2인 필수: 전화하고 나서 대문 열기",),
        health=("김순자 집중관리군", "2026. 9. 3. 혈압 152/88, 맥박 78, 식후 2시간 혈당 174"),
        last_seen_on=date(2026, 9, 3),
        last_spoken_on=date(2026, 9, 8),
        vain_tries=3,
        tries=(
            entry_try(6),
            entry_try(4, tried="초인종·부르기·전화", heard="이웃: 1202호에서 그제부터 못 봤다고 함. 신문이 쌓여 있음"),
            entry_try(1, mode="전화-무응답", tried="전화", heard="", by="이도현"),
        ),
        ruling=RulingFacts(
            verdict="112·119에 공동 출입 요청",
            decided_at=NOW,
            decided_by="도윤서 팀장",
            until_on=None,
            reason="당뇨가 있고 사흘째 기척이 없음. 따님도 연락이 안 됨.",
        ),
        calls=(
            EntryCallFacts(whom="경찰", phone="112"),
            EntryCallFacts(whom="소방·구급", phone="119"),
            EntryCallFacts(whom="관리사무소·집주인", phone=""),
            EntryCallFacts(whom="가족 (비상연락처)", phone="", note="딸 김미영 010-3333-4444"),
        ),
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


def unknown_entry_sheet() -> EntrySheetFacts:
    """A door behind which nobody is known."""
    bare = entry_sheet(ground="그 밖의 사정", ground_words="관리사무소 신고", name="이름 모름", residents=(), tries=())
    nothing = dict.fromkeys(
        ("address", "lot_address", "dwelling", "approach", "phone", "household_type", "risk", "asked_by_phone"), ""
    )
    calls = tuple(replace(each, note="") for each in bare.calls)
    return replace(
        bare, **nothing, safety=(), health=(), last_seen_on=None, last_spoken_on=None, vain_tries=0, ruling=None,
        calls=calls,
    )  # fmt: skip
