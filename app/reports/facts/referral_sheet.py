"""F06: a referral with no more than it names, and the sheet to reply on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.access.permissions import Permission
from app.access.policy import can
from app.care.queries import list_for_paper, standing_medicines
from app.cases.queries import standing_case
from app.consents.models import Consent
from app.consents.queries import facts_of
from app.consents.rules import covering
from app.core.text import format_phone
from app.households.models import Household, Member
from app.households.rules import Benefit
from app.plans.models import Referral
from app.plans.queries import current_plan, needs_of_referral
from app.plans.rules import ReferralGround, ReferralReply, SharedFacts
from app.reports.facts.form_parts import ground_of, lines_of
from app.reports.facts.needs_over_time import shared_needs
from app.reports.facts.persons import age_text, birth_text, first_phone
from app.reports.rules import HEALTH_WITHHELD, Letterhead, wording
from app.reports.rules.boxed import FormWishes, choice_of
from app.reports.rules.referral_sheet import AgencyFacts, ReferralSheetFacts, ReferredFacts, ReplyFacts


def gather_referral_sheet(
    session: Session, who: Identity, row: Referral | None, letterhead: Letterhead, wishes: FormWishes
) -> ReferralSheetFacts:
    """The facts of one referral, or of blank forms; unmasked, to be masked by the caller."""
    if row is None:
        return _blank(letterhead, wishes)
    shared = [SharedFacts(code) for code in row.shared if code in SharedFacts.__members__]
    return ReferralSheetFacts(
        agency=_agency(row),
        person=ReferredFacts(**_person(session, who, row, frozenset(shared), letterhead)),
        state="" if row.sent_on else row.state.label,
        sent_on=row.sent_on,
        reply_due_on=row.reply_due_on,
        sender=row.by.title,
        sender_phone=format_phone(row.household.centre.phone),
        reason=row.reason,
        asked_for=row.asked_for,
        shares=choice_of(SharedFacts, *shared),
        grounds=choice_of(ReferralGround, row.ground),
        ground_words=_ground_words(session, row, row.sent_on or letterhead.written_on),
        reply=ReplyFacts(answers=choice_of(ReferralReply, row.reply), replied_on=row.replied_on, note=row.reply_note),
        **ground_of(letterhead, wishes),
    )


def _blank(letterhead: Letterhead, wishes: FormWishes) -> ReferralSheetFacts:
    return ReferralSheetFacts(
        agency=AgencyFacts(), person=ReferredFacts(), shares=choice_of(SharedFacts), grounds=choice_of(ReferralGround),
        reply=ReplyFacts(answers=choice_of(ReferralReply)), **ground_of(letterhead, wishes),
    )  # fmt: skip


def _agency(row: Referral) -> AgencyFacts:
    """Who is asked, with what the directory knows of it."""
    entry = row.provider
    if entry is None:
        return AgencyFacts(name=row.receiver)
    return AgencyFacts(
        name=row.receiver or entry.name, kind=entry.kind.label, contact=entry.contact, phone=format_phone(entry.phone),
        fax=format_phone(entry.fax), address=entry.address,
    )  # fmt: skip


def _person(
    session: Session, who: Identity, row: Referral, shared: frozenset[SharedFacts], letterhead: Letterhead
) -> dict[str, Any]:
    """The fields of the kinds that go along; the number by which both sides name the case always does."""
    told: dict[str, Any] = {"number": row.household.number}
    if SharedFacts.NAME in shared:
        told |= _name(row, letterhead)
    if SharedFacts.CONTACT in shared:
        told |= {"phone": _phone(row), "address": row.household.address}
    if SharedFacts.FAMILY in shared:
        told["family"] = _family(row, letterhead)
    if SharedFacts.ECONOMY in shared:
        told["economy"] = wording.listed(tuple(Benefit(value).label for value in row.household.benefits), "")
    if SharedFacts.HEALTH in shared:
        told |= _health(session, who, row)
    if SharedFacts.NEEDS in shared:
        with_health = SharedFacts.HEALTH in shared and can(who, Permission.READ_NURSING_NOTE, row.household)
        told["needs"] = shared_needs(session, row.household, with_health=with_health)
    if SharedFacts.SERVICES in shared:
        told["services"] = lines_of(*_services(session, row.household))
    return told


def _name(row: Referral, letterhead: Letterhead) -> dict[str, str]:
    member = row.member
    if member is None:
        return {"name": row.household.title}
    sex = member.sex.label if member.sex else ""
    age = age_text(member, letterhead.written_on)
    return {"name": member.name, "born": birth_text(member), "age": age, "sex": sex}


def _phone(row: Referral) -> str:
    own = row.member.phone if row.member else ""
    return format_phone(own) if own else first_phone(row.household)


def _family(row: Referral, letterhead: Letterhead) -> str:
    """Who else lives there, by relation, sex and age; their names are not the agency's to know."""
    others = [each for each in row.household.members if each.is_present and each.id != row.member_id]
    told = (_relative(each, letterhead) for each in others)
    return ", ".join((row.household.household_type.label, *told))


def _relative(member: Member, letterhead: Letterhead) -> str:
    sex = member.sex.label if member.sex else ""
    about = ", ".join(part for part in (sex, age_text(member, letterhead.written_on)) if part)
    return f"{member.relation.label}({about})" if about else member.relation.label


def _health(session: Session, who: Identity, row: Referral) -> dict[str, str]:
    """Open problems of health and medicines of the person, for those who may read them."""
    if not can(who, Permission.READ_NURSING_NOTE, row.household):
        return {"health_withheld": HEALTH_WITHHELD}
    problems = [
        line.kind.label
        for line in list_for_paper(session, row.household_id, reads_health=True)
        if line.is_open and line.kind.is_health and line.row.member_id in (None, row.member_id)
    ]
    taken = standing_medicines(session, row.household_id)
    medicines = [each.name for key, rows in taken.items() if row.member_id in (None, key) for each in rows]
    said = (("건강 문제", problems), ("복용 약", medicines))
    return {"health": lines_of(*(f"{title}: {', '.join(words)}" for title, words in said if words))}


def _services(session: Session, household: Household) -> Iterator[str]:
    """What is given now by the plan that holds."""
    case = standing_case(session, household.id)
    plan = current_plan(session, case.id) if case else None
    for each in plan.services if plan else ():
        if each.ended_on is None:
            yield f"{each.title}: " + ", ".join(part for part in (each.amount, each.giver) if part)


def _ground_words(session: Session, row: Referral, on: date) -> str:
    """The consents by which it is sent on a day, or the law or danger in the words of whoever refers."""
    kept = facts_of(session, row.household_id)
    found = (covering(need, kept, on=on) for need in needs_of_referral(row))
    keys = dict.fromkeys(each.consent_id for each in found if each is not None)
    consents = (session.get_one(Consent, key) for key in keys)
    return lines_of(*dict.fromkeys(map(_consent_words, consents)), row.ground_note)


def _consent_words(consent: Consent) -> str:
    """«제3자 제공 동의 · 2026. 8. 30. · 서면 · 본인 · 2027. 8. 29.까지»."""
    until = f"{wording.day(consent.valid_until)}까지" if consent.valid_until else "기한 없음"
    given = (wording.day(consent.given_on), consent.channel.label, consent.signer.label)
    return " · ".join((f"{consent.kind.label} 동의", *given, until))
