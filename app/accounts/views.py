"""Sign in and out, one's own account, and the administrator's accounts."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    flash,
    g,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_login import current_user, login_user, logout_user
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.access.permissions import Permission, Role
from app.accounts import queries, service
from app.accounts.forms import AccountForm, AddressForm, MailForm, PasswordForm, RoleForm, SignInForm
from app.accounts.models import Account
from app.accounts.rules import ends_at, idle_limit
from app.audit import service as audit
from app.audit.rules import Action
from app.core import clock
from app.core.errors import NotFound
from app.extensions import db, login_manager
from app.web.navigation import home_of
from app.web.security import SignedIn, current_identity, origin_of_request, public, requires, safe_next

blueprint = Blueprint("accounts", __name__)
OWN = Permission.USE_OWN_ACCOUNT
KEEP = Permission.KEEP_ACCOUNTS


@login_manager.user_loader  # type: ignore[untyped-decorator]
def load_signed_in(token: str) -> SignedIn | None:
    """The person behind a session cookie, or None when the session is over."""
    now = clock.now()
    opened = service.resume_session(db.session, token, now=now)
    if opened is None:
        g.session_ended = True
        return None
    role = opened.identity.role
    return SignedIn(
        token,
        replace(opened.identity, origin=origin_of_request(session_id=opened.id)),
        theme=opened.theme,
        ends_at=ends_at(role, created_at=opened.created_at, seen_at=now),
        idle_seconds=int(idle_limit(role).total_seconds()),
        must_change_password=opened.must_change_password,
    )


@blueprint.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> Any:
    """Ask for login and password; lead on to where the person wanted to go."""
    form = SignInForm()
    refusal = None
    if form.validate_on_submit():
        answer = service.sign_in(
            db.session, form.login.data, form.password.data, origin=origin_of_request(), now=clock.now()
        )
        if isinstance(answer, str):
            return _enter(answer)
        refusal = answer.text
    status = 422 if refusal or form.errors else 200
    page = render_template("accounts/sign_in.html", form=form, refusal=refusal, demo_accounts=_demo_accounts())
    return make_response(page, status)


def _enter(token: str) -> Response:
    signed_in = load_signed_in(token)
    if signed_in is None:
        abort(503)  # the session opened a moment ago cannot be read back: the database is in trouble
    login_user(signed_in)
    target = safe_next(request.args.get("next")) or home_of(signed_in.identity)
    return make_response(redirect(target))


def _demo_accounts() -> list[dict[str, str]]:
    """The generated accounts, in demo mode only."""
    settings = current_app.config["OUTREACH"]
    path = settings.instance / "demo-accounts.json"
    if not settings.demo or not path.exists():
        return []
    accounts: list[dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))
    return [account | {"role_label": Role(account["role"]).label} for account in accounts]


@blueprint.post("/sign-out")
@requires(OWN)
def sign_out() -> Response:
    """End this session on the server; the cookie is worth nothing afterwards."""
    now, identity = clock.now(), current_identity()
    if identity.origin.session_id is not None:
        service.revoke(db.session, identity.origin.session_id, because="로그아웃", now=now)
    audit.record(db.session, Action.SIGN_OUT, row_count=0, actor=identity, now=now)
    logout_user()
    response = make_response(redirect(url_for("accounts.sign_in")))
    # Not "storage": it holds stamps of an outing and photos that wait for a line, as ids, moments and noise without a key.
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@blueprint.post("/session/extend")
@requires(OWN)
def extend_session() -> Response:
    """Keep the session: being asked is enough, the session row was touched on the way in."""
    seconds = int((current_user.ends_at - clock.now()).total_seconds())
    return jsonify(seconds_left=seconds)


@blueprint.route("/me", methods=["GET", "POST"])
@requires(OWN)
def me() -> Any:
    """One's own account: password, mail, look, and where one is signed in."""
    form, identity = PasswordForm(), current_identity()
    if form.validate_on_submit() and form.carries_out(
        lambda: service.change_own_password(
            db.session, current=form.current.data, new=form.new.data, actor=identity, now=clock.now()
        )
    ):
        flash("비밀번호를 바꾸었습니다. 다른 기기의 로그인은 모두 끝났습니다.", "ok")
        return redirect(home_of(identity))
    return _own_page(identity, form, MailForm(None, obj=_own(identity)))


@blueprint.post("/me/mail")
@requires(OWN)
def keep_own_mail() -> Any:
    """Where one's own mails go, and whether one wants them."""
    form, identity = MailForm(), current_identity()
    account = _own(identity)
    if not form.validate_on_submit():
        return _own_page(identity, PasswordForm(None), form)
    service.keep_mail(
        db.session, account, email=form.email.data, wants_mail=form.wants_mail.data, actor=identity, now=clock.now()
    )
    flash("메일 설정을 저장했습니다.", "ok")
    return redirect(url_for("accounts.me"))


def _own(identity: Identity) -> Account:
    return queries.get_account(db.session, identity.account_id or 0)


def _own_page(identity: Identity, form: PasswordForm, mail_form: MailForm) -> Response:
    page = render_template(
        "accounts/me.html", form=form, mail_form=mail_form, account=_own(identity), sends_mail=sends_mail(),
        sessions=queries.list_open_sessions(db.session, identity.account_id or 0),
        current_session_id=identity.origin.session_id, must_change=current_user.must_change_password,
    )  # fmt: skip
    return make_response(page, max(form.status, mail_form.status))


