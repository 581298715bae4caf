"""The referral and the sheet to reply on (F06, 의뢰서·회신서), each a page of its own in one file."""

from __future__ import annotations

from dataclasses import replace

from app.plans.rules import SharedFacts
from app.reports.documents.boxes import BoxedForm, Rows, Signer, form_of
from app.reports.documents.counselling_sheet import BLANK_FORM, DAY_BY_HAND
from app.reports.documents.flow import Flow
from app.reports.documents.letterhead import close_paper, open_file, put_head
from app.reports.documents.page import PORTRAIT
from app.reports.documents.typesetting import clean
from app.reports.rules.referral_sheet import AgencyFacts, ReferralSheetFacts, ReferredFacts
from app.reports.rules.wording import day

TEMPLATE_VERSION = "F06-2"
REFERRAL, REPLY = "서비스 의뢰서", "의뢰 회신서"
NOT_SENT = "보내지 않음"
_RULE = "받은 내용은 요청한 서비스에만 쓰고, 일을 마치면 지체 없이 파기합니다(개인정보 보호법 제19조·제21조)."
_SEND_BACK = "적으신 뒤 의뢰한 기관으로 보내 주시기 바랍니다."


def draw(facts: ReferralSheetFacts) -> bytes:
    """Both sheets as a PDF, A4 upright, with a bookmark for each."""
    flow = open_file(facts.letterhead, PORTRAIT)
    _begin(flow, facts, REFERRAL)
    _referral(form_of(flow, facts), facts)
    _begin(flow, facts, REPLY)
    _reply(_reply_form(flow, facts), facts)
    return close_paper(flow, facts, subject=facts.person.number)


def _begin(flow: Flow, facts: ReferralSheetFacts, title: str) -> None:
    """A head for each sheet; what an agency writes is approved by nobody here."""
    whose = facts.person.number or BLANK_FORM
    flow.begin(whose if title == REFERRAL else f"{title} {whose}", clean(title))
    head = replace(facts.letterhead, title=title)
    put_head(flow, head if title == REFERRAL else replace(head, approvals=()))


def _referral(form: BoxedForm, facts: ReferralSheetFacts) -> None:
    _agency(form, "받는 기관", facts.agency)
    with form.block("의뢰하는 기관") as rows:
        rows.pair("의뢰자", facts.sender, "전화", facts.sender_phone)
        sent = day(facts.sent_on, facts.state)
        due = day(facts.reply_due_on, "")
        by_hand = facts.is_blank
        rows.pair("의뢰일", DAY_BY_HAND if by_hand else sent, "회신 기한", DAY_BY_HAND if by_hand else due)
    _person(form, facts)
    with form.block("의뢰 내용") as rows:
        rows.prose("의뢰 사유", facts.reason, lines=10)
        rows.prose("요청 사항", facts.asked_for, lines=8)
    with form.block("알리는 내용과 근거") as rows:
        rows.choice("함께 보내는\n내용", facts.shares)
        rows.choice("근거", facts.grounds)
        rows.prose("근거 내용", facts.ground_words, lines=3)
    form.remark(_RULE)
    form.signing((Signer("의뢰자", facts.sender),), title="")


def _agency(form: BoxedForm, title: str, agency: AgencyFacts) -> None:
    with form.block(title) as rows:
        rows.pair("기관", agency.name, "구분", agency.kind)
        rows.pair("담당", agency.contact, "전화", agency.phone)
        rows.pair("팩스", agency.fax, "주소", agency.address)


def _person(form: BoxedForm, facts: ReferralSheetFacts) -> None:
    """Who is referred. A box of a kind that does not go along says that it was not sent."""
    person = facts.person
    with form.block("대상자") as rows:
        named, reached = _Sent(facts, SharedFacts.NAME), _Sent(facts, SharedFacts.CONTACT)
        rows.pair("성명", named(person.name), "관리번호", person.number)
        rows.pair("태어난 날", named(_born(person)), "성별", named(person.sex))
        rows.pair("전화", reached(person.phone), "주소", reached(person.address))
        _told(rows, "가구·가족", _Sent(facts, SharedFacts.FAMILY), person.family)
        _told(rows, "소득·급여", _Sent(facts, SharedFacts.ECONOMY), person.economy)
        _told(rows, "건강", _Sent(facts, SharedFacts.HEALTH), person.health_withheld or person.health)
        _told(rows, "욕구", _Sent(facts, SharedFacts.NEEDS), person.needs)
        _told(rows, "이용 서비스", _Sent(facts, SharedFacts.SERVICES), person.services)


class _Sent:
    """Says a value, or that facts of its kind do not go along."""

    def __init__(self, facts: ReferralSheetFacts, kind: SharedFacts) -> None:
        self._is_said = facts.is_blank or kind.label in facts.shares.chosen

    def __call__(self, value: str) -> str:
        return value if self._is_said else NOT_SENT


def _told(rows: Rows, label: str, sent: _Sent, value: str) -> None:
    rows.prose(label, sent(value), lines=4)


def _born(person: ReferredFacts) -> str:
    return f"{person.born} ({person.age})" if person.born and person.age else person.born or person.age


def _reply_form(flow: Flow, facts: ReferralSheetFacts) -> BoxedForm:
    """Filled in where the answer is known; what the agency has still to write stays empty for its hand."""
    return BoxedForm(flow, empty=facts.empty.label, by_hand=facts.reply.replied_on is None)


def _reply(form: BoxedForm, facts: ReferralSheetFacts) -> None:
    named = _Sent(facts, SharedFacts.NAME)
    sent = day(facts.sent_on, facts.state)
    with form.block("의뢰") as rows:
        rows.pair("의뢰한 기관", facts.letterhead.centre, "받는 사람", facts.sender)
        rows.pair("의뢰일", DAY_BY_HAND if facts.is_blank else sent, "전화", facts.sender_phone)
        rows.pair("대상자", named(facts.person.name), "관리번호", facts.person.number)
        rows.wide("요청 사항", facts.asked_for)
    with form.block("회신") as rows:
        rows.pair("회신 기관", facts.agency.name, "회신일", day(facts.reply.replied_on, DAY_BY_HAND))
        rows.choice("결과", facts.reply.answers)
        rows.prose("지원 내용", facts.reply.note, lines=8)
        if form.by_hand:
            rows.pair("시작일", DAY_BY_HAND, "담당·전화", "")
            rows.prose("어려운 사유\n또는 다른 기관", "", lines=5)
    if form.by_hand:
        form.remark(_SEND_BACK)
    form.signing((Signer("회신한 사람"),))
