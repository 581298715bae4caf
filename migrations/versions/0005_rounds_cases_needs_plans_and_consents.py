"""rounds, items, cases, conferences, needs, plans, referrals, providers and consents"""

import re

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# A search gram that begins a longer one of the same household is found through that one, and need not be stored.
_NEEDLESS_GRAMS = """
DELETE FROM search_gram WHERE substr(gram, 1, 1) IN ('t', 'c') AND EXISTS (
    SELECT 1 FROM search_gram AS longer
    WHERE longer.household_id = search_gram.household_id AND length(longer.gram) > length(search_gram.gram)
    AND substr(longer.gram, 1, length(search_gram.gram)) = search_gram.gram
)"""
_BEGINNINGS_OF_GRAMS = """
INSERT INTO search_gram (centre_id, gram, household_id)
SELECT DISTINCT centre_id, substr(gram, 1, length(gram) - 1), household_id FROM search_gram AS longer
WHERE substr(gram, 1, 1) IN ('t', 'c') AND length(gram) > 2 AND NOT EXISTS (
    SELECT 1 FROM search_gram AS there
    WHERE there.household_id = longer.household_id AND there.gram = substr(longer.gram, 1, length(longer.gram) - 1)
)"""
_KEYS_OF_GRAMS = {"centre_id": "centre", "household_id": "household"}


def _shorten_search_grams() -> None:
    op.execute(_NEEDLESS_GRAMS)
    with op.batch_alter_table("search_gram", table_kwargs={"sqlite_with_rowid": False}) as batch_op:
        for column, table in _KEYS_OF_GRAMS.items():
            batch_op.drop_constraint(batch_op.f(f"fk_search_gram_{column}_{table}"), type_="foreignkey")
    if op.get_context().dialect.name == "postgresql":
        op.execute('ALTER TABLE search_gram ALTER COLUMN gram TYPE text COLLATE "C"')


def _lengthen_search_grams() -> None:
    if op.get_context().dialect.name == "postgresql":
        op.execute("ALTER TABLE search_gram ALTER COLUMN gram TYPE text")
    with op.batch_alter_table("search_gram", table_kwargs={"sqlite_with_rowid": False}) as batch_op:
        for column, table in _KEYS_OF_GRAMS.items():
            batch_op.create_foreign_key(batch_op.f(f"fk_search_gram_{column}_{table}"), table, [column], ["id"])
    op.execute(_BEGINNINGS_OF_GRAMS)  # of three letters
    op.execute(_BEGINNINGS_OF_GRAMS)  # of two


