"""The command group itself, and what every command begins with: the application, and who acts."""

from __future__ import annotations

import gc
import os
from datetime import datetime
from typing import Any

import click
from flask import Flask
from sqlalchemy.exc import OperationalError, ProgrammingError

from app.access.identity import Identity, Origin
from app.access.permissions import Role
from app.accounts import queries as accounts
from app.config import SettingsError, read_settings
from app.core import clock
from app.core.errors import RuleBroken
from app.extensions import db
from app.factory import create_app
from app.follow_ups.rules import DocumentError
from app.web.logs import configure_logs


class _Outreach(click.Group):
    """Turns what may go wrong into one clear line and exit code 2, without a traceback."""

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except (SettingsError, DocumentError) as error:
            raise click.ClickException(str(error)) from error
        except RuleBroken as broken:
            raise click.ClickException(broken.text) from broken
        except (OperationalError, ProgrammingError) as error:
            raise click.ClickException("the database does not answer, or needs `outreach init`") from error


@click.group(cls=_Outreach, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """찾아가는 복지 사례관리: outreach welfare case management."""
    configure_logs()


def open_app() -> Flask:
    """The application for one command: its files are the user's alone."""
    os.umask(0o077)  # the database and everything beside it belong to the server's user alone
    app = create_app(read_settings())
    gc.freeze()  # what lives as long as the process is not searched for garbage again and again: a third of a refresh
    return app


def system_identity(district_id: int, now: datetime) -> Identity:
    """Who acts when a command does; the access log shows it as the system."""
    origin = Origin(device="outreach command", request_id=f"command-{now:%Y%m%d%H%M%S}")
    return Identity(None, "시스템", Role.ADMIN, None, "", district_id, frozenset(), origin)


def person_called(login: str) -> Identity:
    """The person of an account; what a command may see is theirs.

    Raises:
        ClickException: no such account, or one that is closed.
    """
    account = accounts.find_account_by_login(db.session, login)
    if account is None or account.disabled_at:
        raise click.ClickException(f"no such account: {login}")
    origin = Origin(device="outreach command")
    return accounts.identity_of(db.session, account, origin=origin, today=clock.today())
