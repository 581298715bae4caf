"""Many households change hands at once: choose, confirm the number, do it, take it back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.access.permissions import Permission
from app.accounts.models import Account
from app.accounts.queries import get_account
from app.assignments import queries, service
from app.assignments.forms import NOBODY, FromForm, HandOverForm, UndoForm
from app.assignments.models import Assignment
from app.assignments.rules import Duty
from app.assignments.views.blueprint import blueprint
from app.audit import service as audit
from app.audit.rules import Action
from app.core import clock
from app.core.errors import NotFound
from app.extensions import db
from app.households.models import Household
from app.households.queries import lines_of
from app.web.security import current_identity, requires


@blueprint.route("/assignments/reassign", methods=["GET", "POST"])
@requires(Permission.ASSIGN)
def reassign() -> Any:
    """Choose from whom, which and to whom; nothing changes before the number was confirmed."""
    identity = current_identity()
    chosen = _from_form(identity)
    duty = chosen.chosen_duty
    holder = _holder(chosen.who.data)
    held = queries.list_held(db.session, identity, duty, holder.id if holder else None)
    form = HandOverForm()
    form.offer([one for one in queries.list_fitting(db.session, identity, duty) if one is not holder])
    if form.validate_on_submit():
        going = form.chosen(held)
        if not form.confirmed.data:
            return _confirmation(form, chosen, holder, going)
        if form.carries_out(lambda: _hand_over(form, chosen, going, identity)):
            return _after(form.outcome, going, holder)
    return _choice(form, chosen, held, identity)


def _from_form(identity: Identity) -> FromForm:
    form = FromForm()
    loads = queries.list_loads(db.session, identity, today=clock.today())
    form.offer([load.account for load in loads if load.account and load.duty == (form.duty.data or Duty.NURSE)])
    form.understood()
    return form


def _holder(who: str | None) -> Account | None:
    return get_account(db.session, int(who)) if who and who != NOBODY else None


def _choice(form: HandOverForm, chosen: FromForm, held: Sequence[Household], identity: Identity) -> Any:
    lines = lines_of(held, today=clock.today())
    page = render_template("assignments/reassign.html", form=form, chosen=chosen, lines=lines)
    _record_list([household.id for household in held], identity)
    return make_response(page, form.status)


def _confirmation(form: HandOverForm, chosen: FromForm, holder: Account | None, going: Sequence[Household]) -> Any:
    receiver = get_account(db.session, int(form.account_id.data))
    lines = lines_of(going, today=clock.today())
    page = render_template(
        "assignments/confirm.html", form=form, chosen=chosen, holder=holder, receiver=receiver, lines=lines
    )
    _record_list([household.id for household in going], current_identity())
    return page


def _hand_over(form: HandOverForm, chosen: FromForm, going: Sequence[Household], identity: Identity) -> int:
    receiver = get_account(db.session, int(form.account_id.data))
    return service.reassign(
        db.session, going, chosen.chosen_duty, receiver, reason=form.reason.data, actor=identity, now=clock.now()
    )


def _after(changed: int, going: Sequence[Household], holder: Account | None) -> Any:
    """To the result, from where it can be taken back."""
    if not changed:
        flash("그사이 담당이 바뀌어 옮길 가구가 없습니다.", "warn")
        return redirect(url_for("assignments.board"))
    first = queries.list_history(db.session, going[0].id)[0]
    back = holder.id if holder else NOBODY
    return redirect(url_for("assignments.handed_over", assignment_id=first.id, back=back))


def handover_from_url(session: Session, identity: Identity, *, assignment_id: int) -> Sequence[Assignment]:
    """All assignments made together with the one of the URL, or 404."""
    return queries.list_handed_over(session, identity, assignment_id)


@blueprint.get("/assignments/handed-over/<int:assignment_id>")
@requires(Permission.ASSIGN, handover_from_url)
def handed_over(made: Sequence[Assignment]) -> Any:
    """What was done, and the way back."""
    identity = current_identity()
    households = queries.list_by_ids(db.session, identity, {assignment.household_id for assignment in made})
    standing = sum(assignment.until_on is None for assignment in made)
    form = UndoForm(formdata=None, data={"back_to": request.args.get("back", "")})
    page = render_template(
        "assignments/handed_over.html", made=made, lines=lines_of(households, today=clock.today()), standing=standing,
        form=form, giver=_giver(form, identity), knows_giver=form.account_id is not None or form.back_to.data == NOBODY,
    )  # fmt: skip
    _record_list([household.id for household in households], identity)
    return page


@blueprint.post("/assignments/handed-over/<int:assignment_id>/undo")
@requires(Permission.ASSIGN, handover_from_url)
def undo(made: Sequence[Assignment]) -> Any:
    """Give them back to whom they were taken from."""
    identity, form = current_identity(), UndoForm()
    giver = _giver(form, identity)
    queries.list_by_ids(db.session, identity, {assignment.household_id for assignment in made})
    if form.validate_on_submit() and form.carries_out(
        lambda: service.give_back(db.session, made, giver, reason="되돌림", actor=identity, now=clock.now())
    ):
        flash(f"{form.outcome}가구의 담당을 되돌렸습니다.", "ok")
    else:
        flash(" ".join(str(text) for text in form.form_errors) or "되돌리지 못했습니다.", "danger")
    return redirect(url_for("assignments.board"))


def _giver(form: UndoForm, identity: Identity) -> Account | None:
    """Who held the households before; NotFound for somebody out of scope."""
    if form.account_id is None:
        return None
    account = get_account(db.session, form.account_id)
    if account.centre_id not in identity.centre_ids:
        raise NotFound
    return account


def _record_list(household_ids: Sequence[int], identity: Identity) -> None:
    audit.record_list(db.session, Action.LIST, household_ids, subject="assignments", actor=identity, now=clock.now())
