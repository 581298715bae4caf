"""Guards of every view. A view is `requires(...)`-guarded or `public`; the factory refuses to start otherwise.

A guarded request is one unit of work: load the subject (404 when out of scope), ask the policy (403), run the view,
write the access-log row, commit. If the row cannot be written nothing is committed and nothing is shown.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Response, abort, current_app, g, make_response, redirect, request, url_for
from flask_login import UserMixin, current_user, logout_user
from werkzeug.wrappers import Response as BaseResponse

from app.access.identity import Identity, Origin
from app.access.permissions import Permission
from app.access.policy import can
from app.audit import service as audit
from app.audit.rules import Action
from app.core import clock
from app.core.database import unit_of_work
from app.core.errors import NotAllowed
from app.extensions import db

View = TypeVar("View", bound=Callable[..., Any])
Loader = Callable[..., Any]
LONGEST_DEVICE = 120


class SignedIn(UserMixin):
    """What flask-login carries: the session row's token, and the identity judged by the policy.

    `accounts.views` loads it from the session row; the web layer itself knows no table but the access log.
    """

    def __init__(
        self,
        token: str,
        identity: Identity,
        *,
        theme: str,
        ends_at: datetime,
        idle_seconds: int,
        must_change_password: bool,
    ) -> None:
        self.token = token
        self.identity = identity
        self.theme = theme
        self.ends_at = ends_at
        self.idle_seconds = idle_seconds
        self.must_change_password = must_change_password

    def get_id(self) -> str:
        return self.token


def origin_of_request(session_id: int | None = None) -> Origin:
    """Where this request comes from. The address is right only if OUTREACH_PROXIES is."""
    return Origin(
        address=request.remote_addr or "",
        device=request.user_agent.string[:LONGEST_DEVICE],
        request_id=g.get("request_id", ""),
        session_id=session_id,
    )


def current_identity() -> Identity:
    """The identity of the person who is asking; only in guarded views."""
    identity: Identity = current_user.identity
    return identity


def is_signed_in() -> bool:
    """Whether somebody is signed in on this request."""
    return bool(current_user.is_authenticated)


def seconds_left() -> int:
    """Seconds until this session ends if nothing more happens; 0 when it just has."""
    if not is_signed_in():
        return 0
    return max(0, int((current_user.ends_at - clock.now()).total_seconds()))


def public(view: View) -> View:
    """Mark a view that anybody may open."""

    @wraps(view)
    def opened(**url_values: Any) -> Response:
        with unit_of_work(db.session):
            return make_response(view(**url_values))

    opened.guard = "public"  # type: ignore[attr-defined]
    return opened  # type: ignore[return-value]


def requires(
    permission: Permission, load: Loader | None = None, *, records: Action | None = None
) -> Callable[[View], View]:
    """Guard a view by a permission, on the subject that `load` finds.

    Args:
        permission: what the policy is asked.
        load: `load(session, identity, **url_values)` returns the subject or raises NotFound; the view is then
            called with the subject alone. Without it the view gets the URL's values.
        records: the access-log action of a look at a person's record, written when a page is shown (a form that
            comes back with errors is a look as well; a redirect is not).

    A view may return a function instead of a page: it is called after the commit, so that slow drawing (a PDF)
    holds no lock. It must not touch the database.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(**url_values: Any) -> Response:
            if not _is_let_in():
                return sign_in_first()
            with unit_of_work(db.session):
                if current_user.must_change_password and permission is not Permission.USE_OWN_ACCOUNT:
                    return make_response(redirect(url_for("accounts.me")))
                answer = _judged(view, permission, load, records, current_identity(), url_values)
            response = make_response(answer if isinstance(answer, BaseResponse) or not callable(answer) else answer())
            response.headers["X-Session-Seconds-Left"] = str(seconds_left())
            return response

        guarded.guard = permission  # type: ignore[attr-defined]
        guarded.records = records  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return decorate


def _is_let_in() -> bool:
    """Whether somebody is signed in; a session found to have run out is marked as ended for good."""
    if is_signed_in():
        return True
    with unit_of_work(db.session):
        return False


def _judged(
    view: Callable[..., Any], permission: Permission, load: Loader | None, records: Action | None,
    identity: Identity, url_values: dict[str, Any],
) -> Any:  # fmt: skip
    subject = load(db.session, identity, **url_values) if load else None
    if not can(identity, permission, subject):
        raise NotAllowed
    answer = view(subject) if load else view(**url_values)
    if records and not _leads_away(answer):
        record_look(records, subject, identity)
    return answer


def _leads_away(answer: Any) -> bool:
    """A redirect shows nothing of anybody."""
    return isinstance(answer, BaseResponse) and 300 <= answer.status_code < 400


def record_look(action: Action, subject: Any, identity: Identity) -> None:
    """Write that this person's record was opened."""
    kind = type(subject).__name__.lower()
    household_id = subject.id if kind == "household" else getattr(subject, "household_id", None)
    audit.record(
        db.session,
        action,
        subject=f"{kind}:{subject.id}",
        household_id=household_id,
        actor=identity,
        now=clock.now(),
    )


def sign_in_first() -> Response:
    """Send somebody without a session to the sign-in page and back afterwards; scripts get a plain 401."""
    logout_user()
    if request.accept_mimetypes.best_match(["application/json", "text/html"]) == "application/json":
        abort(401)
    back = request.full_path.rstrip("?") if request.method == "GET" else request.referrer or ""
    ended = "1" if g.get("session_ended") else None
    return make_response(redirect(url_for("accounts.sign_in", next=safe_next(back), ended=ended)))


def safe_next(target: str | None) -> str | None:
    """A path inside this application, or None: never another host, never `//` or a backslash."""
    if not target:
        return None
    parts = urlsplit(target)
    if parts.netloc and parts.netloc != request.host:
        return None
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    if not path.startswith("/") or path.startswith("//") or "\\" in path or any(ord(sign) < 32 for sign in path):
        return None
    return path


def refuse_unguarded_views() -> None:
    """Stop the start if any view is neither guarded nor public.

    Raises:
        RuntimeError: naming the views.
    """
    views = current_app.view_functions
    naked = sorted(name for name, view in views.items() if name != "static" and not hasattr(view, "guard"))
    if naked:
        raise RuntimeError(f"views without a guard: {', '.join(naked)}")
