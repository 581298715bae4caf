"""Put the application together: settings, extensions, blueprints, error pages; refuse an unguarded view."""

from __future__ import annotations

from datetime import timedelta
from inspect import iscoroutinefunction
from pathlib import Path
from typing import Any

from flask import Flask
from flask_login import current_user
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.middleware.proxy_fix import ProxyFix

from app.access.permissions import Permission
from app.access.policy import can
from app.accounts.rules import LONGEST_SESSION
from app.alerts.queries import count_unread
from app.config import Settings, read_settings
from app.core import clock
from app.core.database import engine_options
from app.extensions import csrf, db, login_manager
from app.safety.queries import find_own_outing
from app.web import converters, drawing, errors, headers, links, logs, navigation, security, words

PACKAGE = Path(__file__).resolve().parent
LARGEST_UPLOAD = 12 * 1024 * 1024
LARGEST_FORM = 2 * 1024 * 1024


def folder(name: str) -> Path:
    """A folder of the project beside `app/`, or inside it when installed from a wheel."""
    beside = PACKAGE.parent / name
    return beside if beside.is_dir() else PACKAGE / f"_{name}"


def create_app(settings: Settings | None = None) -> Flask:
    """The application, ready to serve.

    Raises:
        SettingsError: the environment asks for something unsafe.
        RuntimeError: a view has no guard.
    """
    settings = settings or read_settings()
    app = Flask("app", template_folder=str(folder("templates")), static_folder=str(PACKAGE / "static"))
    app.jinja_environment = drawing.Templates
    _configure(app, settings)
    db.init_app(app)
    _keep_out_of_loops(app)
    csrf.init_app(app)
    login_manager.init_app(app)
    login_manager.session_protection = None  # the session row is the session; addresses change with the tablet
    headers.install_headers(app, production=settings.production)
    logs.log_requests(app)
    errors.install_error_pages(app)
    words.install_words(app)
    converters.install_converters(app)
    links.install_links(app)
    drawing.install_drawing(app)
    _register_blueprints(app)
    app.context_processor(_page_context)
    with app.app_context():
        security.refuse_unguarded_views()
    if settings.proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies, x_host=settings.proxies
        )
    return app


def _keep_out_of_loops(app: Flask) -> None:
    """No asynchronous session is ever opened: to close none, every request would begin an event loop in a thread."""
    app.teardown_appcontext_funcs[:] = [each for each in app.teardown_appcontext_funcs if not iscoroutinefunction(each)]


def _configure(app: Flask, settings: Settings) -> None:
    settings.instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    app.config.update(
        OUTREACH=settings,
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_ENGINES={"default": engine_options(settings.database_url)},
        MAX_CONTENT_LENGTH=LARGEST_UPLOAD,
        MAX_FORM_MEMORY_SIZE=LARGEST_FORM,
        WTF_CSRF_TIME_LIMIT=None,  # a visit note may take longer than Flask-WTF's hour
        SESSION_COOKIE_NAME="__Host-outreach" if settings.production else "outreach",
        SESSION_COOKIE_SECURE=settings.production,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Strict",
        PERMANENT_SESSION_LIFETIME=LONGEST_SESSION,
        SEND_FILE_MAX_AGE_DEFAULT=timedelta(hours=1),
    )
    app.jinja_env.globals["Permission"] = Permission
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True


def _register_blueprints(app: Flask) -> None:
    from app.accounts import views as accounts
    from app.alerts import views as alerts
    from app.assessments import views as assessments
    from app.assignments import views as assignments
    from app.attachments import views as attachments
    from app.calendars import views as calendars
    from app.calendars.views import workload
    from app.care import views as care
    from app.care_groups import views as care_groups
    from app.cases import views as cases
    from app.conferences import views as conferences
    from app.consents import views as consents
    from app.discoveries import views as discoveries
    from app.follow_ups import views as follow_ups
    from app.households import views as households
    from app.needs import views as needs
    from app.operations import views as operations
    from app.plans import views as plans
    from app.providers import views as providers
    from app.reminders import views as reminders
    from app.reports import views as reports
    from app.safety import views as safety
    from app.supervision import views as supervision
    from app.timelines import views as timelines
    from app.visits import views as visits
    from app.web import health

    for slice_ in (
        health, accounts, alerts, households, assignments, follow_ups, visits, calendars, workload, reminders, discoveries,
        timelines, supervision, reports, operations, assessments, care_groups, safety, attachments, care, cases, conferences, providers, plans, needs, consents,
    ):  # fmt: skip
        app.register_blueprint(slice_.blueprint)


SIGNED_OUT: dict[str, Any] = {"identity": None, "navigation": [], "theme": "light", "can": lambda *_args: False}


def _page_context() -> dict[str, Any]:
    """What every page's frame shows. An error page of a broken database is drawn without it."""
    try:
        return _signed_in_context() if security.is_signed_in() else SIGNED_OUT
    except SQLAlchemyError:
        return SIGNED_OUT


def _signed_in_context() -> dict[str, Any]:
    identity = security.current_identity()
    return {
        "identity": identity,
        "navigation": navigation.menu_for(identity),
        "alert_count": count_unread(db.session, identity),
        "can_go_out": identity.role.belongs_to_centre,
        "own_outing": find_own_outing(db.session, identity) if identity.role.belongs_to_centre else None,
        "session_seconds_left": security.seconds_left(),
        "session_idle_seconds": current_user.idle_seconds,
        "theme": current_user.theme,
        "today": clock.today(),
        "can": lambda permission, subject=None: can(identity, permission, subject),
    }