def sends_mail() -> bool:
    """Whether this installation sends any mail."""
    return current_app.config["OUTREACH"].mail is not None


@blueprint.post("/me/theme")
@requires(OWN)
def choose_theme() -> Response:
    """The light or the high-contrast look."""
    service.choose_theme(db.session, request.form.get("theme", ""), actor=current_identity())
    return make_response(redirect(url_for("accounts.me")))


@blueprint.post("/me/sessions/end-others")
@requires(OWN)
def end_other_sessions() -> Response:
    """Sign out everywhere else, for instance when a tablet is lost."""
    identity = current_identity()
    service.revoke_all(
        db.session,
        identity.account_id or 0,
        because="다른 기기 로그아웃",
        now=clock.now(),
        keep_id=identity.origin.session_id,
    )
    flash("다른 기기의 로그인을 모두 끝냈습니다.", "ok")
    return make_response(redirect(url_for("accounts.me")))


@blueprint.get("/accounts")
@requires(KEEP)
def list_accounts() -> Any:
    """Everybody of the 시군구."""
    accounts = queries.list_accounts(db.session, current_identity().district_id)
    return render_template("accounts/list_accounts.html", accounts=accounts)


@blueprint.route("/accounts/new", methods=["GET", "POST"])
@requires(KEEP)
def create_account() -> Any:
    """Add an account; its first password is shown once."""
    form, identity = AccountForm(), current_identity()
    form.offer_centres(queries.list_centres_of_district(db.session, identity.district_id))
    if form.validate_on_submit() and form.carries_out(
        lambda: service.create_account(
            db.session, form.to_details(), district_id=identity.district_id, actor=identity, now=clock.now()
        )
    ):
        account, password = form.outcome
        return render_template("accounts/first_password.html", account=account, password=password)
    page = render_template("accounts/create_account.html", form=form, sends_mail=sends_mail())
    return make_response(page, form.status)


def account_from_url(session: Session, identity: Identity, *, account_id: int) -> Account:
    """An account of one's own 시군구, or NotFound."""
    account = queries.get_account(session, account_id)
    if account.district_id != identity.district_id:
        raise NotFound
    return account


@blueprint.route("/accounts/<int:account_id>", methods=["GET", "POST"])
@requires(KEEP, account_from_url)
def edit_account(account: Account) -> Any:
    """Change role or centre."""
    form, identity = (
        RoleForm(role=account.role.value, centre_id=str(account.centre_id or "")),
        current_identity(),
    )
    form.offer_centres(queries.list_centres_of_district(db.session, identity.district_id))
    if form.validate_on_submit() and form.carries_out(
        lambda: service.change_role(
            db.session,
            account,
            Role(form.role.data),
            centre_id=form.chosen_centre(),
            actor=identity,
            now=clock.now(),
        )
    ):
        flash("역할을 바꾸었습니다. 열려 있던 로그인은 모두 끝났습니다.", "ok")
        return redirect(url_for("accounts.edit_account", account_id=account.id))
    return _account_page(account, form, AddressForm(None, obj=account))


def _account_page(account: Account, form: RoleForm, address_form: AddressForm) -> Response:
    page = render_template(
        "accounts/edit_account.html", form=form, address_form=address_form, account=account, sends_mail=sends_mail(),
        sessions=queries.list_open_sessions(db.session, account.id),
    )  # fmt: skip
    return make_response(page, max(form.status, address_form.status))


@blueprint.post("/accounts/<int:account_id>/address")
@requires(KEEP, account_from_url)
def keep_address(account: Account) -> Any:
    """Where somebody's mails go; their sessions go on."""
    form, identity = AddressForm(), current_identity()
    if form.validate_on_submit():
        service.keep_mail(db.session, account, email=form.email.data, actor=identity, now=clock.now())
        flash("메일 주소를 저장했습니다.", "ok")
        return redirect(url_for("accounts.edit_account", account_id=account.id))
    role_form = RoleForm(None, role=account.role.value, centre_id=str(account.centre_id or ""))
    role_form.offer_centres(queries.list_centres_of_district(db.session, identity.district_id))
    return _account_page(account, role_form, form)


@blueprint.post("/accounts/<int:account_id>/disable")
@requires(KEEP, account_from_url)
def disable(account: Account) -> Response:
    """Bar an account at once."""
    return _changed(account, lambda now: service.disable(db.session, account, actor=current_identity(), now=now))


@blueprint.post("/accounts/<int:account_id>/enable")
@requires(KEEP, account_from_url)
def enable(account: Account) -> Response:
    """Let an account in again."""
    return _changed(account, lambda now: service.enable(db.session, account, actor=current_identity(), now=now))


def _changed(account: Account, verb: Any) -> Response:
    form = RoleForm()
    if form.carries_out(lambda: verb(clock.now())):
        flash("계정 상태를 바꾸었습니다.", "ok")
    else:
        flash(str(form.form_errors[-1]), "danger")
    return make_response(redirect(url_for("accounts.edit_account", account_id=account.id)))


@blueprint.post("/accounts/<int:account_id>/reset-password")
@requires(KEEP, account_from_url)
def reset_password(account: Account) -> Any:
    """Give a new first password, shown once."""
    password = service.reset_password(db.session, account, actor=current_identity(), now=clock.now())
    return render_template("accounts/first_password.html", account=account, password=password)
