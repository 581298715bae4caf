"""The `outreach` command line, as somebody at the server types it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from app.cli import main
from click.testing import CliRunner, Result

DOCUMENT = {
    "today": "2026-09-20",
    "rules": [
        {
            "code": "NURSE_REGULAR", "version": "2026", "kind": "INTERVAL", "every": {"months": 3},
            "counts_modes": ["FACE"], "counts_purposes": ["NURSING"], "shift": "EARLIER",
        }
    ],
    "terms": [{"id": "t", "rule": "NURSE_REGULAR", "starts_on": "2026-01-05", "ends_on": None, "member": None}],
    "contacts": [{"on": "2026-06-26", "mode": "FACE", "purpose": "NURSING", "members": []}],
    "holidays": {"add": {}, "remove": []},
}  # fmt: skip


@pytest.fixture
def outreach(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    """Type a command; the instance folder is the test's own."""
    monkeypatch.setenv("OUTREACH_INSTANCE", str(tmp_path / "instance"))
    monkeypatch.delenv("DATABASE_URL", raising=False)

    def typed(*words: str) -> Result:
        return CliRunner().invoke(main, list(words))

    return typed


def test_every_command_explains_itself(outreach) -> None:  # type: ignore[no-untyped-def]
    commands = (
        "init",
        "seed",
        "serve",
        "create-account",
        "import-list",
        "report",
        "verify-log",
        "follow-ups",
        "due",
        "jobs",
    )
    assert all(command in outreach("--help").output for command in commands)
    for command in commands:
        answer = outreach(command, "--help")
        assert answer.exit_code == 0, command
        assert "Usage" in answer.output


def test_a_date_is_answered_without_a_database(outreach, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "doubt.json"
    path.write_text(json.dumps(DOCUMENT), encoding="utf-8")
    answer = outreach("due", str(path))
    assert answer.exit_code == 0
    [found] = json.loads(answer.output)
    assert (found["term"], found["due_on"]) == ("t", "2026-09-23")  # three days of 추석 and a weekend before it
    assert any(reason["code"] == "SHIFTED" and "추석" in reason["text"] for reason in found["because"])
    assert not (tmp_path / "instance" / "outreach.db").exists()


def test_a_wrong_document_is_told_where_it_is_wrong(outreach, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "wrong.json"
    path.write_text(json.dumps(DOCUMENT | {"terms": [{"id": "t", "rule": "NURSE_REGULAR", "starts_on": "soon"}]}))
    answer = outreach("due", str(path))
    assert answer.exit_code == 2
    assert "terms[0].starts_on" in answer.output


def test_from_an_empty_folder_to_an_account_and_a_whole_log(outreach) -> None:  # type: ignore[no-untyped-def]
    assert "outreach init" in outreach("verify-log").output
    assert outreach("init").exit_code == 0
    again = outreach("init")
    assert "0 reference rows added" in again.output
    made = outreach("create-account", "--login", "boss", "--name", "관리자", "--role", "ADMIN", "--district", "한빛구")
    assert made.exit_code == 0
    assert made.output.startswith("boss\t")
    assert outreach("verify-log").output == "whole\n"


def test_a_centre_that_does_not_exist_is_made_only_when_asked(outreach) -> None:  # type: ignore[no-untyped-def]
    outreach("init")
    words = ("create-account", "--login", "nurse", "--name", "간호사", "--role", "NURSE", "--district", "한빛구")
    refused = outreach(*words, "--centre", "가람동")
    assert refused.exit_code != 0
    assert "--create-centre" in refused.output
    assert outreach(*words, "--centre", "가람동", "--create-centre").exit_code == 0


def test_the_timetable_can_be_read_and_a_job_run(outreach) -> None:  # type: ignore[no-untyped-def]
    outreach("init")
    listed = outreach("jobs", "list").output
    assert "leader: nobody" in listed
    assert re.search(r"refresh-dues +10 0 \* \* \* +last never  next \d{4}-\d\d-\d\d 00:10:00", listed)
    assert "refresh-dues: 0\n" in outreach("jobs", "run", "refresh-dues").output
    assert re.search(r"refresh-dues .* DONE 0 ", outreach("jobs", "list").output)
    assert outreach("jobs", "run", "no-such").exit_code != 0
