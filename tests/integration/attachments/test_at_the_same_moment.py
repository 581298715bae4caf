"""One photo from eight sides at once is one row and two files."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from app.attachments.models import Attachment
from app.attachments.rules import PhotoDetails
from app.attachments.service import FileStore, add_photo, prepare_picture
from app.core.database import new_id, unit_of_work
from app.households.models import Household
from sqlalchemy.orm import Session
from tests.crowd import all_at_once
from tests.databases import Database
from tests.factories.households import add_household
from tests.factories.pictures import photo
from tests.factories.town import find_town
from tests.integration.attachments.conftest import files_in


def test_the_same_photo_sent_from_all_sides_at_once_is_stored_once(
    fresh_database: Database, now: datetime, tmp_path: Path
) -> None:
    store, details = FileStore(tmp_path / "files"), PhotoDetails(new_id(), "집 앞")
    picture = prepare_picture(photo())
    with Session(fresh_database.engine) as session, unit_of_work(session):
        actor = find_town(session).who(find_town(session).nurse)
        household_id = add_household(session, actor).id

    def send(_number: int) -> str:
        with Session(fresh_database.engine) as session, unit_of_work(session):
            household = session.get_one(Household, household_id)
            return add_photo(session, household, details, picture, store=store, actor=actor, now=now).file_key

    (key,) = set(all_at_once(send))
    with Session(fresh_database.engine) as session:
        assert session.get_one(Attachment, details.photo_id).file_key == key
    assert files_in(store.folder) == {store.folder / key, store.folder / key.replace(".jpg", ".small.jpg")}
