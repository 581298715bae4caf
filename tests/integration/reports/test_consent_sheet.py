"""동의서 says the words that were agreed to, by whom and until when; blank it has every text of the day."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from app.access.permissions import Role
from app.accounts.models import Account
from app.consents.rules import ConsentChannel, ConsentKind, Receiver, Signer
from app.consents.service import withdraw_consent
from app.households.models import Household
from app.reports.documents import draw
from app.reports.models import PrintRecord
from app.reports.rules import Masking, Purpose, ReportCode, from_json, to_json
from app.reports.rules.consent_sheet import AGREED
from app.reports.service import PrintRequest, print_report
from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.browsing import Browser
from tests.factories.consents import give
from tests.factories.households import add_household
from tests.factories.town import Town
from tests.invariants.conftest import HEAD
from tests.moments import NOW, TODAY

Enter = Callable[[Role | Account], Browser]
TO = Receiver("한빛 나눔가게")


def text_of(pdf: bytes) -> str:
    return "".join("".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages)


@pytest.fixture
def household(session: Session, town: Town) -> Household:
    return add_household(session, town.who(town.worker), HEAD)


def test_a_consent_is_printed_with_what_was_told_and_who_agreed(
    sign_in_as: Enter, session: Session, town: Town, household: Household
) -> None:
    worker = town.who(town.worker)
    row = give(
        session, household, worker, ConsentKind.THIRD_PARTY, TO, signer=Signer.GUARDIAN, signer_name="이나루",
        proxy_because="의식이 없음",
    )  # fmt: skip
    session.commit()
    browser = sign_in_as(town.worker)
    form = browser.get(f"/consents/{row.id}/form").form("/form")
    text = text_of(browser.submit(form, purpose="DUTY", masking="FULL", status=200).data)
    for words in (
        "개인정보제3자제공동의서",
        "한빛나눔가게",
        "천둥솔",
        "이나루",
        "의식이없음",
        "■\u00a0동의함",
        "2027.11.23.",
    ):
        assert "".join(words.split()) in text, words
    assert "해당없음" in text
    record = session.scalars(select(PrintRecord)).one()
    assert (record.code, record.household_id) == ("F09", household.id)


def test_what_was_withdrawn_says_so_and_what_waits_for_a_signature_is_not_agreed_to(
    session: Session, town: Town, household: Household
) -> None:
    worker = town.who(town.worker)
    ended = give(session, household, worker)
    withdraw_consent(session, ended, on=TODAY, because="본인이 전화로", actor=worker, now=NOW)
    waiting = give(session, household, worker, ConsentKind.SENSITIVE, channel=ConsentChannel.SCREEN)

    def facts(row: object) -> object:
        wanted = PrintRequest(ReportCode.CONSENT_SHEET, Masking.FULL, Purpose.DUTY, household=household, about=row)
        return print_report(session, wanted, actor=worker, now=NOW)[1]

    told, unsigned = facts(ended), facts(waiting)
    assert "거둠:본인이전화로" in text_of(draw(told))  # type: ignore[arg-type]
    assert told.texts[0].answer.chosen == (AGREED,)  # type: ignore[attr-defined]
    assert unsigned.texts[0].answer.chosen == ()  # type: ignore[attr-defined]
    assert from_json(to_json(unsigned)) == unsigned  # type: ignore[arg-type]


def test_the_blank_form_has_every_text_and_nobody(sign_in_as: Enter, session: Session, town: Town) -> None:
    give(session, add_household(session, town.who(town.worker), HEAD), town.who(town.worker))
    session.commit()
    browser = sign_in_as(town.worker)
    answer = browser.submit(browser.get("/reports").form("/reports/blank"), blank="F09", status=200)
    text = text_of(answer.data)
    for title in ("개인정보수집·이용동의서", "민감정보(건강)처리동의서", "개인정보제3자제공동의서"):
        assert title in text
    assert "천둥솔" not in text
    assert "■" not in text


def test_a_consent_of_another_centre_is_no_paper(
    sign_in_as: Enter, session: Session, town: Town, household: Household
) -> None:
    row = give(session, household, town.who(town.worker))
    session.commit()
    sign_in_as(town.narae_worker).open(f"/consents/{row.id}/form", status=404)
