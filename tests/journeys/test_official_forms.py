"""A worker prints a first talk on its form, finds it in nobody else's words, and takes a blank one along."""

from __future__ import annotations

import unicodedata
from io import BytesIO

from app.cases.models import Counselling
from app.households.models import Household
from playwright.sync_api import expect
from pypdf import PdfReader
from sqlalchemy import select
from tests.journeys.conftest import OpenTablet
from tests.journeys.ledger import Ledger
from tests.journeys.screens.reports import Printing
from tests.journeys.tablet import PORTRAIT

WORKER = "garam.worker1"


def test_a_first_talk_goes_on_its_form_and_a_blank_one_along_to_the_door(
    open_tablet: OpenTablet, ledger: Ledger
) -> None:
    with ledger.reading() as session:
        worker = ledger.identity(session, WORKER)
        own = select(Counselling).join(Household, Household.id == Counselling.household_id)
        talk = session.scalars(own.where(Household.worker_id == worker.account_id).order_by(Counselling.id)).first()
        assert talk is not None
        talk_id, said, number = talk.id, talk.complaint, talk.household.number
    tablet = open_tablet(WORKER, size=PORTRAIT)
    printing = Printing(tablet)
    tablet.open(f"/counselling/{talk_id}")
    tablet.hand.tap(tablet.page.get_by_role("link", name="초기상담지"))
    expect(tablet.page.locator("h1")).to_have_text("초기상담지")
    printing.choose("업무", "전체", "미확인")
    text = squeezed(printing.press(printing.make))
    assert squeezed(said) in text
    assert number in text
    tablet.open("/reports")
    blank = squeezed(printing.press(tablet.page.get_by_role("button", name="초기상담지")))
    assert "손으로쓰는서식" in blank
    assert number not in blank


def squeezed(paper: bytes | str) -> str:
    """The words of a paper without white space, for lines break where they must."""
    if isinstance(paper, bytes):
        paper = "".join(page.extract_text() for page in PdfReader(BytesIO(paper)).pages)
    return "".join(unicodedata.normalize("NFC", paper).split())
