"""Every table, imported once, for Alembic and for foreign keys across slices."""

from app.accounts import models as accounts
from app.alerts import models as alerts
from app.assessments import models as assessments
from app.assignments import models as assignments
from app.attachments import models as attachments
from app.audit import models as audit
from app.calendars import models as calendars
from app.care import models as care
from app.care_groups import models as care_groups
from app.cases import models as cases
from app.conferences import models as conferences
from app.consents import models as consents
from app.core.database import Base
from app.discoveries import models as discoveries
from app.follow_ups import models as follow_ups
from app.households import models as households
from app.jobs import models as jobs
from app.needs import models as needs
from app.plans import models as plans
from app.providers import models as providers
from app.reports import models as reports
from app.safety import models as safety
from app.supervision import models as supervision
from app.visits import models as visits

__all__ = [
    "Base", "accounts", "alerts", "assessments", "assignments", "attachments", "audit", "calendars", "care", "care_groups", "cases",
    "conferences", "consents", "discoveries", "follow_ups", "households", "jobs", "needs", "plans", "providers", "reports", "safety",
    "supervision", "visits",
]  # fmt: skip
