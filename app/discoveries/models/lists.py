"""Tables of rounds and the lists that come in, and of what became of each row."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account, Centre
from app.core.database import Base
from app.discoveries.rules import (
    Agreement,
    Comparison,
    ListedPerson,
    Match,
    MatchDegree,
    Route,
    RowOutcome,
    Trait,
)
from app.households.models import Household, Member
from app.households.rules import Sex

_MARK = "put_aside"
"""What `ListRow.read_as` keeps besides the person."""


class CrisisCodeVersion(Base):
    """One version of the crisis codes (위기정보); a list keeps the version it was read with."""

    __tablename__ = "crisis_code_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    district_id: Mapped[int | None] = mapped_column(ForeignKey("district.id"))
    """Whose own version it is; None for one that holds for everybody."""
    version: Mapped[str] = mapped_column(unique=True)
    effective_from: Mapped[date]
    document: Mapped[dict[str, Any]]
    """As `rules.crisis_codes_from` reads it."""
    set_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    set_at: Mapped[datetime | None]


class Round(Base):
    """차수: one source's window in which lists come in and are worked."""

    __tablename__ = "discovery_round"
    __table_args__ = (Index("ix_round_district", "district_id", "opens_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    district_id: Mapped[int] = mapped_column(ForeignKey("district.id"))
    source: Mapped[Route]
    title: Mapped[str]
    opens_on: Mapped[date]
    closes_on: Mapped[date]
    """The 54th day, unless somebody says otherwise: see `rules.rounds`."""
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)


class ImportedList(Base):
    """One file that was taken in. The same rows again are answered with the first result."""

    __tablename__ = "imported_list"
    __table_args__ = (UniqueConstraint("district_id", "judged_for", "fingerprint"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    district_id: Mapped[int] = mapped_column(ForeignKey("district.id"))
    centre_id: Mapped[int | None] = mapped_column(ForeignKey("centre.id"))
    """The centre that takes rows which name no 행정동."""
    round_id: Mapped[int | None] = mapped_column(ForeignKey("discovery_round.id"))
    """The round it belongs to; None for one that came by itself."""
    judged_for: Mapped[str]
    """Whose rows could be taken in, and by which centre those without a 행정동: another answer for another sender."""
    fingerprint: Mapped[str]
    """Hash of everything that stands in the file."""
    title: Mapped[str]
    file_form: Mapped[str]
    """What the file was: «엑셀(.xlsx)», «CSV(CP949)»."""
    headings: Mapped[list[str]]
    row_count: Mapped[int]
    """How many rows are people."""
    rows_left: Mapped[int] = mapped_column(default=0)
    """How many of them are read but not taken in yet: those of its `StagedRows`. 0 once the list is whole."""
    skipped: Mapped[dict[str, Any]]
    """How many lines of each `SkippedLine` are nobody's."""
    declared_total: Mapped[int | None]
    """How many people the list's own total line says there are."""
    unread_sheets: Mapped[list[str]]
    crisis_codes_id: Mapped[int] = mapped_column(ForeignKey("crisis_code_version.id"))
    imported_at: Mapped[datetime]
    imported_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    centre: Mapped[Centre | None] = relationship()
    round: Mapped[Round | None] = relationship()
    crisis_codes: Mapped[CrisisCodeVersion] = relationship()
    imported_by: Mapped[Account | None] = relationship()

    is_repeated = False
    """Said of the answer to a file whose rows had all come in before; not stored."""

    @property
    def rows_done(self) -> int:
        """How many rows have their result."""
        return self.row_count - self.rows_left


class ListRow(Base):
    """One person's line of a list, as it stood there, with its result."""

    __tablename__ = "list_row"
    __table_args__ = (
        UniqueConstraint("imported_list_id", "row_number"),
        Index("ix_list_row_fingerprint", "fingerprint"),
        Index("ix_list_row_household", "household_id"),
        Index("ix_list_row_follows", "follows_id"),
        Index("ix_list_row_resembles", "resembles_id"),
        Index("ix_list_row_outcome", "outcome", "centre_id", "id"),
        Index("ix_list_row_decided_by", "decided_by_id", "decided_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    imported_list_id: Mapped[int] = mapped_column(ForeignKey("imported_list.id"))
    centre_id: Mapped[int | None] = mapped_column(ForeignKey("centre.id"))
    """Whose staff may see the row. None, for the 시군구 alone: a row to fix of a list for the whole 시군구."""
    row_number: Mapped[int]
    """As the spreadsheet numbers it, from 1."""
    fingerprint: Mapped[str]
    cells: Mapped[list[str]]
    """The original cells, resident numbers masked."""
    outcome: Mapped[RowOutcome]
    reason: Mapped[str] = mapped_column(default="")
    read_as: Mapped[dict[str, Any] | None]
    """The person as read from the cells; None for a row to fix. See `person`. Of a row decided after somebody had put
    it aside also whose mark that was: see `take_mark_along`."""
    crisis_codes: Mapped[list[str]] = mapped_column(default=list)
    months_in_arrears: Mapped[int | None]
    previous_discoveries: Mapped[int | None]
    household_id: Mapped[int | None] = mapped_column(ForeignKey("household.id"))
    """The household the row was joined to, or that it created."""
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    """Who of the household is meant."""
    follows_id: Mapped[int | None] = mapped_column(ForeignKey("list_row.id"))
    """The row that surely names this person before: what becomes of that one becomes of this one."""
    resembles_id: Mapped[int | None] = mapped_column(ForeignKey("list_row.id"))
    """The row of the same file that perhaps names this person before; the reason why this one was held."""
    made_id: Mapped[int | None] = mapped_column(ForeignKey("household.id"))
    """The household a person had created from this row; still here when that was taken back."""
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[datetime | None]
    """Of a row that is still held: when somebody put it aside (보류)."""
    discovered_on: Mapped[date]

    imported_list: Mapped[ImportedList] = relationship()
    household: Mapped[Household | None] = relationship(foreign_keys=[household_id])
    member: Mapped[Member | None] = relationship()
    follows: Mapped[ListRow | None] = relationship(foreign_keys=[follows_id], remote_side=[id])
    decided_by: Mapped[Account | None] = relationship()
    candidates: Mapped[list[RowCandidate]] = relationship(
        back_populates="row", order_by="RowCandidate.position", cascade="all, delete-orphan"
    )

    @property
    def person(self) -> ListedPerson:
        """The listed person; only of rows that could be read."""
        read: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in (self.read_as or {}).items()
            if name != _MARK
        }
        return ListedPerson(
            row_number=self.row_number, name=read.pop("name"), birth_on=date.fromisoformat(read.pop("birth_on")),
            sex=Sex(read.pop("sex")) if read.get("sex") else None, crisis_codes=tuple(self.crisis_codes),
            months_in_arrears=self.months_in_arrears, previous_discoveries=self.previous_discoveries,
            **read,
        )  # fmt: skip

    @property
    def is_held(self) -> bool:
        return self.outcome is RowOutcome.HELD

    def take_mark_along(self) -> None:
        """Before a row that was put aside (보류) is decided: keep by whom and when, for `give_mark_back`."""
        if self.is_held and self.decided_at is not None:
            self.read_as = {**(self.read_as or {}), _MARK: [self.decided_by_id, self.decided_at.isoformat()]}

    def give_mark_back(self) -> None:
        """After a decision was taken back: the row is put aside as it was before, or by nobody."""
        kept = dict(self.read_as or {})
        by_id, at = kept.pop(_MARK, (None, None))
        self.decided_by_id, self.decided_at = by_id, datetime.fromisoformat(at) if at else None
        self.read_as = kept

    @property
    def may_be_undone(self) -> bool:
        """Whether `service.unlink` can take the result back: a link, or a household that a person had created."""
        is_made = self.outcome is RowOutcome.NEW and self.made_id is not None
        return self.follows_id is None and (self.outcome is RowOutcome.JOINED or is_made)


class RowCandidate(Base):
    """A household that a held row may belong to, and what was compared when it was held."""

    __tablename__ = "row_candidate"
    __table_args__ = (
        UniqueConstraint("list_row_id", "household_id"),
        Index("ix_row_candidate_household", "household_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    list_row_id: Mapped[int] = mapped_column(ForeignKey("list_row.id"))
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"))
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    """Whom of the household the row was compared with."""
    position: Mapped[int]
    """0 is the likeliest."""
    degree: Mapped[MatchDegree]
    compared: Mapped[list[Any]]
    """[trait, agreement, on the list, on record] for each trait."""

    row: Mapped[ListRow] = relationship(back_populates="candidates")
    household: Mapped[Household] = relationship()
    member: Mapped[Member | None] = relationship()

    @property
    def match(self) -> Match:
        """What was compared, as the rules say it."""
        lines = ((Trait(trait), Agreement(agreement), listed, kept) for trait, agreement, listed, kept in self.compared)
        return Match(self.degree, tuple(Comparison(*line) for line in lines))

    @property
    def is_perhaps_a_relative(self) -> bool:
        """Whether the names differ: perhaps another person of that household is meant."""
        named = self.match.traits(Agreement.SAME) + self.match.traits(Agreement.SIMILAR)
        return Trait.NAME not in named

    @property
    def is_hardly_anybody_else(self) -> bool:
        """Whether name and birth date are the same: nobody else of that household can be meant."""
        return {Trait.NAME, Trait.BIRTH} <= set(self.match.traits(Agreement.SAME))


class DecidedLink(Base):
    """A person said whether whom the lists name is of this household. Later lists do not ask again."""

    __tablename__ = "decided_link"
    __table_args__ = (UniqueConstraint("person_key", "household_id"), Index("ix_decided_link_row", "list_row_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    person_key: Mapped[str]
    """Hash of name and birth date, the same on every list."""
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"))
    is_same: Mapped[bool]
    """False: the link was refused."""
    list_row_id: Mapped[int] = mapped_column(ForeignKey("list_row.id"))
    """The row it was last decided on; taking that decision back forgets this one too."""
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[datetime]


# By these a listed person is looked up among those on record (`queries.known`).
Index("ix_member_birth_on", Member.birth_on)
Index(
    "ix_member_birth_year", Member.birth_year, sqlite_where=Member.birth_on.is_(None),
    postgresql_where=Member.birth_on.is_(None),
)  # fmt: skip
Index("ix_member_phone", Member.phone)
Index("ix_household_phone", Household.phone)
