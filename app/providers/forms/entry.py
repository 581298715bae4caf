"""One entry as somebody types it, a list as a file, and what is looked for."""

from __future__ import annotations

from collections.abc import Mapping

from flask_wtf.file import FileField, FileRequired
from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired, Optional

from app.core.text import normalise
from app.households.forms.fields import VersionedForm, at_most, radio, several
from app.providers.queries import ProviderFilter
from app.providers.rules import (
    LINE_LIMIT,
    NAME_LIMIT,
    NOTE_LIMIT,
    NeedItem,
    ProviderDetails,
    ProviderKind,
    services_from,
)
from app.web.forms import KoreanForm


class ProviderForm(VersionedForm):
    """Who can help, with what, and how to reach them."""

    name = StringField("기관 이름", [InputRequired("기관 이름을 적어 주세요."), at_most(NAME_LIMIT)])
    kind = radio("구분", ProviderKind)
    services = TextAreaField("무엇을 합니까", [Optional(), at_most(NOTE_LIMIT)])
    needs = several("어떤 욕구에 맞습니까", NeedItem)
    phone = StringField("전화", [Optional(), at_most(LINE_LIMIT)])
    fax = StringField("팩스", [Optional(), at_most(LINE_LIMIT)])
    address = StringField("주소", [Optional(), at_most(LINE_LIMIT)])
    contact = StringField("찾을 사람", [Optional(), at_most(LINE_LIMIT)])
    note = TextAreaField("비고", [Optional(), at_most(NOTE_LIMIT)])

    def to_details(self) -> ProviderDetails:
        """What was typed, as the service wants it."""
        line = {name: normalise(self[name].data or "") for name in ("phone", "fax", "address", "contact")}
        return ProviderDetails(
            ProviderKind(self.kind.data), self.name.data or "", services_from(self.services.data or ""),
            tuple(self.needs.data or ()), note=self.note.data or "", **line,
        )  # fmt: skip


class ProviderListForm(KoreanForm):
    """A directory as a file."""

    file = FileField("기관 목록 파일", [FileRequired(message="올릴 파일을 골라 주세요.")])


def provider_filter(asked: Mapping[str, str]) -> ProviderFilter:
    """What an address asks for; nonsense asks for nothing."""
    kind, need = asked.get("kind", ""), asked.get("need", "")
    return ProviderFilter(
        words=normalise(asked.get("q", ""))[:NAME_LIMIT],
        kind=ProviderKind(kind) if kind in ProviderKind.__members__ else None,
        need=need if need in NeedItem.__members__ else "",
        ended=asked.get("ended") == "1",
    )
