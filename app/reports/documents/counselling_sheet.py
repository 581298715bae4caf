"""The first counselling (F01, 초기상담지): who was talked to, what they said, what was done."""

from __future__ import annotations

from app.reports.documents.boxes import Signer, form_of, put_household
from app.reports.documents.letterhead import close_paper, open_paper
from app.reports.documents.page import PORTRAIT
from app.reports.rules.counselling_sheet import CounsellingSheetFacts
from app.reports.rules.wording import day_of_week

TEMPLATE_VERSION = "F01-2"
DAY_BY_HAND = "      년      월      일"
BLANK_FORM = "빈 서식"


def draw(facts: CounsellingSheetFacts) -> bytes:
    """The form as a PDF, A4 upright."""
    flow = open_paper(facts.letterhead, PORTRAIT)
    form = form_of(flow, facts)
    put_household(form, facts.household)
    with form.block("상담 개요") as rows:
        held = day_of_week(facts.counselled_on) if facts.counselled_on else ""
        rows.pair("상담일", DAY_BY_HAND if facts.is_blank else held, "상담자", facts.counsellor)
        rows.choice("상담 방법", facts.ways)
        rows.wide("상담한 사람", facts.with_whom)
        rows.choice("발굴 경로", facts.routes)
    with form.block("상담 내용") as rows:
        rows.prose("주 호소\n(본인의 말)", facts.complaint, lines=8)
        rows.prose("가족과 관계", facts.family, lines=4)
        rows.prose("주거", facts.housing, lines=4)
        rows.prose("소득과 지출", facts.income, lines=4)
        rows.prose("건강", facts.health_withheld or facts.health, lines=4)
        rows.prose("안내한 내용", facts.told, lines=7)
        rows.prose("조치와\n다음에 할 일", facts.measures, lines=7)
    form.signing((Signer("상담자", facts.counsellor), Signer("상담받은 사람")))
    return close_paper(flow, facts, subject=facts.household.number or BLANK_FORM)
