"""A consent (F09, 동의서): what was told, whether it was agreed to, by whom, and the signature."""

from __future__ import annotations

from app.reports.documents.boxes import BoxedForm, Signer, form_of
from app.reports.documents.counselling_sheet import BLANK_FORM, DAY_BY_HAND
from app.reports.documents.letterhead import close_paper, open_paper
from app.reports.documents.page import PORTRAIT
from app.reports.rules.consent_sheet import BASED_ON, ConsentSheetFacts, ConsentTextFacts
from app.reports.rules.wording import day

TEMPLATE_VERSION = "F09-2"
_TEXT = 210.0
"""Points that a text of the usual length takes with its answer."""


def draw(facts: ConsentSheetFacts) -> bytes:
    """The form as a PDF, A4 upright."""
    flow = open_paper(facts.letterhead, PORTRAIT)
    form = form_of(flow, facts)
    with form.block("동의하는 사람") as rows:
        rows.pair("이름", facts.name, "생년월일", facts.born)
        rows.pair("전화", facts.phone, "관리번호", facts.number)
    for text in facts.texts:
        _text(form, text)
    _given(form, facts)
    form.remark(BASED_ON)
    signer = Signer("동의한 사람", _signed_as(facts), facts.signature)
    form.signing((signer, Signer("설명한 사람", facts.taken_by)))
    return close_paper(flow, facts, subject=facts.number or BLANK_FORM)


def _text(form: BoxedForm, text: ConsentTextFacts) -> None:
    """What is asked and the answer to it, on one page: nobody ticks below a text that stands overleaf."""
    form.flow.whole(_TEXT)
    with form.block(f"{text.title} ({text.version}판)") as rows:
        if text.needs_receiver:
            rows.wide("받는 곳", text.receiver)
        for each in text.told:
            rows.wide(each.heading, each.words)
        rows.choice("동의 여부", text.answer)


def _given(form: BoxedForm, facts: ConsentSheetFacts) -> None:
    with form.block("동의") as rows:
        until = "" if facts.is_blank else day(facts.valid_until)
        rows.pair("동의한 날", DAY_BY_HAND if facts.is_blank else day(facts.given_on), "동의 기한", until)
        rows.choice("동의한 사람", facts.signers)
        rows.pair("대신한 사람", facts.signer_name, "대신한 까닭", facts.proxy_because)
        rows.choice("방법", facts.channels)
        if not facts.is_blank:
            rows.prose("메모", facts.note, lines=1)
        if facts.withdrawn:
            rows.wide("거둔 동의", facts.withdrawn)


def _signed_as(facts: ConsentSheetFacts) -> str:
    """Who signs: the proxy where there is one."""
    return facts.signer_name or facts.name
