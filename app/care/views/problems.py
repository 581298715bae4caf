"""The problem list of a household: both professions, one list; what concerns health only for who may read it."""

from __future__ import annotations

from typing import Any

from flask import flash, make_response, redirect, render_template, url_for

from app.access.permissions import Permission
from app.audit.rules import Action
from app.care import queries, service
from app.care.forms import AddProblemForm, CloseProblemForm, DescribeForm, RateForm
from app.care.models import Problem
from app.care.queries import omaha
from app.care.rules import Domain, ProblemKind
from app.care.views.blueprint import blueprint, household_from_url, problem_from_url
from app.core import clock
from app.core.errors import StaleRecord
from app.core.text import choseong, search_key
from app.extensions import db
from app.households.models import Household
from app.web.security import current_identity, requires
from app.web.versions import VersionForm


@blueprint.get("/households/<int:household_id>/problems")
@requires(Permission.VIEW_HOUSEHOLD, household_from_url, records=Action.VIEW)
def list_problems(household: Household) -> Any:
    """What stands open with its ratings over time, and what was closed."""
    identity = current_identity()
    lines = queries.list_problems(db.session, identity, household)
    return render_template(
        "care/problems.html", household=household, today=clock.today(),
        standing=[line for line in lines if line.is_open], closed=[line for line in lines if not line.is_open],
        sight=queries.sight_of(identity, household),
    )  # fmt: skip


@blueprint.route("/households/<int:household_id>/problems/new", methods=["GET", "POST"])
@requires(Permission.KEEP_PROBLEMS, household_from_url, records=Action.VIEW)
def add_problem(household: Household) -> Any:
    """Find one of the 42 problems by Korean words or 초성, and put it on the list."""
    identity, now = current_identity(), clock.now()
    kinds = _offered(household)
    members = [member for member in household.members if member.is_present]
    form = AddProblemForm.beginning(kinds, members, clock.korean_date(now))
    if form.validate_on_submit() and form.carries_out(
        lambda: service.open_problem(db.session, household, form.to_details(), actor=identity, now=now)
    ):
        flash("문제를 목록에 올렸습니다. 지금 어떤지 평가해 주세요.", "ok")
        return redirect(url_for("care.show_problem", household_id=household.id, problem_id=form.outcome.id))
    page = render_template("care/add_problem.html", household=household, form=form, domains=_by_domain(kinds))
    return make_response(page, form.status)


def _offered(household: Household) -> list[ProblemKind]:
    """What this person may put on the list."""
    identity = current_identity()
    sight = queries.sight_of(identity, household)
    return [kind for kind in omaha().problems.values() if sight.shows(kind, opened_by_id=identity.account_id)]


def _by_domain(kinds: list[ProblemKind]) -> list[tuple[Domain, str, list[tuple[ProblemKind, str]]]]:
    """The problems under their domains, each with what finds it; and why a domain is health or shared."""
    found = ((domain, [(kind, _found_by(kind)) for kind in kinds if kind.domain is domain]) for domain in Domain)
    return [(domain, omaha().becauses[domain], each) for domain, each in found if each]


def _found_by(kind: ProblemKind) -> str:
    words = (kind.label, *kind.signs, kind.name)
    return " ".join([*map(search_key, words), choseong(kind.label)])


@blueprint.get("/households/<int:household_id>/problems/<int:problem_id>")
@requires(Permission.VIEW_HOUSEHOLD, problem_from_url, records=Action.VIEW)
def show_problem(problem: Problem) -> Any:
    """One problem: how it was rated over time, what it shows itself by, and what can be done with it."""
    return _page(problem)


@blueprint.post("/households/<int:household_id>/problems/<int:problem_id>/rate")
@requires(Permission.KEEP_PROBLEMS, problem_from_url, records=Action.VIEW)
def rate_problem(problem: Problem) -> Any:
    """Rate it again, apart from a visit."""
    form = RateForm()
    if form.validate_on_submit() and form.carries_out(
        lambda: service.rate_problem(
            db.session, problem, form.to_rated(problem.id), on=form.rated_on.data, version=form.opened_version, actor=current_identity(),
            now=clock.now(),
        )
    ):  # fmt: skip
        return _done(problem, "다시 평가했습니다.")
    return _page(problem, rate=form)


@blueprint.post("/households/<int:household_id>/problems/<int:problem_id>/signs")
@requires(Permission.KEEP_PROBLEMS, problem_from_url, records=Action.VIEW)
def describe_problem(problem: Problem) -> Any:
    """Write what it shows itself by."""
    form = DescribeForm()
    if form.validate_on_submit() and form.carries_out(
        lambda: service.describe_problem(
            db.session, problem, form.signs.data or "", version=form.opened_version, actor=current_identity(),
            now=clock.now(),
        )
    ):  # fmt: skip
        return _done(problem, "징후와 내용을 고쳤습니다.")
    return _page(problem, describe=form)


@blueprint.post("/households/<int:household_id>/problems/<int:problem_id>/close")
@requires(Permission.KEEP_PROBLEMS, problem_from_url, records=Action.VIEW)
def close_problem(problem: Problem) -> Any:
    """Take it off the open list, with the reason."""
    form = CloseProblemForm()
    if form.validate_on_submit() and form.carries_out(
        lambda: service.close_problem(
            db.session, problem, because=form.because.data, version=form.opened_version, actor=current_identity(),
            now=clock.now(),
        )
    ):  # fmt: skip
        flash("문제를 종결했습니다. 다시 열 수 있습니다.", "ok")
        return redirect(url_for("care.list_problems", household_id=problem.household_id))
    return _page(problem, close=form)


@blueprint.post("/households/<int:household_id>/problems/<int:problem_id>/reopen")
@requires(Permission.KEEP_PROBLEMS, problem_from_url, records=Action.VIEW)
def reopen_problem(problem: Problem) -> Any:
    """Put a closed problem back on the list."""
    form = VersionForm()
    if form.validate_on_submit() and form.carries_out(
        lambda: service.reopen_problem(
            db.session, problem, version=form.opened_version, actor=current_identity(), now=clock.now()
        )
    ):
        return _done(problem, "문제를 다시 열었습니다.")
    return _page(problem, reopen=form)


def _done(problem: Problem, said: str) -> Any:
    flash(said, "ok")
    return redirect(url_for("care.show_problem", household_id=problem.household_id, problem_id=problem.id))


def _page(problem: Problem, **sent: Any) -> Any:
    """The page of a problem; a form that came back stands on it with what was typed, and on the newest version."""
    broken = next(iter(sent.values()), None)
    if broken is not None and isinstance(broken.broken, StaleRecord):
        db.session.refresh(problem)
    line = queries.line_of(db.session, problem)
    last = dict(zip(("knowledge", "behaviour", "status"), map(str, line.last or ()), strict=False))
    fresh: dict[str, Any] = {
        "rate": lambda: RateForm(formdata=None, data=last | {"rated_on": clock.today()}),
        "describe": lambda: DescribeForm(formdata=None, data={"signs": problem.signs}),
        "close": lambda: CloseProblemForm(formdata=None),
        "reopen": lambda: VersionForm(formdata=None),
    }
    forms = {name: sent.get(name) or begin() for name, begin in fresh.items()}
    for form in forms.values():
        form.version.data = str(problem.version)
    page = render_template(
        "care/problem.html", household=problem.household, line=line, forms=forms, broken=broken, today=clock.today()
    )
    return make_response(page, 422 if broken is not None and broken.errors else 200)
