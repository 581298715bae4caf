"""A mail server is named wholly and safely, or the program does not start; a password is never repeated."""

from __future__ import annotations

from pathlib import Path

import pytest
from app.config import MailSettings, SettingsError, read_settings

SECRET = "3nW9xQ7pLr2sVt8yBc4dFg6hJk1mZa5eUi0o"
WHOLE = {
    "OUTREACH_SMTP_URL": "smtps://robot:geheim%2F7%40@mail.example.go.kr",
    "OUTREACH_MAIL_FROM": "outreach@example.go.kr",
    "OUTREACH_BASE_URL": "https://outreach.example.go.kr/",
}


def read(folder: Path, **changes: str) -> MailSettings | None:
    return read_settings({"OUTREACH_INSTANCE": str(folder), **WHOLE, **changes}).mail


def test_without_a_server_no_mail_is_written(tmp_path: Path) -> None:
    settings = read_settings({"OUTREACH_INSTANCE": str(tmp_path)})
    assert (settings.mail, settings.base_url) == (None, "")


def test_everything_comes_out_of_one_url_and_a_password_may_hold_any_character(tmp_path: Path) -> None:
    assert read(tmp_path) == MailSettings(
        host="mail.example.go.kr", port=465, sender="outreach@example.go.kr", user="robot", password="geheim/7@", tls=True
    )  # fmt: skip


@pytest.mark.parametrize(
    ("url", "port", "tls", "starttls"),
    [
        ("smtp://mail.example.go.kr", 25, False, False),
        ("smtp://mail.example.go.kr:2525/", 2525, False, False),
        ("smtp://u:p@mail.example.go.kr?starttls=1", 587, False, True),
        ("smtp://mail.example.go.kr:26?starttls=0", 26, False, False),
        ("smtps://u:p@mail.example.go.kr:8465", 8465, True, False),
        ("smtp://u:p@127.0.0.1:1025", 1025, False, False),
        ("smtp://u:p@[::1]:1025", 1025, False, False),
    ],
)
def test_port_and_encryption_follow_the_scheme(tmp_path: Path, url: str, port: int, tls: bool, starttls: bool) -> None:
    mail = read(tmp_path, OUTREACH_SMTP_URL=url)
    assert mail is not None
    assert (mail.port, mail.tls, mail.starttls) == (port, tls, starttls)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"OUTREACH_SMTP_URL": "http://mail.example.go.kr"}, "must look like smtp"),
        ({"OUTREACH_SMTP_URL": "mail.example.go.kr:25"}, "must look like smtp"),
        ({"OUTREACH_SMTP_URL": "smtp://"}, "must look like smtp"),
        ({"OUTREACH_SMTP_URL": "smtp://mail.example.go.kr/inbox"}, "must look like smtp"),
        ({"OUTREACH_SMTP_URL": "smtp://mail.example.go.kr?ssl=1"}, "one option"),
        ({"OUTREACH_SMTP_URL": "smtp://mail.example.go.kr?starttls=yes"}, "one option"),
        ({"OUTREACH_SMTP_URL": "smtp://mail.example.go.kr:99999"}, "port must be a number"),
        ({"OUTREACH_SMTP_URL": "smtp://mail example.go.kr"}, "space"),
        ({"OUTREACH_SMTP_URL": "smtps://u:p@mail.example.go.kr?starttls=1"}, "leave starttls out"),
        ({"OUTREACH_SMTP_URL": "smtps://u@mail.example.go.kr"}, "not both"),
        ({"OUTREACH_SMTP_URL": "smtps://:p@mail.example.go.kr"}, "not both"),
        ({"OUTREACH_SMTP_URL": "smtp://u:p@mail.example.go.kr"}, "unencrypted"),
        ({"OUTREACH_SMTP_URL": "smtps://u:%EB%B4%84@mail.example.go.kr"}, "ASCII"),
        ({"OUTREACH_MAIL_FROM": ""}, "needs OUTREACH_MAIL_FROM"),
        ({"OUTREACH_MAIL_FROM": "찾아가는 복지"}, "needs OUTREACH_MAIL_FROM"),
        ({"OUTREACH_MAIL_FROM": "a@b.kr\nBcc: c@d.kr"}, "needs OUTREACH_MAIL_FROM"),
        ({"OUTREACH_SMTP_URL": ""}, "no mail would ever be sent"),
        ({"OUTREACH_BASE_URL": ""}, "needs OUTREACH_BASE_URL"),
        ({"OUTREACH_BASE_URL": "outreach.example.go.kr"}, "must look like https"),
        ({"OUTREACH_BASE_URL": "ftp://outreach.example.go.kr"}, "must look like https"),
        ({"OUTREACH_BASE_URL": "https://outreach.example.go.kr/?a=1"}, "must look like https"),
    ],
)
def test_what_cannot_work_is_refused_at_the_start(tmp_path: Path, changes: dict[str, str], words: str) -> None:
    with pytest.raises(SettingsError, match=words):
        read(tmp_path, **changes)


@pytest.mark.parametrize(
    "url",
    [
        "smtp://robot:geheim7@mail.example.go.kr",
        "smtps://robot:geheim7/x@mail.example.go.kr",
        "smtps://robot:geheim7 x@mail.example.go.kr",
        "geheim7://robot@mail.example.go.kr",
        "smtps://robot:geheim7@mail.example.go.kr?geheim7=1",
        "smtps://robot:geheim7[@mail.example.go.kr",
    ],
)
def test_no_refusal_repeats_what_was_typed(tmp_path: Path, url: str) -> None:
    with pytest.raises(SettingsError) as refused:
        read(tmp_path, OUTREACH_SMTP_URL=url)
    assert "geheim7" not in str(refused.value)
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__ or refused.value.__context__ is None


def test_settings_that_are_printed_show_no_secret(tmp_path: Path) -> None:
    settings = read_settings({"OUTREACH_INSTANCE": str(tmp_path), "OUTREACH_SECRET_KEY": SECRET, **WHOLE})
    assert "geheim" not in repr(settings)
    assert SECRET not in repr(settings)


def test_links_of_production_are_encrypted(tmp_path: Path) -> None:
    production = {"OUTREACH_INSTANCE": str(tmp_path), "OUTREACH_PRODUCTION": "1", "OUTREACH_SECRET_KEY": SECRET}
    with pytest.raises(SettingsError, match="https"):
        read_settings(production | WHOLE | {"OUTREACH_BASE_URL": "http://outreach.example.go.kr"})
    assert read_settings(production | WHOLE).base_url == "https://outreach.example.go.kr"
