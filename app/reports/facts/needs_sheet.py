"""F02: a survey of needs as it was answered, beside the first one."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.needs import queries
from app.needs.models import NeedFound, NeedsAssessment
from app.needs.rules import NeedDomain, NeedItem, NeedLevel
from app.reports.facts.form_parts import ground_of, household_facts
from app.reports.rules import HEALTH_WITHHELD, Letterhead
from app.reports.rules.boxed import FormHouseholdFacts, FormWishes
from app.reports.rules.needs_sheet import NeedDomainFacts, NeedItemFacts, NeedsSheetFacts

LEVELS = tuple(level.label for level in NeedLevel)


def gather_needs_sheet(
    session: Session, who: Identity, row: NeedsAssessment | None, letterhead: Letterhead, wishes: FormWishes
) -> NeedsSheetFacts:
    """The facts of one survey, or of the blank form that holds on the day; unmasked, to be masked by the caller.

    What was found of health is in it for those who may read that, and for whoever wrote it.
    """
    if row is None:
        return _blank(session, who, letterhead, wishes)
    reads_health = queries.reads_health(row, who)
    form, found = queries.read(row.form), {each.item: each for each in row.found}
    return NeedsSheetFacts(
        household=household_facts(row.household, letterhead.written_on),
        form_name=form.name,
        form_version=form.version,
        levels=LEVELS,
        domains=tuple(_domain(each, found, reads_health=reads_health) for each in form.domains),
        assessed_on=row.assessed_on,
        assessor=row.by.title,
        compared=queries.comparison(session, row.household_id, until=row.assessed_on, who=who),
        own_words=row.own_words,
        strengths=row.strengths,
        workers_view=row.workers_view,
        **ground_of(letterhead, wishes),
    )


def _blank(session: Session, who: Identity, letterhead: Letterhead, wishes: FormWishes) -> NeedsSheetFacts:
    form = queries.read(queries.form_in_force(session, who.district_id, on=letterhead.written_on))
    return NeedsSheetFacts(
        household=FormHouseholdFacts(),
        form_name=form.name,
        form_version=form.version,
        levels=LEVELS,
        domains=tuple(_domain(each, {}, reads_health=True) for each in form.domains),
        **ground_of(letterhead, wishes),
    )


def _domain(domain: NeedDomain, found: dict[str, NeedFound], *, reads_health: bool) -> NeedDomainFacts:
    hides = domain.is_health and not reads_health
    return NeedDomainFacts(
        label=domain.label, items=tuple(_item(item, found.get(item.code), hides=hides) for item in domain.items)
    )


def _item(item: NeedItem, found: NeedFound | None, *, hides: bool) -> NeedItemFacts:
    note = found.note if found else ""
    return NeedItemFacts(
        label=item.label,
        hint=item.hint,
        level=found.level.label if found and not hides else "",
        note="" if hides else note,
        note_withheld=HEALTH_WITHHELD if hides else "",
    )
