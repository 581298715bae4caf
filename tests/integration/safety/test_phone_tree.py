"""비상 연락망: kept in order by the centre's supervisor, undone on the spot, read by everybody of the centre, one sheet."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from app.access.permissions import Role
from app.accounts.models import Account
from app.core.errors import NotFound, RuleBroken
from app.reports.documents import draw
from app.reports.models import PrintRecord
from app.reports.rules import Masking, PhoneTreeFacts, Purpose, ReportCode
from app.reports.service import PrintRequest, print_report
from app.safety import queries, service
from app.safety.models import DutyContact
from app.safety.rules import DutyDetails
from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.browsing import Browser
from tests.factories.town import Town
from tests.moments import NOW

SignIn = Callable[[Role | Account], Browser]


def add(
    session: Session, town: Town, title: str, phone: str = "010-2646-2265", account: Account | None = None
) -> DutyContact:
    details = DutyDetails(title, phone, account.id if account else None)
    return service.add_duty_contact(session, town.garam.id, details, actor=town.who(town.supervisor), now=NOW)


@pytest.fixture
def tree(session: Session, town: Town) -> list[DutyContact]:
    return [add(session, town, title) for title in ("가나", "다라", "마바")]


def titles(session: Session, town: Town) -> str:
    return " ".join(each.title for each in queries.list_duty_contacts(session, town.garam.id))


def test_lines_move_one_place_and_stop_at_the_ends(session: Session, town: Town, tree: list[DutyContact]) -> None:
    actor = town.who(town.supervisor)
    for contact, step, order in (
        (tree[2], -1, "가나 마바 다라"), (tree[2], -1, "마바 가나 다라"), (tree[2], -1, "마바 가나 다라"), (tree[2], 1, "가나 마바 다라")
    ):  # fmt: skip
        service.move_duty_contact(session, contact, step=step, actor=actor, now=NOW)
        assert titles(session, town) == order


def test_what_was_taken_out_comes_back_to_its_place(session: Session, town: Town, tree: list[DutyContact]) -> None:
    actor = town.who(town.supervisor)
    service.remove_duty_contact(session, tree[1], actor=actor, now=NOW)
    service.remove_duty_contact(session, tree[1], actor=actor, now=NOW)
    service.move_duty_contact(session, tree[1], step=-1, actor=actor, now=NOW)
    assert titles(session, town) == "가나 마바"
    service.restore_duty_contact(session, tree[1], actor=actor, now=NOW)
    assert titles(session, town) == "가나 다라 마바"


def test_a_person_stands_there_once_with_the_number_of_their_account(session: Session, town: Town) -> None:
    town.worker.phone = "01077778888"
    first = add(session, town, "", "", town.worker)
    assert (first.title, first.phone) == (town.worker.title, "01077778888")
    with pytest.raises(RuleBroken, match="TWICE"):
        add(session, town, "", account=town.worker)
    service.remove_duty_contact(session, first, actor=town.who(town.supervisor), now=NOW)
    add(session, town, "", account=town.worker)
    with pytest.raises(RuleBroken, match="TWICE"):
        service.restore_duty_contact(session, first, actor=town.who(town.supervisor), now=NOW)


@pytest.mark.parametrize(
    ("title", "phone", "code"),
    [
        ("", "112", "NAME_NEEDED"),
        ("지구대", "", "PHONE_NEEDED"),
        ("지구대", "없음", "PHONE_NEEDED"),
        ("지구대", "1", "PHONE_NEEDED"),
    ],
)
def test_a_line_names_somebody_who_can_be_called(
    session: Session, town: Town, title: str, phone: str, code: str
) -> None:
    with pytest.raises(RuleBroken, match=code):
        add(session, town, title, phone)


@pytest.mark.parametrize("phone", ["112", "02-0110-9000", "1577-1389", "010-2646-2265", "1234"])
def test_every_number_that_can_be_dialled_is_taken(session: Session, town: Town, phone: str) -> None:
    assert add(session, town, "지구대", phone).id


def test_nobody_of_another_centre(session: Session, town: Town, tree: list[DutyContact]) -> None:
    with pytest.raises(RuleBroken, match="NOT_A_COLLEAGUE"):
        add(session, town, "", account=town.narae_worker)
    with pytest.raises(NotFound):
        queries.get_duty_contact(session, town.who(town.narae_supervisor), tree[0].id)


def test_the_supervisor_keeps_it_and_everybody_reads_it(
    session: Session, town: Town, sign_in_as: SignIn, tree: list[DutyContact]
) -> None:
    lead = sign_in_as(Role.SUPERVISOR)
    form = lead.get("/phone-tree/new").form("/phone-tree/new")
    lead.submit(form, account_id="0", title="", phone="112", status=422)
    lead.submit(form, account_id="0", title="가람지구대", phone="02-112-3344")
    lead.submit(lead.get("/phone-tree").form(f"/phone-tree/{tree[2].id}/move/up"))
    lead.submit(lead.get("/phone-tree").form(f"/phone-tree/{tree[0].id}/remove"))
    assert titles(session, town) == "마바 다라 가람지구대"
    lead.submit(lead.get("/phone-tree").form("/restore"))
    assert titles(session, town) == "마바 가나 다라 가람지구대" or titles(session, town).startswith("가나")
    change = lead.get(f"/phone-tree/{tree[1].id}").form(f"/phone-tree/{tree[1].id}")
    lead.submit(change, title="라다")
    worker = sign_in_as(Role.WORKER)
    page = worker.get("/phone-tree")
    assert "라다" in page.text
    assert "1577-1389" in page.text
    assert not any("/remove" in each.action for each in page.forms())
    worker.post(f"/phone-tree/{tree[1].id}/remove", status=403)
    assert "라다" not in sign_in_as(town.narae_worker).get("/phone-tree").text


def test_the_paper_is_one_sheet_in_the_order_of_calling(
    session: Session, town: Town, sign_in_as: SignIn, tree: list[DutyContact]
) -> None:
    worker = sign_in_as(Role.WORKER)
    form = worker.get("/reports/phone-tree").form("/reports/phone-tree")
    pdf = PdfReader(BytesIO(worker.submit(form, status=200).data))
    text = "".join(pdf.pages[0].extract_text().split())
    assert len(pdf.pages) == 1
    assert text.index("가나") < text.index("다라") < text.index("마바")
    for said in (
        "비상연락망",
        "가람동행정복지센터",
        "010-2646-2265",
        "109",
        "1577-1389",
        "돌아올때+60분",
        "2026.11.23.",
    ):
        assert said in text, said
    [record] = session.scalars(select(PrintRecord))
    assert (record.code, record.centre_id, record.purpose, record.household_id) == (
        "E02",
        town.garam.id,
        Purpose.DUTY,
        None,
    )


@pytest.mark.parametrize("lines", [0, 1, 6, 7, 12])
def test_it_stays_one_sheet(session: Session, town: Town, lines: int) -> None:
    for at in range(lines):
        add(session, town, f"{at + 1}번째로 거는 기관 이름")
    wanted = PrintRequest(ReportCode.PHONE_TREE, Masking.FULL, Purpose.DUTY, centres=(town.garam,))
    _record, facts = print_report(session, wanted, actor=town.who(town.supervisor), now=NOW)
    assert isinstance(facts, PhoneTreeFacts)
    assert len(PdfReader(BytesIO(draw(facts))).pages) == 1
