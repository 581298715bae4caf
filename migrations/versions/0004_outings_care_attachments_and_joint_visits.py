"""outings, incidents, care, attachments, registrations, and a visit by two"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "duty_contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_duty_contact_account_id_account")),
        sa.ForeignKeyConstraint(["centre_id"], ["centre.id"], name=op.f("fk_duty_contact_centre_id_centre")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_contact")),
    )
    with op.batch_alter_table("duty_contact", schema=None) as batch_op:
        batch_op.create_index("ix_duty_contact_centre", ["centre_id", "position"], unique=False)

    op.create_table(
        "asked_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("visit_ids", sa.JSON(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_asked_question_account_id_account")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["account.id"], name=op.f("fk_asked_question_asked_by_id_account")),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_asked_question_by_id_account")),
        sa.ForeignKeyConstraint(["centre_id"], ["centre.id"], name=op.f("fk_asked_question_centre_id_centre")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asked_question")),
        sa.UniqueConstraint("question", name=op.f("uq_asked_question_question")),
    )
    with op.batch_alter_table("asked_question", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_asked_question_centre_id"), ["centre_id"], unique=False)

    op.create_table(
        "alone_override",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_alone_override_account_id_account")),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_alone_override_by_id_account")),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_alone_override_household_id_household")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alone_override")),
    )
    with op.batch_alter_table("alone_override", schema=None) as batch_op:
        batch_op.create_index("ix_alone_override_household", ["household_id", "on"], unique=False)

    op.create_table(
        "attachment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("caption", sa.Text(), nullable=False),
        sa.Column("is_health", sa.Boolean(), nullable=False),
        sa.Column("file_key", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_by_id", sa.Integer(), nullable=True),
        sa.Column("removed_because", sa.Text(), nullable=False),
        sa.Column("signer", sa.Text(), nullable=False),
        sa.Column("strokes", sa.JSON(), nullable=True),
        sa.Column("signed_version", sa.Integer(), nullable=True),
        sa.Column("signed_hash", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_attachment_by_id_account")),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_attachment_household_id_household")),
        sa.ForeignKeyConstraint(["removed_by_id"], ["account.id"], name=op.f("fk_attachment_removed_by_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
        sa.UniqueConstraint("file_key", name=op.f("uq_attachment_file_key")),
    )
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.create_index("ix_attachment_household", ["household_id", "at"], unique=False)
        batch_op.create_index("ix_attachment_visit", ["visit_id"], unique=False)

    op.create_table(
        "outing",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=True),
        sa.Column("companion_id", sa.Integer(), nullable=True),
        sa.Column("companion_name", sa.Text(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("planned_end_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("end_note", sa.Text(), nullable=False),
        sa.Column("extended", sa.JSON(), nullable=False),
        sa.Column("alone_because", sa.Text(), nullable=False),
        sa.Column("allowed_by_id", sa.Integer(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_outing_account_id_account")),
        sa.ForeignKeyConstraint(["allowed_by_id"], ["account.id"], name=op.f("fk_outing_allowed_by_id_account")),
        sa.ForeignKeyConstraint(["companion_id"], ["account.id"], name=op.f("fk_outing_companion_id_account")),
        sa.ForeignKeyConstraint(["ended_by_id"], ["account.id"], name=op.f("fk_outing_ended_by_id_account")),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_outing_household_id_household")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outing")),
    )
    with op.batch_alter_table("outing", schema=None) as batch_op:
        batch_op.create_index("ix_outing_account", ["account_id", "started_at"], unique=False)
        batch_op.create_index("ix_outing_household", ["household_id", "started_at"], unique=False)
        batch_op.create_index("ix_outing_open", ["ended_at", "planned_end_at"], unique=False)

    op.create_table(
        "group_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("proposed", sa.String(40), nullable=True),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("table_version", sa.Text(), nullable=False),
        sa.Column("chosen", sa.String(40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_group_decision_by_id_account")),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_group_decision_household_id_household")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_group_decision_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_decision")),
    )
    with op.batch_alter_table("group_decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_group_decision_household_id"), ["household_id"], unique=False)
        batch_op.create_index("ix_group_decision_member", ["member_id", "at"], unique=False)

    op.create_table(
        "incident",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=True),
        sa.Column("outing_id", sa.Uuid(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("is_hurt", sa.Boolean(), nullable=False),
        sa.Column("called", sa.JSON(), nullable=False),
        sa.Column("measures", sa.Text(), nullable=False),
        sa.Column("reported_by_id", sa.Integer(), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("flags_reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("flags_reviewed_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_incident_account_id_account")),
        sa.ForeignKeyConstraint(["centre_id"], ["centre.id"], name=op.f("fk_incident_centre_id_centre")),
        sa.ForeignKeyConstraint(
            ["flags_reviewed_by_id"], ["account.id"], name=op.f("fk_incident_flags_reviewed_by_id_account")
        ),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_incident_household_id_household")),
        sa.ForeignKeyConstraint(["outing_id"], ["outing.id"], name=op.f("fk_incident_outing_id_outing")),
        sa.ForeignKeyConstraint(["reported_by_id"], ["account.id"], name=op.f("fk_incident_reported_by_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
    )
    with op.batch_alter_table("incident", schema=None) as batch_op:
        batch_op.create_index("ix_incident_centre", ["centre_id", "occurred_at"], unique=False)

    op.create_table(
        "incident_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("incident_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_incident_version_by_id_account")),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incident.id"], name=op.f("fk_incident_version_incident_id_incident")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident_version")),
        sa.UniqueConstraint("incident_id", "number", name=op.f("uq_incident_version_incident_id_number")),
    )

    op.create_table(
        "medicine",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("dose", sa.Text(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("prescribed_by", sa.Text(), nullable=False),
        sa.Column("since_on", sa.Date(), nullable=True),
        sa.Column("confirmed_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_because", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_medicine_by_id_account")),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_medicine_household_id_household")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_medicine_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_medicine")),
    )
    with op.batch_alter_table("medicine", schema=None) as batch_op:
        batch_op.create_index("ix_medicine_member", ["member_id", "ended_on"], unique=False)

    op.create_table(
        "medicine_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_medicine_check_by_id_account")),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_medicine_check_household_id_household")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_medicine_check_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_medicine_check")),
        sa.UniqueConstraint("visit_id", "member_id", name=op.f("uq_medicine_check_visit_id_member_id")),
    )
    op.create_table(
        "national_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("system", sa.String(40), nullable=False),
        sa.Column("visit_version", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_national_entry_by_id_account")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_national_entry_visit_id_visit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_national_entry")),
        sa.UniqueConstraint(
            "visit_id", "system", "visit_version", name=op.f("uq_national_entry_visit_id_system_visit_version")
        ),
    )
    op.create_table(
        "outing_alarm",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("outing_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.String(40), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["account.id"], name=op.f("fk_outing_alarm_answered_by_id_account")
        ),
        sa.ForeignKeyConstraint(["outing_id"], ["outing.id"], name=op.f("fk_outing_alarm_outing_id_outing")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outing_alarm")),
        sa.UniqueConstraint("outing_id", "step", name=op.f("uq_outing_alarm_outing_id_step")),
    )
    op.create_table(
        "problem",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("signs", sa.Text(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("opened_by_id", sa.Integer(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_because", sa.Text(), nullable=False),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["closed_by_id"], ["account.id"], name=op.f("fk_problem_closed_by_id_account")),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_problem_household_id_household")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_problem_member_id_member")),
        sa.ForeignKeyConstraint(["opened_by_id"], ["account.id"], name=op.f("fk_problem_opened_by_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_problem")),
    )
    with op.batch_alter_table("problem", schema=None) as batch_op:
        batch_op.create_index("ix_problem_household", ["household_id", "closed_on"], unique=False)

    op.create_table(
        "registration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("programme", sa.String(40), nullable=False),
        sa.Column("registered_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("twice_because", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("discharged_on", sa.Date(), nullable=True),
        sa.Column("discharge_reason", sa.String(40), nullable=True),
        sa.Column("discharge_note", sa.Text(), nullable=False),
        sa.Column("discharged_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_registration_by_id_account")),
        sa.ForeignKeyConstraint(
            ["discharged_by_id"], ["account.id"], name=op.f("fk_registration_discharged_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_registration_household_id_household")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_registration_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration")),
    )
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_registration_household_id"), ["household_id"], unique=False)
        batch_op.create_index("ix_registration_member", ["member_id", "discharged_on"], unique=False)

    op.create_table(
        "intervention",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("problem_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_intervention_by_id_account")),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_intervention_household_id_household")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_intervention_member_id_member")),
        sa.ForeignKeyConstraint(["problem_id"], ["problem.id"], name=op.f("fk_intervention_problem_id_problem")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intervention")),
    )
    with op.batch_alter_table("intervention", schema=None) as batch_op:
        batch_op.create_index("ix_intervention_household", ["household_id", "done_on"], unique=False)
        batch_op.create_index("ix_intervention_visit", ["visit_id"], unique=False)

    op.create_table(
        "problem_rating",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("problem_id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=True),
        sa.Column("rated_on", sa.Date(), nullable=False),
        sa.Column("knowledge", sa.Integer(), nullable=False),
        sa.Column("behaviour", sa.Integer(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_problem_rating_by_id_account")),
        sa.ForeignKeyConstraint(["problem_id"], ["problem.id"], name=op.f("fk_problem_rating_problem_id_problem")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_problem_rating")),
    )
    with op.batch_alter_table("problem_rating", schema=None) as batch_op:
        batch_op.create_index("ix_problem_rating_problem", ["problem_id", "rated_on"], unique=False)

    with op.batch_alter_table("planned_visit", schema=None) as batch_op:
        batch_op.add_column(sa.Column("companion_name", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("visit", schema=None) as batch_op:
        batch_op.add_column(sa.Column("field_notes", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("carried", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("companion_name", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("alone_because", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("cancelled_because", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("second_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("second_typed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("second_received_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("voided_because", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("voided_by_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_visit_second_by_id_account"), "account", ["second_by_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_visit_voided_by_id_account"), "account", ["voided_by_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("visit", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_visit_voided_by_id_account"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_visit_second_by_id_account"), type_="foreignkey")
        batch_op.drop_column("voided_by_id")
        batch_op.drop_column("voided_because")
        batch_op.drop_column("voided_at")
        batch_op.drop_column("second_received_at")
        batch_op.drop_column("second_typed_at")
        batch_op.drop_column("second_by_id")
        batch_op.drop_column("cancelled_because")
        batch_op.drop_column("alone_because")
        batch_op.drop_column("companion_name")
        batch_op.drop_column("carried")
        batch_op.drop_column("field_notes")

    with op.batch_alter_table("planned_visit", schema=None) as batch_op:
        batch_op.drop_column("changed_at")
        batch_op.drop_column("companion_name")

    with op.batch_alter_table("problem_rating", schema=None) as batch_op:
        batch_op.drop_index("ix_problem_rating_problem")

    op.drop_table("problem_rating")
    with op.batch_alter_table("intervention", schema=None) as batch_op:
        batch_op.drop_index("ix_intervention_visit")
        batch_op.drop_index("ix_intervention_household")

    op.drop_table("intervention")
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.drop_index("ix_registration_member")
        batch_op.drop_index(batch_op.f("ix_registration_household_id"))

    op.drop_table("registration")
    with op.batch_alter_table("problem", schema=None) as batch_op:
        batch_op.drop_index("ix_problem_household")

    op.drop_table("problem")
    op.drop_table("outing_alarm")
    op.drop_table("national_entry")
    op.drop_table("medicine_check")
    with op.batch_alter_table("medicine", schema=None) as batch_op:
        batch_op.drop_index("ix_medicine_member")

    op.drop_table("medicine")
    op.drop_table("incident_version")
    with op.batch_alter_table("incident", schema=None) as batch_op:
        batch_op.drop_index("ix_incident_centre")

    op.drop_table("incident")
    with op.batch_alter_table("group_decision", schema=None) as batch_op:
        batch_op.drop_index("ix_group_decision_member")
        batch_op.drop_index(batch_op.f("ix_group_decision_household_id"))

    op.drop_table("group_decision")
    with op.batch_alter_table("outing", schema=None) as batch_op:
        batch_op.drop_index("ix_outing_open")
        batch_op.drop_index("ix_outing_household")
        batch_op.drop_index("ix_outing_account")

    op.drop_table("outing")
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.drop_index("ix_attachment_visit")
        batch_op.drop_index("ix_attachment_household")

    op.drop_table("attachment")
    with op.batch_alter_table("alone_override", schema=None) as batch_op:
        batch_op.drop_index("ix_alone_override_household")

    op.drop_table("alone_override")
    with op.batch_alter_table("asked_question", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_asked_question_centre_id"))

    op.drop_table("asked_question")
    with op.batch_alter_table("duty_contact", schema=None) as batch_op:
        batch_op.drop_index("ix_duty_contact_centre")

    op.drop_table("duty_contact")
