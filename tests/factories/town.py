"""한빛구 with two centres and the people who work there, and a 시군구 next door. All fictional."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from app.access.identity import Identity, Origin
from app.access.permissions import Role
from app.accounts import service
from app.accounts.models import Account, Centre, District
from app.accounts.queries import identity_of
from app.accounts.rules import AccountDetails
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.moments import NOW, TODAY

PASSWORD = "봄비가 조용히 내리는 저녁 골목길"
OPENED_AT = NOW - timedelta(days=400)
TABLET = Origin(address="10.20.0.7", device="tablet", request_id="request-of-a-test")
DESK = Origin(address="10.20.0.8", device="desk", request_id="request-of-a-test")

CENTRES = {"가람동": "한빛구", "나래동": "한빛구", "하늘동": "새봄구"}
STAFF = {
    "nurse": ("윤가람", Role.NURSE, "가람동"),
    "other_nurse": ("서은결", Role.NURSE, "가람동"),
    "worker": ("민하준", Role.WORKER, "가람동"),
    "other_worker": ("표나은", Role.WORKER, "가람동"),
    "supervisor": ("도윤서", Role.SUPERVISOR, "가람동"),
    "narae_nurse": ("차이랑", Role.NURSE, "나래동"),
    "narae_worker": ("금보라", Role.WORKER, "나래동"),
    "narae_supervisor": ("탁여울", Role.SUPERVISOR, "나래동"),
    "district_officer": ("봉다온", Role.DISTRICT, "한빛구"),
    "privacy_officer": ("엄지후", Role.PRIVACY, "한빛구"),
    "administrator": ("설찬별", Role.ADMIN, "한빛구"),
    "far_supervisor": ("옥한솔", Role.SUPERVISOR, "하늘동"),
    "far_privacy_officer": ("반노을", Role.PRIVACY, "새봄구"),
}
"""Login → name, role, and the centre or 시군구."""


@dataclass(frozen=True)
class Town:
    """The people of the town in one session. `town.nurse` is an account, `town.who(town.nurse)` that person asking."""

    session: Session
    accounts: dict[str, Account]
    centres: dict[str, Centre]

    def __getattr__(self, login: str) -> Account:
        try:
            return self.accounts[login]
        except KeyError:
            raise AttributeError(login) from None

    @property
    def garam(self) -> Centre:
        return self.centres["가람동"]

    @property
    def narae(self) -> Centre:
        return self.centres["나래동"]

    @property
    def haneul(self) -> Centre:
        return self.centres["하늘동"]

    def who(self, account: Account, *, origin: Origin = TABLET) -> Identity:
        """The identity of somebody who asks today, with today's scope and covers."""
        return identity_of(self.session, account, origin=origin, today=TODAY)


SYSTEM = Identity(
    account_id=None, name="시스템", role=Role.ADMIN, centre_id=None, centre_name="", district_id=1, centre_ids=frozenset()
)  # fmt: skip
"""Whoever types a command on the server."""


def build_town(session: Session) -> None:
    """Open the centres and engage the staff, each with PASSWORD."""
    districts = {name: service.create_district(session, name) for name in dict.fromkeys(CENTRES.values())}
    centres = {dong: _open_centre(session, districts[name], dong) for dong, name in CENTRES.items()}
    for login, (name, role, place) in STAFF.items():
        centre = centres.get(place)
        district = centre.district if centre else districts[place]
        details = AccountDetails(login.replace("_", "."), name, role, centre.id if centre else None)
        service.create_account(
            session, details, district_id=district.id, password=PASSWORD, actor=SYSTEM, now=OPENED_AT
        )


def _open_centre(session: Session, district: District, dong: str) -> Centre:
    return service.create_centre(
        session, district, dong=dong, name=f"{dong} 행정복지센터", code=dong.removesuffix("동"), phone="02-000-1000"
    )


def find_town(session: Session) -> Town:
    """The town as this session sees it."""
    accounts = {account.login.replace(".", "_"): account for account in session.scalars(select(Account))}
    centres = {centre.dong: centre for centre in session.scalars(select(Centre))}
    return Town(session, accounts, centres)
