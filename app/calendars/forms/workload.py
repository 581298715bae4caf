"""How many visits fit into somebody's day, as typed, and which rows of the workload are asked for."""

from __future__ import annotations

from wtforms.validators import NumberRange, Optional

from app.calendars.rules.workload_defaults import FEWEST_A_DAY, MOST_A_DAY
from app.web.forms import KoreanForm, WholeNumberField

OUT_OF_RANGE = f"{FEWEST_A_DAY}에서 {MOST_A_DAY} 사이의 숫자로 적어 주세요."


class CapacityForm(KoreanForm):
    """Visits a day; empty for what is usual of the role."""

    visits_per_day = WholeNumberField(
        "하루 방문 횟수", validators=[Optional(), NumberRange(FEWEST_A_DAY, MOST_A_DAY, message=OUT_OF_RANGE)]
    )