# The door of a household by road and by lot, as the address was compared when these columns came.
_LETTERS = "[가나다라마바사아자차카타파하]"
_ROAD = re.compile(
    r"(?P<road>[가-힣A-Za-z0-9·.]{0,24}[가-힣](?:대로|로|길))"
    r"\s*(?P<branch>\d{1,4}\s?번?\s?" + _LETTERS + r"?\s?길)?"
    r"\s*(?P<below>지하)?\s*(?P<main>\d{1,5})(?:\s*-\s*(?P<sub>\d{1,5}))?(?:\s*번지)?"
    r"(?!\d|\s*번?" + _LETTERS + r"?길|\s*가(?![가-힣])|[동호층])"
)
_LOT = re.compile(
    r"(?P<place>[가-힣0-9·]{0,24}[가-힣]\d{0,2}(?:동|리|읍|면|가))\s*(?P<hill>산)?\s*(?P<main>\d{1,5})"
    r"(?:\s*번지)?(?:\s*(?:-|의)\s*(?P<sub>\d{1,5}))?(?:\s*번지)?(?!\d|\s*(?:동|호|층|번?길))"
)
_BELOW_GROUND = r"(?P<below>지하층?|지층|B|비)?(?:\d층)?"
_BLOCK_AND_UNIT = re.compile(
    rf"제?0*(?P<block>\d+|[A-Z]|{_LETTERS})동.*?{_BELOW_GROUND}제?0*(?P<door>(?:[A-Z]|{_LETTERS})?\d+(?:-\d+)?)호?$"
)
_HYPHENATED = re.compile(rf"0*(?P<block>\d+|[A-Z]|{_LETTERS})-(?P<below>B)?0*(?P<door>\d+)호?")
_CELLAR_UNIT = re.compile(r"(?:(?:지하층?|지층|B|비)|.*(?:지하층?|지층|[^A-Z]B))(?:\d층)?0*(?P<door>\d+)호?")
_UNIT_ONLY = re.compile(r"(?:(?:제?\d+층)?제?0*(?P<plain>\d+(?:-\d+)?)호?|.*?[^\d\-]0*(?P<named>\d+(?:-\d+)?)호)")
_SPELT_BLOCK = re.compile(r"(?<![가-힣])(에이|비|씨|디)(?=동\d)")
_SPELT_LETTERS = {"에이": "A", "비": "B", "씨": "C", "디": "D"}
_NARROW = (
    {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | dict.fromkeys(map(ord, "‐‑‒–—―−"), "-") | {0x3000: " "}
)
_DOOR_INDEXES = ("road_door", "lot_door")
_ADDRESS_INDEXES = ("road_address", "lot_address")
_HOUSEHOLD = sa.table(
    "household",
    sa.column("id", sa.Integer),
    *(sa.column(name, sa.Text) for name in (*_ADDRESS_INDEXES, "unit", *_DOOR_INDEXES)),
)
_AT_ONCE = 5_000


def _plain(text: str) -> str:
    narrow = text[:300].translate(_NARROW)
    return re.sub(r"\([^()]*\)", " ", re.sub(r"\(\s*지하\s*\)", "지하", narrow))


def _road_of(text: str) -> str | None:
    if (match := _ROAD.search(_plain(text))) is None:
        return None
    branch, sub = "".join((match["branch"] or "").split()), f"-{int(match['sub'])}" if match["sub"] else ""
    return f"{match['road']}{branch} {match['below'] or ''}{int(match['main'])}{sub}"


def _lot_of(text: str) -> str | None:
    if (match := _LOT.search(_plain(text))) is None:
        return None
    sub = f"-{int(match['sub'])}" if match["sub"] else ""
    return f"{match['place']} {match['hill'] or ''}{int(match['main'])}{sub}"


def _flat_of(text: str) -> str:
    text = "".join(_plain(text).split()).upper()
    text = _SPELT_BLOCK.sub(lambda match: _SPELT_LETTERS[match[1]], text)
    if re.match("옥탑|옥상", text):
        return "옥탑"
    if match := _BLOCK_AND_UNIT.search(text) or _HYPHENATED.fullmatch(text):
        return f"{match['block']}-{'B' if match['below'] else ''}{match['door']}"
    if match := _CELLAR_UNIT.fullmatch(text):
        return f"B{match['door']}"
    match = _UNIT_ONLY.fullmatch(text)
    return (match["plain"] or match["named"]) if match else text


def _doors_of(road_address: str, lot_address: str, unit: str) -> tuple[str, str]:
    road = _road_of(road_address) or _road_of(lot_address)
    lot = _lot_of(lot_address) or (_lot_of(road_address) if road is None else None)
    flat = _flat_of(unit)
    return f"{road}|{flat}" if road else "", f"{lot}|{flat}" if lot else ""


def _add_doors() -> None:
    ordered = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    with op.batch_alter_table("household", schema=None) as batch_op:
        for column in _DOOR_INDEXES:
            batch_op.add_column(sa.Column(column, ordered, nullable=False, server_default=""))
    _fill_doors(op.get_bind())
    _replace_indexes(_ADDRESS_INDEXES, _DOOR_INDEXES)


def _fill_doors(connection: sa.Connection) -> None:
    """Some thousand households at a time: all of them need not stand in memory."""
    row, last = _HOUSEHOLD.c, 0
    wanted = sa.select(row.id, row.road_address, row.lot_address, row.unit).order_by(row.id).limit(_AT_ONCE)
    change = (
        _HOUSEHOLD.update()
        .where(row.id == sa.bindparam("key"))
        .values(road_door=sa.bindparam("by_road"), lot_door=sa.bindparam("by_lot"))
    )
    while rows := connection.execute(wanted.where(row.id > last)).all():
        doors = ((key, _doors_of(*address)) for key, *address in rows)
        connection.execute(change, [{"key": key, "by_road": road, "by_lot": lot} for key, (road, lot) in doors])
        last = rows[-1][0]


def _replace_indexes(old: tuple[str, ...], new: tuple[str, ...]) -> None:
    with op.batch_alter_table("household", schema=None) as batch_op:
        for column in old:
            batch_op.drop_index(f"ix_household_{column}")
        for column in new:
            batch_op.create_index(f"ix_household_{column}", [column], unique=False)


def _drop_doors() -> None:
    _replace_indexes(_DOOR_INDEXES, _ADDRESS_INDEXES)
    with op.batch_alter_table("household", schema=None) as batch_op:
        for column in _DOOR_INDEXES:
            batch_op.drop_column(column)


def upgrade() -> None:

    _shorten_search_grams()
    _add_doors()
    op.create_table(
        "column_mapping",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("district_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(40), nullable=False),
        sa.Column("headings_key", sa.Text(), nullable=False),
        sa.Column("headings", sa.JSON(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_column_mapping_by_id_account")),
        sa.ForeignKeyConstraint(["district_id"], ["district.id"], name=op.f("fk_column_mapping_district_id_district")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_column_mapping")),
        sa.UniqueConstraint(
            "district_id", "source", "headings_key", name=op.f("uq_column_mapping_district_id_source_headings_key")
        ),
    )
    op.create_table(
        "conference",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("began", sa.Time(), nullable=True),
        sa.Column("ended", sa.Time(), nullable=True),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("attendees", sa.JSON(), nullable=False),
        sa.Column("opening", sa.Text(), nullable=False),
        sa.Column("addenda", sa.JSON(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_conference_by_id_account")),
        sa.ForeignKeyConstraint(["centre_id"], ["centre.id"], name=op.f("fk_conference_centre_id_centre")),
        sa.ForeignKeyConstraint(
            ["confirmed_by_id"], ["account.id"], name=op.f("fk_conference_confirmed_by_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conference")),
    )
    with op.batch_alter_table("conference", schema=None) as batch_op:
        batch_op.create_index("ix_conference_centre", ["centre_id", "held_on"], unique=False)

    op.create_table(
        "consent_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("district_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["district_id"], ["district.id"], name=op.f("fk_consent_text_district_id_district")),
        sa.ForeignKeyConstraint(["set_by_id"], ["account.id"], name=op.f("fk_consent_text_set_by_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_text")),
        sa.UniqueConstraint("district_id", "kind", "version", name=op.f("uq_consent_text_district_id_kind_version")),
    )
    op.create_table(
        "discovery_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("district_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(40), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_discovery_round_by_id_account")),
        sa.ForeignKeyConstraint(["district_id"], ["district.id"], name=op.f("fk_discovery_round_district_id_district")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_discovery_round")),
    )
    with op.batch_alter_table("discovery_round", schema=None) as batch_op:
        batch_op.create_index("ix_round_district", ["district_id", "opens_on"], unique=False)

    op.create_table(
        "needs_form",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("district_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["district_id"], ["district.id"], name=op.f("fk_needs_form_district_id_district")),
        sa.ForeignKeyConstraint(["set_by_id"], ["account.id"], name=op.f("fk_needs_form_set_by_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_needs_form")),
        sa.UniqueConstraint("district_id", "version", name=op.f("uq_needs_form_district_id_version")),
    )
    op.create_table(
        "provider",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("district_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("services", sa.JSON(), nullable=False),
        sa.Column("needs", sa.JSON(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("fax", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_provider_by_id_account")),
        sa.ForeignKeyConstraint(["district_id"], ["district.id"], name=op.f("fk_provider_district_id_district")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_provider")),
    )
    with op.batch_alter_table("provider", schema=None) as batch_op:
        batch_op.create_index("ix_provider_district", ["district_id", "name"], unique=False)

    op.create_table(
        "reason_table",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("district_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["district_id"], ["district.id"], name=op.f("fk_reason_table_district_id_district")),
        sa.ForeignKeyConstraint(["set_by_id"], ["account.id"], name=op.f("fk_reason_table_set_by_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reason_table")),
        sa.UniqueConstraint("name", "district_id", "version", name=op.f("uq_reason_table_name_district_id_version")),
    )
    op.create_table(
        "triage_table",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("district_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["district_id"], ["district.id"], name=op.f("fk_triage_table_district_id_district")),
        sa.ForeignKeyConstraint(["set_by_id"], ["account.id"], name=op.f("fk_triage_table_set_by_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_triage_table")),
        sa.UniqueConstraint("district_id", "version", name=op.f("uq_triage_table_district_id_version")),
    )
    op.create_table(
        "welfare_case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("previous_id", sa.Integer(), nullable=True),
        sa.Column("stage", sa.String(40), nullable=False),
        sa.Column("stage_since", sa.Date(), nullable=False),
        sa.Column("intake_on", sa.Date(), nullable=False),
        sa.Column("route", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("target_groups", sa.JSON(), nullable=False),
        sa.Column("keeper_id", sa.Integer(), nullable=True),
        sa.Column("case_class", sa.String(40), nullable=True),
        sa.Column("classified_on", sa.Date(), nullable=True),
        sa.Column("class_reason", sa.Text(), nullable=False),
        sa.Column("proposed_class", sa.String(40), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closure_reason", sa.Text(), nullable=False),
        sa.Column("closure_note", sa.Text(), nullable=False),
        sa.Column("goals_reached", sa.Text(), nullable=False),
        sa.Column("aftercare_until", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_welfare_case_by_id_account")),
        sa.ForeignKeyConstraint(["centre_id"], ["centre.id"], name=op.f("fk_welfare_case_centre_id_centre")),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_welfare_case_household_id_household")
        ),
        sa.ForeignKeyConstraint(["keeper_id"], ["account.id"], name=op.f("fk_welfare_case_keeper_id_account")),
        sa.ForeignKeyConstraint(
            ["previous_id"], ["welfare_case.id"], name=op.f("fk_welfare_case_previous_id_welfare_case")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_welfare_case")),
    )
    with op.batch_alter_table("welfare_case", schema=None) as batch_op:
        batch_op.create_index("ix_case_household", ["household_id", "id"], unique=False)
        batch_op.create_index("ix_case_stage", ["centre_id", "stage", "stage_since"], unique=False)

    op.create_table(
        "agenda_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conference_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("matter", sa.String(40), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("decision", sa.String(40), nullable=True),
        sa.Column("decision_note", sa.Text(), nullable=False),
        sa.Column("closing", sa.JSON(), nullable=False),
        sa.Column("seen", sa.Text(), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["welfare_case.id"], name=op.f("fk_agenda_item_case_id_welfare_case")),
        sa.ForeignKeyConstraint(
            ["conference_id"], ["conference.id"], name=op.f("fk_agenda_item_conference_id_conference")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_item")),
    )
    with op.batch_alter_table("agenda_item", schema=None) as batch_op:
        batch_op.create_index("ix_agenda_item_case", ["case_id"], unique=False)

    op.create_table(
        "approval",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("asked", sa.JSON(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("verdict", sa.String(40), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["asked_by_id"], ["account.id"], name=op.f("fk_approval_asked_by_id_account")),
        sa.ForeignKeyConstraint(["case_id"], ["welfare_case.id"], name=op.f("fk_approval_case_id_welfare_case")),
        sa.ForeignKeyConstraint(["centre_id"], ["centre.id"], name=op.f("fk_approval_centre_id_centre")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["account.id"], name=op.f("fk_approval_decided_by_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval")),
    )
    with op.batch_alter_table("approval", schema=None) as batch_op:
        batch_op.create_index("ix_approval_case", ["case_id"], unique=False)
        batch_op.create_index("ix_approval_waiting", ["centre_id", "decided_at"], unique=False)

    op.create_table(
        "case_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("from_stage", sa.String(40), nullable=True),
        sa.Column("to_stage", sa.String(40), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_case_step_by_id_account")),
        sa.ForeignKeyConstraint(["case_id"], ["welfare_case.id"], name=op.f("fk_case_step_case_id_welfare_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_step")),
    )
    with op.batch_alter_table("case_step", schema=None) as batch_op:
        batch_op.create_index("ix_case_step_case", ["case_id"], unique=False)

    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("provider_id", sa.Integer(), nullable=True),
        sa.Column("receiver", sa.Text(), nullable=False),
        sa.Column("channel", sa.String(40), nullable=False),
        sa.Column("signer", sa.String(40), nullable=False),
        sa.Column("signer_name", sa.Text(), nullable=False),
        sa.Column("proxy_because", sa.Text(), nullable=False),
        sa.Column("signature_id", sa.Uuid(), nullable=True),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_because", sa.Text(), nullable=False),
        sa.Column("withdrawn_by_id", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_consent_by_id_account")),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_consent_household_id_household")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_consent_member_id_member")),
        sa.ForeignKeyConstraint(["provider_id"], ["provider.id"], name=op.f("fk_consent_provider_id_provider")),
        sa.ForeignKeyConstraint(["signature_id"], ["attachment.id"], name=op.f("fk_consent_signature_id_attachment")),
        sa.ForeignKeyConstraint(["text_id"], ["consent_text.id"], name=op.f("fk_consent_text_id_consent_text")),
        sa.ForeignKeyConstraint(["withdrawn_by_id"], ["account.id"], name=op.f("fk_consent_withdrawn_by_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.create_index("ix_consent_expiring", ["valid_until"], unique=False)
        batch_op.create_index("ix_consent_household", ["household_id", "kind"], unique=False)

    op.create_table(
        "counselling",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("visit_id", sa.Uuid(), nullable=True),
        sa.Column("counselled_on", sa.Date(), nullable=False),
        sa.Column("way", sa.String(40), nullable=False),
        sa.Column("route", sa.Text(), nullable=False),
        sa.Column("with_whom", sa.Text(), nullable=False),
        sa.Column("complaint", sa.Text(), nullable=False),
        sa.Column("housing", sa.Text(), nullable=False),
        sa.Column("income", sa.Text(), nullable=False),
        sa.Column("health", sa.Text(), nullable=False),
        sa.Column("family", sa.Text(), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("measures", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_counselling_by_id_account")),
        sa.ForeignKeyConstraint(["case_id"], ["welfare_case.id"], name=op.f("fk_counselling_case_id_welfare_case")),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_counselling_household_id_household")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counselling")),
    )
    with op.batch_alter_table("counselling", schema=None) as batch_op:
        batch_op.create_index("ix_counselling_household", ["household_id", "counselled_on"], unique=False)

    op.create_table(
        "emergency_aid",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("crisis", sa.Text(), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("check_note", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_granted", sa.Boolean(), nullable=True),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("decision_note", sa.Text(), nullable=False),
        sa.Column("surveyed_on", sa.Date(), nullable=True),
        sa.Column("survey_note", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_emergency_aid_by_id_account")),
        sa.ForeignKeyConstraint(["case_id"], ["welfare_case.id"], name=op.f("fk_emergency_aid_case_id_welfare_case")),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_emergency_aid_household_id_household")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_emergency_aid")),
    )
    with op.batch_alter_table("emergency_aid", schema=None) as batch_op:
        batch_op.create_index("ix_emergency_aid_household", ["household_id", "asked_at"], unique=False)

    op.create_table(
        "needs_assessment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("form_id", sa.Integer(), nullable=False),
        sa.Column("assessed_on", sa.Date(), nullable=False),
        sa.Column("strengths", sa.Text(), nullable=False),
        sa.Column("own_words", sa.Text(), nullable=False),
        sa.Column("workers_view", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("voided_because", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_needs_assessment_by_id_account")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["welfare_case.id"], name=op.f("fk_needs_assessment_case_id_welfare_case")
        ),
        sa.ForeignKeyConstraint(["form_id"], ["needs_form.id"], name=op.f("fk_needs_assessment_form_id_needs_form")),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_needs_assessment_household_id_household")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_needs_assessment")),
    )
    with op.batch_alter_table("needs_assessment", schema=None) as batch_op:
        batch_op.create_index("ix_needs_assessment_household", ["household_id", "assessed_on"], unique=False)

    op.create_table(
        "service_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("drawn_on", sa.Date(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("clients_view", sa.Text(), nullable=False),
        sa.Column("signer_name", sa.Text(), nullable=False),
        sa.Column("unsigned_because", sa.Text(), nullable=False),
        sa.Column("signature_id", sa.Uuid(), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_service_plan_by_id_account")),
        sa.ForeignKeyConstraint(["case_id"], ["welfare_case.id"], name=op.f("fk_service_plan_case_id_welfare_case")),
        sa.ForeignKeyConstraint(
            ["signature_id"], ["attachment.id"], name=op.f("fk_service_plan_signature_id_attachment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_plan")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_service_plan_case_id_number")),
    )
    op.create_table(
        "discovery_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=True),
        sa.Column("list_row_id", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(40), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=True),
        sa.Column("person_key", sa.Text(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("score_lines", sa.JSON(), nullable=False),
        sa.Column("triage_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("claimed_by_id", sa.Integer(), nullable=True),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(40), nullable=True),
        sa.Column("outcome_note", sa.Text(), nullable=False),
        sa.Column("outcome_by_id", sa.Integer(), nullable=True),
        sa.Column("outcome_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recheck_on", sa.Date(), nullable=True),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_back_because", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["approved_by_id"], ["account.id"], name=op.f("fk_discovery_item_approved_by_id_account")
        ),
        sa.ForeignKeyConstraint(["centre_id"], ["centre.id"], name=op.f("fk_discovery_item_centre_id_centre")),
        sa.ForeignKeyConstraint(
            ["claimed_by_id"], ["account.id"], name=op.f("fk_discovery_item_claimed_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_discovery_item_household_id_household")
        ),
        sa.ForeignKeyConstraint(["list_row_id"], ["list_row.id"], name=op.f("fk_discovery_item_list_row_id_list_row")),
        sa.ForeignKeyConstraint(
            ["outcome_by_id"], ["account.id"], name=op.f("fk_discovery_item_outcome_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["discovery_round.id"], name=op.f("fk_discovery_item_round_id_discovery_round")
        ),
        sa.ForeignKeyConstraint(
            ["triage_id"], ["triage_table.id"], name=op.f("fk_discovery_item_triage_id_triage_table")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_discovery_item")),
        sa.UniqueConstraint("list_row_id", name=op.f("uq_discovery_item_list_row_id")),
    )
    with op.batch_alter_table("discovery_item", schema=None) as batch_op:
        batch_op.create_index("ix_discovery_item_claimed", ["claimed_by_id", "state"], unique=False)
        batch_op.create_index("ix_discovery_item_household", ["household_id", "received_on"], unique=False)
        batch_op.create_index("ix_discovery_item_person", ["person_key", "received_on"], unique=False)
        batch_op.create_index("ix_discovery_item_queue", ["centre_id", "state", "score", "id"], unique=False)
        batch_op.create_index("ix_discovery_item_round", ["round_id", "centre_id", "state"], unique=False)

    op.create_table(
        "need_found",
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("level", sa.String(40), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["needs_assessment.id"], name=op.f("fk_need_found_assessment_id_needs_assessment")
        ),
        sa.PrimaryKeyConstraint("assessment_id", "position", name=op.f("pk_need_found")),
    )
    op.create_table(
        "plan_goal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("span", sa.String(40), nullable=False),
        sa.Column("need", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("target_on", sa.Date(), nullable=True),
        sa.Column("reach", sa.String(40), nullable=False),
        sa.Column("reach_note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["service_plan.id"], name=op.f("fk_plan_goal_plan_id_service_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_goal")),
    )
    with op.batch_alter_table("plan_goal", schema=None) as batch_op:
        batch_op.create_index("ix_plan_goal_plan", ["plan_id"], unique=False)

    op.create_table(
        "plan_service",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("goal_position", sa.Integer(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("method", sa.String(40), nullable=False),
        sa.Column("amount", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("provider_id", sa.Integer(), nullable=True),
        sa.Column("provider_name", sa.Text(), nullable=False),
        sa.Column("checker_id", sa.Integer(), nullable=True),
        sa.Column("check_days", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_because", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["checker_id"], ["account.id"], name=op.f("fk_plan_service_checker_id_account")),
        sa.ForeignKeyConstraint(["plan_id"], ["service_plan.id"], name=op.f("fk_plan_service_plan_id_service_plan")),
        sa.ForeignKeyConstraint(["provider_id"], ["provider.id"], name=op.f("fk_plan_service_provider_id_provider")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_service")),
    )
    with op.batch_alter_table("plan_service", schema=None) as batch_op:
        batch_op.create_index("ix_plan_service_plan", ["plan_id"], unique=False)

    op.create_table(
        "referral",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("provider_id", sa.Integer(), nullable=True),
        sa.Column("receiver", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_for", sa.Text(), nullable=False),
        sa.Column("shared", sa.JSON(), nullable=False),
        sa.Column("ground", sa.String(40), nullable=False),
        sa.Column("consent_id", sa.Integer(), nullable=True),
        sa.Column("ground_note", sa.Text(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("reply_due_on", sa.Date(), nullable=True),
        sa.Column("replied_on", sa.Date(), nullable=True),
        sa.Column("reply", sa.String(40), nullable=True),
        sa.Column("reply_note", sa.Text(), nullable=False),
        sa.Column("ended_because", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_referral_by_id_account")),
        sa.ForeignKeyConstraint(["case_id"], ["welfare_case.id"], name=op.f("fk_referral_case_id_welfare_case")),
        sa.ForeignKeyConstraint(["consent_id"], ["consent.id"], name=op.f("fk_referral_consent_id_consent")),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_referral_household_id_household")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_referral_member_id_member")),
        sa.ForeignKeyConstraint(["provider_id"], ["provider.id"], name=op.f("fk_referral_provider_id_provider")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral")),
    )
    with op.batch_alter_table("referral", schema=None) as batch_op:
        batch_op.create_index("ix_referral_household", ["household_id", "sent_on"], unique=False)
        batch_op.create_index("ix_referral_waiting", ["state", "reply_due_on"], unique=False)

    op.create_table(
        "item_attempt",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("mode", sa.String(40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_item_attempt_by_id_account")),
        sa.ForeignKeyConstraint(
            ["item_id"], ["discovery_item.id"], name=op.f("fk_item_attempt_item_id_discovery_item")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_attempt")),
    )
    with op.batch_alter_table("item_attempt", schema=None) as batch_op:
        batch_op.create_index("ix_item_attempt_item", ["item_id", "at"], unique=False)

    op.create_table(
        "neighbour_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("seen", sa.Text(), nullable=False),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("reporter_name", sa.Text(), nullable=False),
        sa.Column("reporter_phone", sa.Text(), nullable=False),
        sa.Column("receipt", sa.Text(), nullable=False),
        sa.Column("sender_hash", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["discovery_item.id"], name=op.f("fk_neighbour_report_item_id_discovery_item")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_neighbour_report")),
        sa.UniqueConstraint("item_id", name=op.f("uq_neighbour_report_item_id")),
        sa.UniqueConstraint("receipt", name=op.f("uq_neighbour_report_receipt")),
    )
    with op.batch_alter_table("neighbour_report", schema=None) as batch_op:
        batch_op.create_index("ix_neighbour_report_at", ["at"], unique=False)

    op.create_table(
        "service_check",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=True),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("is_given", sa.Boolean(), nullable=False),
        sa.Column("is_satisfied", sa.Boolean(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_service_check_by_id_account")),
        sa.ForeignKeyConstraint(
            ["service_id"], ["plan_service.id"], name=op.f("fk_service_check_service_id_plan_service")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_check")),
    )
    with op.batch_alter_table("service_check", schema=None) as batch_op:
        batch_op.create_index("ix_service_check_service", ["service_id", "checked_on"], unique=False)

    with op.batch_alter_table("imported_list", schema=None) as batch_op:
        batch_op.add_column(sa.Column("round_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_imported_list_round_id_discovery_round"), "discovery_round", ["round_id"], ["id"]
        )
        batch_op.add_column(sa.Column("rows_left", sa.Integer(), nullable=False, server_default="0"))

    with op.batch_alter_table("crisis_code_version", schema=None) as batch_op:
        batch_op.add_column(sa.Column("district_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("set_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("set_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_crisis_code_version_district_id_district"), "district", ["district_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_crisis_code_version_set_by_id_account"), "account", ["set_by_id"], ["id"]
        )

    unknown_day = sa.text("birth_on IS NULL")
    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.create_index(
            "ix_member_birth_year", ["birth_year"], unique=False, sqlite_where=unknown_day, postgresql_where=unknown_day
        )

    op.create_table(
        "incoming_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=True),
        sa.Column("round_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("file_form", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.Column("unread_sheets", sa.JSON(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_incoming_file_by_id_account")),
        sa.ForeignKeyConstraint(["centre_id"], ["centre.id"], name=op.f("fk_incoming_file_centre_id_centre")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["discovery_round.id"], name=op.f("fk_incoming_file_round_id_discovery_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incoming_file")),
        sa.UniqueConstraint("by_id", name=op.f("uq_incoming_file_by_id")),
    )
    op.create_table(
        "staged_rows",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("imported_list_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("results", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["imported_list_id"], ["imported_list.id"], name=op.f("fk_staged_rows_imported_list_id_imported_list")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staged_rows")),
        sa.UniqueConstraint("imported_list_id", "position", name=op.f("uq_staged_rows_imported_list_id_position")),
    )


def downgrade() -> None:

    _lengthen_search_grams()
    _drop_doors()
    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.drop_index("ix_member_birth_year")
    op.drop_table("staged_rows")
    op.drop_table("incoming_file")
    with op.batch_alter_table("crisis_code_version", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_crisis_code_version_set_by_id_account"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_crisis_code_version_district_id_district"), type_="foreignkey")
        batch_op.drop_column("set_at")
        batch_op.drop_column("set_by_id")
        batch_op.drop_column("district_id")

    with op.batch_alter_table("imported_list", schema=None) as batch_op:
        batch_op.drop_column("rows_left")
        batch_op.drop_constraint(batch_op.f("fk_imported_list_round_id_discovery_round"), type_="foreignkey")
        batch_op.drop_column("round_id")

    with op.batch_alter_table("service_check", schema=None) as batch_op:
        batch_op.drop_index("ix_service_check_service")

    op.drop_table("service_check")
    with op.batch_alter_table("neighbour_report", schema=None) as batch_op:
        batch_op.drop_index("ix_neighbour_report_at")

    op.drop_table("neighbour_report")
    with op.batch_alter_table("item_attempt", schema=None) as batch_op:
        batch_op.drop_index("ix_item_attempt_item")

    op.drop_table("item_attempt")
    with op.batch_alter_table("referral", schema=None) as batch_op:
        batch_op.drop_index("ix_referral_waiting")
        batch_op.drop_index("ix_referral_household")

    op.drop_table("referral")
    with op.batch_alter_table("plan_service", schema=None) as batch_op:
        batch_op.drop_index("ix_plan_service_plan")

    op.drop_table("plan_service")
    with op.batch_alter_table("plan_goal", schema=None) as batch_op:
        batch_op.drop_index("ix_plan_goal_plan")

    op.drop_table("plan_goal")
    op.drop_table("need_found")
    with op.batch_alter_table("discovery_item", schema=None) as batch_op:
        batch_op.drop_index("ix_discovery_item_round")
        batch_op.drop_index("ix_discovery_item_queue")
        batch_op.drop_index("ix_discovery_item_person")
        batch_op.drop_index("ix_discovery_item_household")
        batch_op.drop_index("ix_discovery_item_claimed")

    op.drop_table("discovery_item")
    op.drop_table("service_plan")
    with op.batch_alter_table("needs_assessment", schema=None) as batch_op:
        batch_op.drop_index("ix_needs_assessment_household")

    op.drop_table("needs_assessment")
    with op.batch_alter_table("emergency_aid", schema=None) as batch_op:
        batch_op.drop_index("ix_emergency_aid_household")

    op.drop_table("emergency_aid")
    with op.batch_alter_table("counselling", schema=None) as batch_op:
        batch_op.drop_index("ix_counselling_household")

    op.drop_table("counselling")
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.drop_index("ix_consent_household")
        batch_op.drop_index("ix_consent_expiring")

    op.drop_table("consent")
    with op.batch_alter_table("case_step", schema=None) as batch_op:
        batch_op.drop_index("ix_case_step_case")

    op.drop_table("case_step")
    with op.batch_alter_table("approval", schema=None) as batch_op:
        batch_op.drop_index("ix_approval_waiting")
        batch_op.drop_index("ix_approval_case")

    op.drop_table("approval")
    with op.batch_alter_table("agenda_item", schema=None) as batch_op:
        batch_op.drop_index("ix_agenda_item_case")

    op.drop_table("agenda_item")
    with op.batch_alter_table("welfare_case", schema=None) as batch_op:
        batch_op.drop_index("ix_case_stage")
        batch_op.drop_index("ix_case_household")

    op.drop_table("welfare_case")
    op.drop_table("triage_table")
    op.drop_table("reason_table")
    with op.batch_alter_table("provider", schema=None) as batch_op:
        batch_op.drop_index("ix_provider_district")

    op.drop_table("provider")
    op.drop_table("needs_form")
    with op.batch_alter_table("discovery_round", schema=None) as batch_op:
        batch_op.drop_index("ix_round_district")

    op.drop_table("discovery_round")
    op.drop_table("consent_text")
    with op.batch_alter_table("conference", schema=None) as batch_op:
        batch_op.drop_index("ix_conference_centre")

    op.drop_table("conference")
    op.drop_table("column_mapping")
