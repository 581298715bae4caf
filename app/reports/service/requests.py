"""What somebody asked to have printed, and whom it is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from app.accounts.models import Account, Centre
from app.attachments.service import FileStore
from app.core.errors import RuleBroken
from app.discoveries.models import Round
from app.households.models import Household
from app.reports.queries import CaseScope
from app.reports.rules import EmptyWord, GroundNamed, Masking, Medium, Purpose, ReportCode, SheetWishes
from app.reports.rules.boxed import BLANK
from app.safety.models import ProtectionTask
from app.visits.models import Visit


@dataclass(frozen=True, slots=True)
class PrintRequest:
    """What somebody asked to have printed."""

    code: ReportCode
    masking: Masking
    purpose: Purpose
    medium: Medium = Medium.PDF
    household: Household | None = None
    assignee: Account | None = None
    ground: GroundNamed | None = None
    """On what ground a household's facts leave the office; for the entry request."""
    centres: tuple[Centre, ...] = ()
    """Of which centres; several only for the counts of a 시군구."""
    first_on: date | None = None
    last_on: date | None = None
    """From which day to which, both included; for counts."""
    task: ProtectionTask | None = None
    """The restricted task; for its report."""
    visits: tuple[Visit, ...] = ()
    """The records to be printed as sheets, loaded within the scope of whoever prints."""
    of_round: Round | None = None
    """For the figures of a round."""
    wishes: SheetWishes | None = None
    """On which form, and what an empty field says; for visit records."""
    about: Any = None
    """The row an official form is about, loaded within the scope of whoever prints."""
    is_blank: bool = False
    """An official form to be written on by hand."""
    empty: EmptyWord = EmptyWord.NONE
    """What an empty box of an official form says."""
    pictures: FileStore | None = None
    """Where photos lie; for visit records with photos, which only a paper that hides nothing shows."""


def assignee_of(request: PrintRequest) -> Account:
    """Whose households the paper is about; RuleBroken when nobody is named."""
    if request.assignee is None:
        raise RuleBroken("ASSIGNEE_NEEDED", "누구의 보고서인지 골라 주세요.", field="account_id")
    return request.assignee


def period_of(request: PrintRequest) -> tuple[date, date]:
    """From which day to which the paper speaks, both included; RuleBroken when one is missing."""
    if request.first_on is None or request.last_on is None:
        raise RuleBroken("PERIOD_NEEDED", "언제부터 언제까지인지 골라 주세요.", field="first_on")
    return request.first_on, request.last_on


def scope_of(request: PrintRequest) -> CaseScope:
    """Which centres and days are counted; RuleBroken when a day is missing."""
    first_on, last_on = period_of(request)
    return CaseScope(tuple(centre.id for centre in request.centres), first_on, last_on)


def round_of(request: PrintRequest) -> Round:
    """The round that is counted; RuleBroken when none is named."""
    if request.of_round is None:
        raise RuleBroken("ROUND_NEEDED", "어느 차수인지 골라 주세요.", field="round_id")
    return request.of_round


def counted_subject_of(request: PrintRequest) -> str:
    """What a paper of counts is about, the same for each copy of it: a round, or a period."""
    return f"round:{request.of_round.id}" if request.of_round else "~".join(map(str, period_of(request)))


def form_subject_of(request: PrintRequest) -> str:
    """What an official form is about, the same for each copy: «service_plan:12», or BLANK."""
    return BLANK if request.is_blank else f"{request.about.__tablename__}:{request.about.id}"


ACTED_ON = ("counselled_on", "assessed_on", "held_on", "drawn_on", "sent_on", "given_on")
"""The day on which what a form tells of was done, by what its row calls it."""


def acted_on_of(request: PrintRequest) -> date | None:
    """The day a form tells of: of the talk, the survey, the meeting; None for one that tells how things stand today."""
    return next((on for name in ACTED_ON if (on := getattr(request.about, name, None))), None)


def is_by_hand(request: PrintRequest) -> bool:
    """Whether the paper is a form without anybody on it, to be written on by hand."""
    return request.is_blank or bool(request.wishes and request.wishes.blanks and not request.visits)


def subject_of(request: PrintRequest) -> dict[str, int | None]:
    """The household and the account a paper is about, as the register keeps them."""
    return {
        "household_id": household_id_of(request),
        "subject_account_id": request.assignee.id if request.assignee else None,
    }


def household_id_of(request: PrintRequest) -> int | None:
    """The household a paper is about, if it is about one."""
    if request.task:
        return request.task.household_id
    return request.household.id if request.household else None
