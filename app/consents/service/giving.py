"""Write down that somebody agreed, and ask again when it runs out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.audit import service as audit
from app.audit.rules import Action
from app.consents import queries
from app.consents.models import Consent, ConsentText
from app.consents.rules import ConsentDetails, ConsentKind, Receiver, proposed_end, refusals, words_from
from app.consents.service.effects import take_effect
from app.core.clock import korean_date
from app.core.errors import RuleBroken
from app.core.text import normalise
from app.households.models import Household, Member
from app.households.rules import age_on


class ConsentLacks(RuleBroken):
    """Everything a consent lacks, each with its field."""

    def __init__(self, problems: Sequence[RuleBroken]) -> None:
        super().__init__(problems[0].code, problems[0].text, field=problems[0].field)
        self.problems = tuple(problems)


def give_consent(
    session: Session, household: Household, details: ConsentDetails, *, actor: Identity, now: datetime
) -> Consent:
    """Keep a consent by the text that held on the day it was given. The same consent of the same day is kept once.

    Without a last day it runs as long as its text proposes. One on the screen counts for nothing until it is signed.

    Raises:
        ConsentLacks: somebody who may not agree alone, a proxy without a name or reason, no receiver, impossible days,
            or words only said and not written down.
        RuleBroken: somebody who is not of the household.
    """
    member = next((each for each in household.members if each.id == details.member_id), None)
    if member is None:
        raise RuleBroken("STRANGER", "이 가구의 사람이 아닙니다.", field="member_id")
    age = age_on(details.given_on, birth_on=member.birth_on, birth_year=member.birth_year)
    problems = refusals(details, age=age, today=korean_date(now))
    if problems:
        raise ConsentLacks(problems)
    text = queries.text_in_force(session, household.centre.district_id, details.kind, on=details.given_on)
    whole = _whole(details, text)
    known = _same(session, whole, text)
    return known if known is not None else _kept(session, household, member, whole, text, actor=actor, now=now)


def renew_consent(
    session: Session, earlier: Consent, details: ConsentDetails, *, actor: Identity, now: datetime
) -> Consent:
    """Ask again for what an earlier consent covers: the same person, kind and receiver; the earlier one stays on record.

    Raises:
        ConsentLacks, RuleBroken: as `give_consent`.
    """
    same = replace(details, member_id=earlier.member_id, kind=earlier.kind, receiver=earlier.to_whom)
    return give_consent(session, earlier.household, same, actor=actor, now=now)


def _whole(details: ConsentDetails, text: ConsentText) -> ConsentDetails:
    """With a last day, and without a receiver where the kind knows none."""
    words = words_from(text.kind, text.version, text.title, text.document)
    until = details.valid_until or proposed_end(details.given_on, words.months)
    receiver = details.receiver if details.kind is ConsentKind.THIRD_PARTY else Receiver()
    return replace(details, valid_until=until, receiver=receiver)


def _same(session: Session, details: ConsentDetails, text: ConsentText) -> Consent | None:
    statement = select(Consent).where(
        Consent.member_id == details.member_id, Consent.kind == details.kind, Consent.text_id == text.id,
        Consent.given_on == details.given_on, Consent.valid_until == details.valid_until,
        Consent.channel == details.channel, Consent.receiver == normalise(details.receiver.name),
        Consent.signer == details.signer, Consent.withdrawn_on.is_(None),
    )  # fmt: skip
    return session.scalars(statement.order_by(Consent.id)).first()


def _kept(
    session: Session, household: Household, member: Member, details: ConsentDetails, text: ConsentText, *,
    actor: Identity, now: datetime,
) -> Consent:  # fmt: skip
    row = Consent(
        household=household, member=member, kind=details.kind, text=text, provider_id=details.receiver.provider_id,
        receiver=normalise(details.receiver.name), channel=details.channel, signer=details.signer,
        signer_name=normalise(details.signer_name), proxy_because=details.proxy_because.strip(),
        given_on=details.given_on, valid_until=details.valid_until, note=details.note.strip(), by_id=actor.account_id,
        at=now,
    )  # fmt: skip
    session.add(row)
    session.flush()
    take_effect(session, row, now=now)
    audit.record(
        session, Action.CONSENT, subject=f"consent:{row.id}", household_id=household.id,
        detail=f"{row.kind.value} {row.channel.value}", actor=actor, now=now,
    )  # fmt: skip
    return row
