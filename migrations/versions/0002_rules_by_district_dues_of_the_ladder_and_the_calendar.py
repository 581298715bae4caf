"""rules by district, dues of the ladder, the calendar, mail and the takeover of jobs"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "leader",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("since_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leader")),
    )
    op.create_table(
        "calendar_feed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_calendar_feed_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_feed")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_calendar_feed_token_hash")),
    )
    with op.batch_alter_table("calendar_feed", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_calendar_feed_account_id"), ["account_id"], unique=False)

    op.create_table(
        "mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recipient_id", sa.Integer(), nullable=False),
        sa.Column("for_on", sa.Date(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["recipient_id"], ["account.id"], name=op.f("fk_mail_recipient_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail")),
        sa.UniqueConstraint("recipient_id", "for_on", name=op.f("uq_mail_recipient_id_for_on")),
    )
    with op.batch_alter_table("mail", schema=None) as batch_op:
        batch_op.create_index("ix_mail_waiting", ["sent_at", "next_try_at"], unique=False)

    op.create_table(
        "absence_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("first_try_on", sa.Date(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(40), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_absence_decision_by_id_account")),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_absence_decision_household_id_household")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence_decision")),
    )
    with op.batch_alter_table("absence_decision", schema=None) as batch_op:
        batch_op.create_index("ix_absence_decision_household", ["household_id", "first_try_on"], unique=False)

    op.create_table(
        "planned_visit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("assignee_id", sa.Integer(), nullable=False),
        sa.Column("companion_id", sa.Integer(), nullable=True),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("planned_at", sa.Time(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(40), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=True),
        sa.Column("set_by_id", sa.Integer(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["assignee_id"], ["account.id"], name=op.f("fk_planned_visit_assignee_id_account")),
        sa.ForeignKeyConstraint(["companion_id"], ["account.id"], name=op.f("fk_planned_visit_companion_id_account")),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_planned_visit_household_id_household")
        ),
        sa.ForeignKeyConstraint(["set_by_id"], ["account.id"], name=op.f("fk_planned_visit_set_by_id_account")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_planned_visit_visit_id_visit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planned_visit")),
    )
    with op.batch_alter_table("planned_visit", schema=None) as batch_op:
        batch_op.create_index("ix_planned_visit_assignee", ["assignee_id", "planned_on"], unique=False)
        batch_op.create_index("ix_planned_visit_household", ["household_id", "planned_on"], unique=False)

    op.create_table(
        "planned_visit_move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("planned_id", sa.Uuid(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("from_at", sa.Time(), nullable=True),
        sa.Column("from_assignee_id", sa.Integer(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("to_at", sa.Time(), nullable=True),
        sa.Column("to_assignee_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_planned_visit_move_by_id_account")),
        sa.ForeignKeyConstraint(
            ["from_assignee_id"], ["account.id"], name=op.f("fk_planned_visit_move_from_assignee_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["planned_id"], ["planned_visit.id"], name=op.f("fk_planned_visit_move_planned_id_planned_visit")
        ),
        sa.ForeignKeyConstraint(
            ["to_assignee_id"], ["account.id"], name=op.f("fk_planned_visit_move_to_assignee_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planned_visit_move")),
    )
    with op.batch_alter_table("planned_visit_move", schema=None) as batch_op:
        batch_op.create_index("ix_planned_visit_move_planned", ["planned_id"], unique=False)

    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.add_column(sa.Column("email", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("wants_mail", sa.Boolean(), nullable=False, server_default=sa.true()))
        batch_op.add_column(sa.Column("visits_per_day", sa.Integer(), nullable=True))

    with op.batch_alter_table("holiday_override", schema=None) as batch_op:
        batch_op.add_column(sa.Column("kind", sa.String(40), nullable=True))
        batch_op.add_column(sa.Column("note", sa.Text(), nullable=False, server_default=""))

    with op.batch_alter_table("job_run", schema=None) as batch_op:
        batch_op.add_column(sa.Column("cause", sa.String(40), nullable=False, server_default="TIMETABLE"))
        batch_op.add_column(sa.Column("asked_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("owner", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("claim", sa.Integer(), nullable=False, server_default="1"))
        batch_op.add_column(sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.alter_column("started_at", existing_type=sa.DATETIME(), nullable=True)
        batch_op.create_index("ix_job_run_open", ["finished_at", "failed_at"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_job_run_asked_by_id_account"), "account", ["asked_by_id"], ["id"])

    with op.batch_alter_table("ladder_version", schema=None) as batch_op:
        batch_op.add_column(sa.Column("district_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("note", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("set_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("set_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.drop_constraint(batch_op.f("uq_ladder_version_version"), type_="unique")
        batch_op.create_unique_constraint(
            batch_op.f("uq_ladder_version_district_id_version"), ["district_id", "version"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_ladder_version_district_id_district"), "district", ["district_id"], ["id"]
        )
        batch_op.create_foreign_key(batch_op.f("fk_ladder_version_set_by_id_account"), "account", ["set_by_id"], ["id"])

    _keep_obligations()
    _create_obligation()
    _bring_back_obligations()
    with op.batch_alter_table("rule_version", schema=None) as batch_op:
        batch_op.add_column(sa.Column("district_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("note", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("set_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("set_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.drop_constraint(batch_op.f("uq_rule_version_code_version"), type_="unique")
        batch_op.create_unique_constraint(
            batch_op.f("uq_rule_version_district_id_code_version"), ["district_id", "code", "version"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_rule_version_district_id_district"), "district", ["district_id"], ["id"]
        )
        batch_op.create_foreign_key(batch_op.f("fk_rule_version_set_by_id_account"), "account", ["set_by_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("rule_version", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_rule_version_set_by_id_account"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_rule_version_district_id_district"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("uq_rule_version_district_id_code_version"), type_="unique")
        batch_op.create_unique_constraint(batch_op.f("uq_rule_version_code_version"), ["code", "version"])
        batch_op.drop_column("set_at")
        batch_op.drop_column("set_by_id")
        batch_op.drop_column("note")
        batch_op.drop_column("district_id")

    _keep_obligations()
    _create_first_obligation()
    _bring_back_obligations()
    with op.batch_alter_table("ladder_version", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_ladder_version_set_by_id_account"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_ladder_version_district_id_district"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("uq_ladder_version_district_id_version"), type_="unique")
        batch_op.create_unique_constraint(batch_op.f("uq_ladder_version_version"), ["version"])
        batch_op.drop_column("set_at")
        batch_op.drop_column("set_by_id")
        batch_op.drop_column("note")
        batch_op.drop_column("district_id")

    op.execute("DELETE FROM job_run WHERE started_at IS NULL")
    with op.batch_alter_table("job_run", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_job_run_asked_by_id_account"), type_="foreignkey")
        batch_op.drop_index("ix_job_run_open")
        batch_op.alter_column("started_at", existing_type=sa.DATETIME(), nullable=False)
        batch_op.drop_column("failed_at")
        batch_op.drop_column("claim")
        batch_op.drop_column("owner")
        batch_op.drop_column("asked_by_id")
        batch_op.drop_column("cause")

    with op.batch_alter_table("holiday_override", schema=None) as batch_op:
        batch_op.drop_column("note")
        batch_op.drop_column("kind")

    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.drop_column("visits_per_day")
        batch_op.drop_column("wants_mail")
        batch_op.drop_column("email")

    with op.batch_alter_table("planned_visit_move", schema=None) as batch_op:
        batch_op.drop_index("ix_planned_visit_move_planned")

    op.drop_table("planned_visit_move")
    with op.batch_alter_table("planned_visit", schema=None) as batch_op:
        batch_op.drop_index("ix_planned_visit_household")
        batch_op.drop_index("ix_planned_visit_assignee")

    op.drop_table("planned_visit")
    with op.batch_alter_table("absence_decision", schema=None) as batch_op:
        batch_op.drop_index("ix_absence_decision_household")

    op.drop_table("absence_decision")
    with op.batch_alter_table("mail", schema=None) as batch_op:
        batch_op.drop_index("ix_mail_waiting")

    op.drop_table("mail")
    with op.batch_alter_table("calendar_feed", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_calendar_feed_account_id"))

    op.drop_table("calendar_feed")
    op.drop_table("leader")


SHARED = (
    "term_id, household_id, centre_id, member_id, profession, kind, label, note, due_on, window_start, limit_on, "
    "done, needed, missed, because, computed_on"
)


def _keep_obligations() -> None:
    """Stored answers are a cache: they are copied, and marked stale so that whoever reads them asks the engine."""
    op.execute(f"CREATE TABLE obligation_before AS SELECT {SHARED} FROM obligation WHERE term_id IS NOT NULL")  # noqa: S608
    op.drop_table("obligation")


def _bring_back_obligations() -> None:
    op.execute(
        f"INSERT INTO obligation ({SHARED}, recompute_on) "  # noqa: S608
        f"SELECT {SHARED}, computed_on FROM obligation_before"
    )
    op.drop_table("obligation_before")


def _obligation_columns() -> list[sa.Column]:
    return [
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("profession", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("window_start", sa.Date(), nullable=True),
        sa.Column("limit_on", sa.Date(), nullable=True),
        sa.Column("done", sa.Integer(), nullable=True),
        sa.Column("needed", sa.Integer(), nullable=True),
        sa.Column("missed", sa.JSON(), nullable=False),
        sa.Column("because", sa.JSON(), nullable=False),
        sa.Column("computed_on", sa.Date(), nullable=False),
        sa.Column("recompute_on", sa.Date(), nullable=True),
    ]


def _obligation_keys() -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint(["centre_id"], ["centre.id"], name=op.f("fk_obligation_centre_id_centre")),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_obligation_household_id_household")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_obligation_member_id_member")),
        sa.ForeignKeyConstraint(["term_id"], ["term.id"], name=op.f("fk_obligation_term_id_term")),
    ]


def _create_obligation() -> None:
    op.create_table(
        "obligation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("term_id", sa.Integer(), nullable=True),
        sa.Column("rule_version_id", sa.Integer(), nullable=True),
        sa.Column("ladder_step", sa.Integer(), nullable=True),
        *_obligation_columns(),
        sa.Column("rests_from", sa.Date(), nullable=True),
        sa.Column("rests_until", sa.Date(), nullable=True),
        *_obligation_keys(),
        sa.ForeignKeyConstraint(
            ["rule_version_id"], ["rule_version.id"], name=op.f("fk_obligation_rule_version_id_rule_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_obligation")),
        sa.UniqueConstraint("term_id", name=op.f("uq_obligation_term_id")),
    )
    _index_obligations()
    op.create_index("ix_obligation_rests_until", "obligation", ["rests_until"], unique=False)


def _create_first_obligation() -> None:
    op.create_table(
        "obligation",
        sa.Column("term_id", sa.Integer(), nullable=False),
        *_obligation_columns(),
        *_obligation_keys(),
        sa.PrimaryKeyConstraint("term_id", name=op.f("pk_obligation")),
    )
    _index_obligations()


def _index_obligations() -> None:
    op.create_index("ix_obligation_centre_due", "obligation", ["centre_id", "due_on"], unique=False)
    op.create_index("ix_obligation_household_due", "obligation", ["household_id", "due_on"], unique=False)
    op.create_index("ix_obligation_recompute_on", "obligation", ["recompute_on"], unique=False)
