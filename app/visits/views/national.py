"""복사용 요약 and «입력 완료»: what goes into the national systems, and what has not gone there yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import current_app, flash, make_response, redirect, render_template, request, url_for

from app.access.identity import Identity
from app.access.permissions import Permission, Role
from app.access.policy import can
from app.audit import service as audit
from app.audit.rules import Action
from app.core import clock
from app.extensions import db
from app.visits.forms.national import EnteredForm, EnteredManyForm
from app.visits.models import Visit
from app.visits.queries.national_entries import Standing, count_unentered, list_entries, list_unentered, standing_of
from app.visits.queries.national_forms import read_national_forms
from app.visits.queries.national_words import record_words
from app.visits.rules import NationalSystem, VisitState
from app.visits.rules.national import NationalForm, NationalFormError, NationalText, compose
from app.visits.service.national_entries import mark_entered, undo_entered
from app.visits.views.blueprint import blueprint, visit_from_url
from app.web.security import current_identity, requires

MOST_SHOWN = 50
BROKEN = "서버의 national_forms.json을 읽을 수 없어 요약을 만들지 못했습니다. 시스템 관리자에게 알려 주세요."


@dataclass(frozen=True, slots=True)
class NationalCard:
    """One system on the page of a record: what is pasted, and whether it was typed there."""

    text: NationalText
    standing: Standing


def national_forms() -> Mapping[NationalSystem, NationalForm]:
    """The forms in force; none at all where the installation's own cannot be used."""
    try:
        return read_national_forms(current_app.config["OUTREACH"].instance)
    except NationalFormError as error:
        current_app.logger.error("national forms: %s", error)
        return {}


def national_cards(visit: Visit, identity: Identity) -> list[NationalCard]:
    """The systems a record belongs into, with its words for whoever reads it; nothing for what does not count."""
    if visit.voided_at is not None or visit.state is not VisitState.SUBMITTED:
        return []
    reads_health = can(identity, Permission.READ_NURSING_NOTE, visit)
    forms = [
        form
        for form in national_forms().values()
        if form.wants(visit.purpose, visit.mode) and (reads_health or not form.tells_health)
    ]
    standings = standing_of(db.session, visit, [form.system for form in forms])
    return [
        NationalCard(
            compose(form, record_words(db.session, visit, reads_health=form.tells_health)), standings[form.system]
        )
        for form in forms
    ]


@blueprint.app_template_global()
def unentered_count(identity: Identity) -> int:
    """How much one has still to type, for a quiet line on 오늘; a supervisor's counts the centre."""
    if not can(identity, Permission.LIST_HOUSEHOLDS) or identity.role is Role.DISTRICT:
        return 0
    forms = national_forms().values()
    people = None if identity.role is Role.SUPERVISOR else identity.acting_for
    return count_unentered(db.session, identity, forms, today=clock.today(), people=people)


@blueprint.post("/visits/<uuid:visit_id>/entered")
@requires(Permission.MARK_ENTERED, visit_from_url)
def mark_visit_entered(visit: Visit) -> Any:
    """One record was typed."""
    form = EnteredForm()
    if form.validate_on_submit() and form.carries_out(
        lambda: mark_entered(
            db.session, [visit], NationalSystem(form.system.data), actor=current_identity(), now=clock.now()
        )
    ):
        flash(f"{NationalSystem(form.system.data).label} 입력 완료로 표시했습니다.", "ok")
    else:
        flash("표시하지 못했습니다. 무효나 취소된 기록이 아닌지 확인해 주세요.", "warn")
    return redirect(url_for("visits.show_visit", visit_id=visit.id, _anchor="national"))


@blueprint.post("/visits/<uuid:visit_id>/entered/undo")
@requires(Permission.MARK_ENTERED, visit_from_url)
def undo_visit_entered(visit: Visit) -> Any:
    """It was not typed after all."""
    form = EnteredForm()
    if form.validate_on_submit():
        undo_entered(db.session, visit, NationalSystem(form.system.data), actor=current_identity(), now=clock.now())
        flash("입력 완료 표시를 지웠습니다.", "ok")
    return redirect(url_for("visits.show_visit", visit_id=visit.id, _anchor="national"))


@blueprint.route("/visits/unentered", methods=["GET", "POST"])
@requires(Permission.LIST_HOUSEHOLDS)
def unentered() -> Any:
    """아직 입력하지 않은 기록: oldest first; one's own, for a supervisor the centre's."""
    identity, now = current_identity(), clock.now()
    forms = national_forms()
    asked = forms.get(_asked_system(identity)) or next(iter(forms.values()), None)
    people = identity.acting_for if _asks_own(identity) else None
    visits = _listed(identity, asked, people)
    form = EnteredManyForm(data={"system": asked.system.value if asked else ""})
    form.offer(visits)
    if asked is not None and form.validate_on_submit():
        return _marked(form, asked.system, visits, identity)
    page = render_template(
        "visits/unentered.html", form=form, asked=asked, national=forms, visits=visits, own=people is not None,
        entries=list_entries(db.session, [visit.id for visit in visits]), most=MOST_SHOWN, broken=None if forms else BROKEN,
    )  # fmt: skip
    shown = dict.fromkeys(visit.household_id for visit in visits)
    audit.record_list(db.session, Action.LIST, shown, subject="unentered", actor=identity, now=now)
    return make_response(page, form.status)


def _listed(identity: Identity, form: NationalForm | None, people: frozenset[int] | None) -> list[Visit]:
    if form is None:
        return []
    found = list_unentered(db.session, identity, form, today=clock.today(), people=people, most=MOST_SHOWN)
    return [visit for visit in found if can(identity, Permission.VIEW_HOUSEHOLD, visit)]


def _marked(form: EnteredManyForm, system: NationalSystem, visits: list[Visit], identity: Identity) -> Any:
    ticked = set(form.visits.data or ())
    chosen = [visit for visit in visits if str(visit.id) in ticked and can(identity, Permission.MARK_ENTERED, visit)]
    count = mark_entered(db.session, chosen, system, actor=identity, now=clock.now())
    flash(f"{count}건을 {system.label} 입력 완료로 표시했습니다. 잘못 표시했으면 기록 화면에서 지울 수 있습니다.", "ok")
    kept: dict[str, Any] = request.args.to_dict()
    return redirect(url_for("visits.unentered", **kept))


def _asked_system(identity: Identity) -> NationalSystem:
    wanted = request.args.get("system", "")
    usual = NationalSystem.PHIS if identity.role is Role.NURSE else NationalSystem.HAENGBOK
    return next((system for system in NationalSystem if system.value == wanted), usual)


def _asks_own(identity: Identity) -> bool:
    """Whether only one's own records are wanted: always for those who look after no centre."""
    if identity.role not in (Role.SUPERVISOR, Role.DISTRICT):
        return True
    return request.args.get("whose") == "own"
