"""The form of a round."""

from __future__ import annotations

from datetime import date

from wtforms import DateField, StringField
from wtforms.validators import DataRequired, InputRequired, Optional

from app.discoveries.rules import Route
from app.discoveries.service import RoundDetails
from app.households.forms.fields import NAME_LENGTH, at_most, select
from app.web.versions import VersionForm


class RoundForm(VersionForm):
    """Source, name and window of a round, drawn from one version of it."""

    source = select("발굴 경로", Route)
    title = StringField("차수 이름", [DataRequired("차수의 이름을 적어 주세요."), at_most(NAME_LENGTH)])
    opens_on = DateField("여는 날", [InputRequired("여는 날을 골라 주세요.")])
    closes_on = DateField("끝나는 날", [Optional()])

    def to_details(self) -> RoundDetails:
        """What was typed, as the service wants it."""
        opens_on: date = self.opens_on.data
        return RoundDetails(Route(self.source.data), self.title.data or "", opens_on, self.closes_on.data)
