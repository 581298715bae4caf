"""assessments, and restricted tasks of protection"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "hotline_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hotline_version")),
        sa.UniqueConstraint("version", name=op.f("uq_hotline_version_version")),
    )
    op.create_table(
        "instrument_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("district_id", sa.Integer(), nullable=True),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["district_id"], ["district.id"], name=op.f("fk_instrument_version_district_id_district")
        ),
        sa.ForeignKeyConstraint(["set_by_id"], ["account.id"], name=op.f("fk_instrument_version_set_by_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instrument_version")),
        sa.UniqueConstraint(
            "district_id", "code", "version", name=op.f("uq_instrument_version_district_id_code_version")
        ),
    )
    op.create_table(
        "assessment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("visit_id", sa.Uuid(), nullable=True),
        sa.Column("instrument_id", sa.Integer(), nullable=False),
        sa.Column("assessed_on", sa.Date(), nullable=False),
        sa.Column("total", sa.Numeric(precision=8, scale=2), nullable=False),
        sa.Column("band", sa.Text(), nullable=False),
        sa.Column("chosen_band", sa.Text(), nullable=False),
        sa.Column("override_reason", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("voided_because", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_assessment_by_id_account")),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_assessment_household_id_household")),
        sa.ForeignKeyConstraint(
            ["instrument_id"], ["instrument_version.id"], name=op.f("fk_assessment_instrument_id_instrument_version")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_assessment_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
    )
    with op.batch_alter_table("assessment", schema=None) as batch_op:
        batch_op.create_index("ix_assessment_household", ["household_id", "assessed_on"], unique=False)
        batch_op.create_index("ix_assessment_member", ["member_id", "assessed_on"], unique=False)

    op.create_table(
        "protection_task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("visit_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by_id", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("staff_ids", sa.JSON(), nullable=False),
        sa.Column("reporter", sa.Text(), nullable=False),
        sa.Column("reported_to", sa.Text(), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("receipt_number", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["closed_by_id"], ["account.id"], name=op.f("fk_protection_task_closed_by_id_account")),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_protection_task_household_id_household")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_protection_task_member_id_member")),
        sa.ForeignKeyConstraint(["opened_by_id"], ["account.id"], name=op.f("fk_protection_task_opened_by_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_protection_task")),
    )
    with op.batch_alter_table("protection_task", schema=None) as batch_op:
        batch_op.create_index("ix_protection_task_household", ["household_id", "closed_at"], unique=False)

    op.create_table(
        "assessment_line",
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("points", sa.Numeric(precision=8, scale=2), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_assessment_line_assessment_id_assessment")
        ),
        sa.PrimaryKeyConstraint("assessment_id", "position", name=op.f("pk_assessment_line")),
    )


def downgrade() -> None:
    op.drop_table("assessment_line")
    with op.batch_alter_table("protection_task", schema=None) as batch_op:
        batch_op.drop_index("ix_protection_task_household")

    op.drop_table("protection_task")
    with op.batch_alter_table("assessment", schema=None) as batch_op:
        batch_op.drop_index("ix_assessment_member")
        batch_op.drop_index("ix_assessment_household")

    op.drop_table("assessment")
    op.drop_table("instrument_version")
    op.drop_table("hotline_version")
