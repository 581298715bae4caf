"""Every table, imported once, for Alembic and for foreign keys across slices."""

from app.accounts import models as accounts
from app.alerts import models as alerts
from app.assessments import models as assessments
from app.assignments import models as assignments
from app.audit import models as audit
from app.calendars import models as calendars
from app.core.database import Base
from app.discoveries import models as discoveries
from app.follow_ups import models as follow_ups
from app.households import models as households
from app.jobs import models as jobs
from app.reports import models as reports
from app.safety import models as safety
from app.visits import models as visits

__all__ = [
    "Base", "accounts", "alerts", "assessments", "assignments", "audit", "calendars", "discoveries", "follow_ups", "households", "jobs", "reports", "safety",
    "visits",
]  # fmt: skip
