"""A 시군구 of three centres with the crisis codes as shipped."""

from __future__ import annotations

import pytest
from app.access.identity import Identity
from app.accounts import service as accounts
from app.accounts.models import Centre
from app.discoveries.service import add_crisis_codes
from sqlalchemy.orm import Session
from tests.factories.reference import read_shipped
from tests.factories.town import Town


@pytest.fixture(autouse=True)
def crisis_codes(session: Session) -> None:
    """Lists cannot be read without them."""
    add_crisis_codes(session, read_shipped("crisis_codes"))


@pytest.fixture
def dasom(session: Session, town: Town) -> Centre:
    """다솜동, which the sample list names besides 가람동 and 나래동."""
    return accounts.create_centre(session, town.garam.district, dong="다솜동", name="다솜동 행정복지센터", code="다솜")


@pytest.fixture
def officer(town: Town, dasom: Centre) -> Identity:
    """봉다온 of the 시군구, who may put people everywhere."""
    return town.who(town.district_officer)


@pytest.fixture
def narae_worker(town: Town) -> Identity:
    """금보라, 복지담당 of 나래동."""
    return town.who(town.narae_worker)
