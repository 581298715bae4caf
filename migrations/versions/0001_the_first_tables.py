"""the first tables"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "access_chain",
        sa.Column("chain", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("chain", name=op.f("pk_access_chain")),
    )
    op.create_table(
        "access_log",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("chain", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("request_id", sa.Text(), nullable=False),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=True),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("hash_before", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_log")),
        sa.UniqueConstraint("chain", "position", name=op.f("uq_access_log_chain_position")),
    )
    with op.batch_alter_table("access_log", schema=None) as batch_op:
        batch_op.create_index("ix_access_log_actor", ["actor_id", "id"], unique=False)
        batch_op.create_index("ix_access_log_household", ["household_id", "id"], unique=False)

    op.create_table(
        "crisis_code_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crisis_code_version")),
        sa.UniqueConstraint("version", name=op.f("uq_crisis_code_version_version")),
    )
    op.create_table(
        "district",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_district")),
        sa.UniqueConstraint("name", name=op.f("uq_district_name")),
    )
    op.create_table(
        "job_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("job", sa.Text(), nullable=False),
        sa.Column("scheduled_for", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("count", sa.Integer(), nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_run")),
        sa.UniqueConstraint("job", "scheduled_for", name=op.f("uq_job_run_job_scheduled_for")),
    )
    op.create_table(
        "judgement_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judgement_version")),
        sa.UniqueConstraint("version", name=op.f("uq_judgement_version_version")),
    )
    op.create_table(
        "ladder_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ladder_version")),
        sa.UniqueConstraint("version", name=op.f("uq_ladder_version_version")),
    )
    op.create_table(
        "rule_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("profession", sa.String(40), nullable=False),
        sa.Column("whom", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("parameters", sa.JSON(), nullable=False),
        sa.Column("counts_modes", sa.JSON(), nullable=False),
        sa.Column("counts_purposes", sa.JSON(), nullable=False),
        sa.Column("shift", sa.String(40), nullable=False),
        sa.Column("lead_days", sa.Integer(), nullable=True),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("effective_until", sa.Date(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_version")),
        sa.UniqueConstraint("code", "version", name=op.f("uq_rule_version_code_version")),
    )
    op.create_table(
        "sign_in_failure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("login_hash", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_failure")),
    )
    with op.batch_alter_table("sign_in_failure", schema=None) as batch_op:
        batch_op.create_index("ix_sign_in_failure_login_at", ["login_hash", "at"], unique=False)

    op.create_table(
        "centre",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("district_id", sa.Integer(), nullable=False),
        sa.Column("dong", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("last_household_number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["district_id"], ["district.id"], name=op.f("fk_centre_district_id_district")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_centre")),
        sa.UniqueConstraint("district_id", "dong", name=op.f("uq_centre_district_id_dong")),
    )
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("district_id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("must_change_password", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("theme", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["centre_id"], ["centre.id"], name=op.f("fk_account_centre_id_centre")),
        sa.ForeignKeyConstraint(["district_id"], ["district.id"], name=op.f("fk_account_district_id_district")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("login", name=op.f("uq_account_login")),
    )
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_account_centre_id"), ["centre_id"], unique=False)

    op.create_table(
        "alert",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("recipient_id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["recipient_id"], ["account.id"], name=op.f("fk_alert_recipient_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert")),
        sa.UniqueConstraint("kind", "subject", "recipient_id", name=op.f("uq_alert_kind_subject_recipient_id")),
    )
    with op.batch_alter_table("alert", schema=None) as batch_op:
        batch_op.create_index("ix_alert_inbox", ["recipient_id", "read_at", "id"], unique=False)

    op.create_table(
        "cover",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("absent_id", sa.Integer(), nullable=False),
        sa.Column("covered_by_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("arranged_by_id", sa.Integer(), nullable=True),
        sa.Column("arranged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["absent_id"], ["account.id"], name=op.f("fk_cover_absent_id_account")),
        sa.ForeignKeyConstraint(["arranged_by_id"], ["account.id"], name=op.f("fk_cover_arranged_by_id_account")),
        sa.ForeignKeyConstraint(["covered_by_id"], ["account.id"], name=op.f("fk_cover_covered_by_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cover")),
    )
    with op.batch_alter_table("cover", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cover_absent_id"), ["absent_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_cover_covered_by_id"), ["covered_by_id"], unique=False)

    op.create_table(
        "holiday_override",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("district_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("is_holiday", sa.Boolean(), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["district_id"], ["district.id"], name=op.f("fk_holiday_override_district_id_district")
        ),
        sa.ForeignKeyConstraint(["set_by_id"], ["account.id"], name=op.f("fk_holiday_override_set_by_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holiday_override")),
        sa.UniqueConstraint("district_id", "on", name=op.f("uq_holiday_override_district_id_on")),
    )
    op.create_table(
        "household",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closure_reason", sa.String(40), nullable=True),
        sa.Column("closure_note", sa.Text(), nullable=False),
        sa.Column("household_type", sa.String(40), nullable=False),
        sa.Column("benefits", sa.JSON(), nullable=False),
        sa.Column("risk", sa.String(40), nullable=False),
        sa.Column("risk_since_on", sa.Date(), nullable=True),
        sa.Column("health_ground", sa.String(40), nullable=True),
        sa.Column("road_address", sa.Text(), nullable=False),
        sa.Column("lot_address", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("dwelling", sa.String(40), nullable=True),
        sa.Column("approach", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("emergency_contact", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("worker_id", sa.Integer(), nullable=True),
        sa.Column("nurse_id", sa.Integer(), nullable=True),
        sa.Column("last_seen_on", sa.Date(), nullable=True),
        sa.Column("absences_in_row", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["centre_id"], ["centre.id"], name=op.f("fk_household_centre_id_centre")),
        sa.ForeignKeyConstraint(["created_by_id"], ["account.id"], name=op.f("fk_household_created_by_id_account")),
        sa.ForeignKeyConstraint(["nurse_id"], ["account.id"], name=op.f("fk_household_nurse_id_account")),
        sa.ForeignKeyConstraint(["worker_id"], ["account.id"], name=op.f("fk_household_worker_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household")),
        sa.UniqueConstraint("number", name=op.f("uq_household_number")),
    )
    with op.batch_alter_table("household", schema=None) as batch_op:
        batch_op.create_index("ix_household_centre", ["centre_id", "status", "id"], unique=False)
        batch_op.create_index("ix_household_lot_address", ["lot_address"], unique=False)
        batch_op.create_index("ix_household_nurse", ["nurse_id", "status", "id"], unique=False)
        batch_op.create_index("ix_household_phone", ["phone"], unique=False)
        batch_op.create_index("ix_household_road_address", ["road_address"], unique=False)
        batch_op.create_index("ix_household_worker", ["worker_id", "status", "id"], unique=False)

    op.create_table(
        "imported_list",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("district_id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=True),
        sa.Column("judged_for", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("file_form", sa.Text(), nullable=False),
        sa.Column("headings", sa.JSON(), nullable=False),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.Column("skipped", sa.JSON(), nullable=False),
        sa.Column("declared_total", sa.Integer(), nullable=True),
        sa.Column("unread_sheets", sa.JSON(), nullable=False),
        sa.Column("crisis_codes_id", sa.Integer(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("imported_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["centre_id"], ["centre.id"], name=op.f("fk_imported_list_centre_id_centre")),
        sa.ForeignKeyConstraint(
            ["crisis_codes_id"],
            ["crisis_code_version.id"],
            name=op.f("fk_imported_list_crisis_codes_id_crisis_code_version"),
        ),
        sa.ForeignKeyConstraint(["district_id"], ["district.id"], name=op.f("fk_imported_list_district_id_district")),
        sa.ForeignKeyConstraint(
            ["imported_by_id"], ["account.id"], name=op.f("fk_imported_list_imported_by_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imported_list")),
        sa.UniqueConstraint(
            "district_id", "judged_for", "fingerprint", name=op.f("uq_imported_list_district_id_judged_for_fingerprint")
        ),
    )
    op.create_table(
        "user_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_because", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_user_session_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_user_session_token_hash")),
    )
    with op.batch_alter_table("user_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_user_session_account_id"), ["account_id"], unique=False)

    op.create_table(
        "assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("duty", sa.String(40), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_assignment_account_id_account")),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_assignment_household_id_household")),
        sa.ForeignKeyConstraint(["set_by_id"], ["account.id"], name=op.f("fk_assignment_set_by_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
    )
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.create_index("ix_assignment_account", ["account_id", "until_on"], unique=False)
        batch_op.create_index("ix_assignment_household", ["household_id", "duty", "until_on"], unique=False)

    op.create_table(
        "contact",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column("mode", sa.String(40), nullable=False),
        sa.Column("purpose", sa.String(40), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("member_ids", sa.JSON(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_contact_by_id_account")),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_contact_household_id_household")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
    )
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.create_index("ix_contact_household", ["household_id", "occurred_on"], unique=False)
        batch_op.create_index("ix_contact_record", ["record_id"], unique=False)

    op.create_table(
        "household_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_household_change_by_id_account")),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_household_change_household_id_household")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household_change")),
    )
    with op.batch_alter_table("household_change", schema=None) as batch_op:
        batch_op.create_index("ix_household_change_household", ["household_id", "id"], unique=False)

    op.create_table(
        "member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("relation", sa.String(40), nullable=False),
        sa.Column("sex", sa.String(40), nullable=True),
        sa.Column("birth_on", sa.Date(), nullable=True),
        sa.Column("birth_year", sa.Integer(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("left_because", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_member_household_id_household")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member")),
    )
    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.create_index("ix_member_birth_on", ["birth_on"], unique=False)
        batch_op.create_index("ix_member_household", ["household_id"], unique=False)
        batch_op.create_index("ix_member_phone", ["phone"], unique=False)

    op.create_table(
        "print_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=True),
        sa.Column("household_id", sa.Integer(), nullable=True),
        sa.Column("subject_account_id", sa.Integer(), nullable=True),
        sa.Column("masking", sa.String(40), nullable=False),
        sa.Column("purpose", sa.String(40), nullable=False),
        sa.Column("copy_number", sa.Integer(), nullable=False),
        sa.Column("template_version", sa.Text(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("facts_hash", sa.Text(), nullable=False),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.Column("printed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("printed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["centre_id"], ["centre.id"], name=op.f("fk_print_record_centre_id_centre")),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_print_record_household_id_household")
        ),
        sa.ForeignKeyConstraint(["printed_by_id"], ["account.id"], name=op.f("fk_print_record_printed_by_id_account")),
        sa.ForeignKeyConstraint(
            ["subject_account_id"], ["account.id"], name=op.f("fk_print_record_subject_account_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_print_record")),
    )
    with op.batch_alter_table("print_record", schema=None) as batch_op:
        batch_op.create_index("ix_print_record_centre", ["centre_id", "id"], unique=False)

    op.create_table(
        "risk_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("risk", sa.String(40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_risk_change_by_id_account")),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_risk_change_household_id_household")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_risk_change")),
    )
    with op.batch_alter_table("risk_change", schema=None) as batch_op:
        batch_op.create_index("ix_risk_change_household", ["household_id", "id"], unique=False)

    op.create_table(
        "safety_flag",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("rule", sa.String(40), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("instruction", sa.Text(), nullable=False),
        sa.Column("set_on", sa.Date(), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_because", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_safety_flag_household_id_household")),
        sa.ForeignKeyConstraint(["set_by_id"], ["account.id"], name=op.f("fk_safety_flag_set_by_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_safety_flag")),
    )
    with op.batch_alter_table("safety_flag", schema=None) as batch_op:
        batch_op.create_index("ix_safety_flag_household", ["household_id", "ended_on"], unique=False)

    op.create_table(
        "search_gram",
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("gram", sa.Text(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["centre_id"], ["centre.id"], name=op.f("fk_search_gram_centre_id_centre")),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_search_gram_household_id_household")),
        sa.PrimaryKeyConstraint("centre_id", "gram", "household_id", name=op.f("pk_search_gram")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("search_gram", schema=None) as batch_op:
        batch_op.create_index("ix_search_gram_household", ["household_id"], unique=False)

    op.create_table(
        "visit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("mode", sa.String(40), nullable=False),
        sa.Column("purpose", sa.String(40), nullable=False),
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("typed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("typed_by_id", sa.Integer(), nullable=False),
        sa.Column("companion_ids", sa.JSON(), nullable=False),
        sa.Column("welfare_note", sa.Text(), nullable=False),
        sa.Column("nursing_note", sa.Text(), nullable=False),
        sa.Column("shared_line", sa.Text(), nullable=False),
        sa.Column("symptom_checks", sa.JSON(), nullable=False),
        sa.Column("actions_taken", sa.JSON(), nullable=False),
        sa.Column("tried", sa.JSON(), nullable=False),
        sa.Column("notice_left", sa.Boolean(), nullable=False),
        sa.Column("neighbour_asked", sa.Text(), nullable=False),
        sa.Column("absence_note", sa.Text(), nullable=False),
        sa.Column("promised_on", sa.Date(), nullable=True),
        sa.Column("promise_note", sa.Text(), nullable=False),
        sa.Column("next_visit_reason", sa.Text(), nullable=False),
        sa.Column("told_to", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_visit_by_id_account")),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_visit_household_id_household")),
        sa.ForeignKeyConstraint(["typed_by_id"], ["account.id"], name=op.f("fk_visit_typed_by_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
    )
    with op.batch_alter_table("visit", schema=None) as batch_op:
        batch_op.create_index("ix_visit_by", ["by_id", "occurred_on"], unique=False)
        batch_op.create_index("ix_visit_household", ["household_id", "began_at"], unique=False)

    op.create_table(
        "visit_draft",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_visit_draft_account_id_account")),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_visit_draft_household_id_household")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_draft")),
    )
    with op.batch_alter_table("visit_draft", schema=None) as batch_op:
        batch_op.create_index("ix_visit_draft_account", ["account_id", "saved_at"], unique=False)

    op.create_table(
        "list_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("imported_list_id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=True),
        sa.Column("row_number", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("cells", sa.JSON(), nullable=False),
        sa.Column("outcome", sa.String(40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("read_as", sa.JSON(), nullable=True),
        sa.Column("crisis_codes", sa.JSON(), nullable=False),
        sa.Column("months_in_arrears", sa.Integer(), nullable=True),
        sa.Column("previous_discoveries", sa.Integer(), nullable=True),
        sa.Column("household_id", sa.Integer(), nullable=True),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("follows_id", sa.Integer(), nullable=True),
        sa.Column("resembles_id", sa.Integer(), nullable=True),
        sa.Column("made_id", sa.Integer(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("discovered_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["centre_id"], ["centre.id"], name=op.f("fk_list_row_centre_id_centre")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["account.id"], name=op.f("fk_list_row_decided_by_id_account")),
        sa.ForeignKeyConstraint(["follows_id"], ["list_row.id"], name=op.f("fk_list_row_follows_id_list_row")),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_list_row_household_id_household")),
        sa.ForeignKeyConstraint(
            ["imported_list_id"], ["imported_list.id"], name=op.f("fk_list_row_imported_list_id_imported_list")
        ),
        sa.ForeignKeyConstraint(["made_id"], ["household.id"], name=op.f("fk_list_row_made_id_household")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_list_row_member_id_member")),
        sa.ForeignKeyConstraint(["resembles_id"], ["list_row.id"], name=op.f("fk_list_row_resembles_id_list_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_row")),
        sa.UniqueConstraint("imported_list_id", "row_number", name=op.f("uq_list_row_imported_list_id_row_number")),
    )
    with op.batch_alter_table("list_row", schema=None) as batch_op:
        batch_op.create_index("ix_list_row_decided_by", ["decided_by_id", "decided_at"], unique=False)
        batch_op.create_index("ix_list_row_fingerprint", ["fingerprint"], unique=False)
        batch_op.create_index("ix_list_row_follows", ["follows_id"], unique=False)
        batch_op.create_index("ix_list_row_household", ["household_id"], unique=False)
        batch_op.create_index("ix_list_row_outcome", ["outcome", "centre_id", "id"], unique=False)
        batch_op.create_index("ix_list_row_resembles", ["resembles_id"], unique=False)

    op.create_table(
        "term",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("rule_version_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("event_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("promised_on", sa.Date(), nullable=True),
        sa.Column("made_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("promised_by", sa.String(40), nullable=True),
        sa.Column("set_by_id", sa.Integer(), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_because", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_term_household_id_household")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_term_member_id_member")),
        sa.ForeignKeyConstraint(
            ["rule_version_id"], ["rule_version.id"], name=op.f("fk_term_rule_version_id_rule_version")
        ),
        sa.ForeignKeyConstraint(["set_by_id"], ["account.id"], name=op.f("fk_term_set_by_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_term")),
    )
    with op.batch_alter_table("term", schema=None) as batch_op:
        batch_op.create_index("ix_term_household", ["household_id", "ends_on"], unique=False)

    op.create_table(
        "visit_member",
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_visit_member_member_id_member")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_visit_member_visit_id_visit")),
        sa.PrimaryKeyConstraint("visit_id", "member_id", name=op.f("pk_visit_member")),
    )
    op.create_table(
        "visit_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_visit_version_by_id_account")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_visit_version_visit_id_visit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_version")),
        sa.UniqueConstraint("visit_id", "number", name=op.f("uq_visit_version_visit_id_number")),
    )
    op.create_table(
        "vital_reading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("value", sa.Numeric(precision=8, scale=2), nullable=True),
        sa.Column("systolic", sa.Numeric(precision=8, scale=2), nullable=True),
        sa.Column("diastolic", sa.Numeric(precision=8, scale=2), nullable=True),
        sa.Column("arm", sa.String(40), nullable=True),
        sa.Column("position", sa.String(40), nullable=True),
        sa.Column("context", sa.String(40), nullable=True),
        sa.Column("flag", sa.String(40), nullable=True),
        sa.Column("not_measured", sa.String(40), nullable=True),
        sa.Column("judgement_code", sa.Text(), nullable=False),
        sa.Column("judgement_label", sa.Text(), nullable=False),
        sa.Column("judgement_tone", sa.Text(), nullable=False),
        sa.Column("judged_by", sa.Text(), nullable=False),
        sa.Column("measured_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_vital_reading_member_id_member")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_vital_reading_visit_id_visit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vital_reading")),
    )
    with op.batch_alter_table("vital_reading", schema=None) as batch_op:
        batch_op.create_index("ix_vital_reading_member", ["member_id", "kind", "measured_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_vital_reading_visit_id"), ["visit_id"], unique=False)

    op.create_table(
        "decided_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_key", sa.Text(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("is_same", sa.Boolean(), nullable=False),
        sa.Column("list_row_id", sa.Integer(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["decided_by_id"], ["account.id"], name=op.f("fk_decided_link_decided_by_id_account")),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_decided_link_household_id_household")
        ),
        sa.ForeignKeyConstraint(["list_row_id"], ["list_row.id"], name=op.f("fk_decided_link_list_row_id_list_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decided_link")),
        sa.UniqueConstraint("person_key", "household_id", name=op.f("uq_decided_link_person_key_household_id")),
    )
    with op.batch_alter_table("decided_link", schema=None) as batch_op:
        batch_op.create_index("ix_decided_link_row", ["list_row_id"], unique=False)

    op.create_table(
        "obligation",
        sa.Column("term_id", sa.Integer(), nullable=False),
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
        sa.ForeignKeyConstraint(["centre_id"], ["centre.id"], name=op.f("fk_obligation_centre_id_centre")),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_obligation_household_id_household")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_obligation_member_id_member")),
        sa.ForeignKeyConstraint(["term_id"], ["term.id"], name=op.f("fk_obligation_term_id_term")),
        sa.PrimaryKeyConstraint("term_id", name=op.f("pk_obligation")),
    )
    with op.batch_alter_table("obligation", schema=None) as batch_op:
        batch_op.create_index("ix_obligation_centre_due", ["centre_id", "due_on"], unique=False)
        batch_op.create_index("ix_obligation_household_due", ["household_id", "due_on"], unique=False)
        batch_op.create_index("ix_obligation_recompute_on", ["recompute_on"], unique=False)

    op.create_table(
        "row_candidate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("list_row_id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("degree", sa.String(40), nullable=False),
        sa.Column("compared", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_row_candidate_household_id_household")
        ),
        sa.ForeignKeyConstraint(["list_row_id"], ["list_row.id"], name=op.f("fk_row_candidate_list_row_id_list_row")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_row_candidate_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_row_candidate")),
        sa.UniqueConstraint("list_row_id", "household_id", name=op.f("uq_row_candidate_list_row_id_household_id")),
    )
    with op.batch_alter_table("row_candidate", schema=None) as batch_op:
        batch_op.create_index("ix_row_candidate_household", ["household_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("row_candidate", schema=None) as batch_op:
        batch_op.drop_index("ix_row_candidate_household")

    op.drop_table("row_candidate")
    with op.batch_alter_table("obligation", schema=None) as batch_op:
        batch_op.drop_index("ix_obligation_recompute_on")
        batch_op.drop_index("ix_obligation_household_due")
        batch_op.drop_index("ix_obligation_centre_due")

    op.drop_table("obligation")
    with op.batch_alter_table("decided_link", schema=None) as batch_op:
        batch_op.drop_index("ix_decided_link_row")

    op.drop_table("decided_link")
    with op.batch_alter_table("vital_reading", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_vital_reading_visit_id"))
        batch_op.drop_index("ix_vital_reading_member")

    op.drop_table("vital_reading")
    op.drop_table("visit_version")
    op.drop_table("visit_member")
    with op.batch_alter_table("term", schema=None) as batch_op:
        batch_op.drop_index("ix_term_household")

    op.drop_table("term")
    with op.batch_alter_table("list_row", schema=None) as batch_op:
        batch_op.drop_index("ix_list_row_resembles")
        batch_op.drop_index("ix_list_row_outcome")
        batch_op.drop_index("ix_list_row_household")
        batch_op.drop_index("ix_list_row_follows")
        batch_op.drop_index("ix_list_row_fingerprint")
        batch_op.drop_index("ix_list_row_decided_by")

    op.drop_table("list_row")
    with op.batch_alter_table("visit_draft", schema=None) as batch_op:
        batch_op.drop_index("ix_visit_draft_account")

    op.drop_table("visit_draft")
    with op.batch_alter_table("visit", schema=None) as batch_op:
        batch_op.drop_index("ix_visit_household")
        batch_op.drop_index("ix_visit_by")

    op.drop_table("visit")
    with op.batch_alter_table("search_gram", schema=None) as batch_op:
        batch_op.drop_index("ix_search_gram_household")

    op.drop_table("search_gram")
    with op.batch_alter_table("safety_flag", schema=None) as batch_op:
        batch_op.drop_index("ix_safety_flag_household")

    op.drop_table("safety_flag")
    with op.batch_alter_table("risk_change", schema=None) as batch_op:
        batch_op.drop_index("ix_risk_change_household")

    op.drop_table("risk_change")
    with op.batch_alter_table("print_record", schema=None) as batch_op:
        batch_op.drop_index("ix_print_record_centre")

    op.drop_table("print_record")
    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.drop_index("ix_member_phone")
        batch_op.drop_index("ix_member_household")
        batch_op.drop_index("ix_member_birth_on")

    op.drop_table("member")
    with op.batch_alter_table("household_change", schema=None) as batch_op:
        batch_op.drop_index("ix_household_change_household")

    op.drop_table("household_change")
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.drop_index("ix_contact_record")
        batch_op.drop_index("ix_contact_household")

    op.drop_table("contact")
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.drop_index("ix_assignment_household")
        batch_op.drop_index("ix_assignment_account")

    op.drop_table("assignment")
    with op.batch_alter_table("user_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_user_session_account_id"))

    op.drop_table("user_session")
    op.drop_table("imported_list")
    with op.batch_alter_table("household", schema=None) as batch_op:
        batch_op.drop_index("ix_household_worker")
        batch_op.drop_index("ix_household_road_address")
        batch_op.drop_index("ix_household_phone")
        batch_op.drop_index("ix_household_nurse")
        batch_op.drop_index("ix_household_lot_address")
        batch_op.drop_index("ix_household_centre")

    op.drop_table("household")
    op.drop_table("holiday_override")
    with op.batch_alter_table("cover", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cover_covered_by_id"))
        batch_op.drop_index(batch_op.f("ix_cover_absent_id"))

    op.drop_table("cover")
    with op.batch_alter_table("alert", schema=None) as batch_op:
        batch_op.drop_index("ix_alert_inbox")

    op.drop_table("alert")
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_account_centre_id"))

    op.drop_table("account")
    op.drop_table("centre")
    with op.batch_alter_table("sign_in_failure", schema=None) as batch_op:
        batch_op.drop_index("ix_sign_in_failure_login_at")

    op.drop_table("sign_in_failure")
    op.drop_table("rule_version")
    op.drop_table("ladder_version")
    op.drop_table("judgement_version")
    op.drop_table("job_run")
    op.drop_table("district")
    op.drop_table("crisis_code_version")
    with op.batch_alter_table("access_log", schema=None) as batch_op:
        batch_op.drop_index("ix_access_log_household")
        batch_op.drop_index("ix_access_log_actor")

    op.drop_table("access_log")
    op.drop_table("access_chain")
