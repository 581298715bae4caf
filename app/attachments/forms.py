"""Parse what the tablet sends: a photo with its words, a signature with its name, a reason for taking one away."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from wtforms import (
    BooleanField,
    Field,
    FileField,
    HiddenField,
    RadioField,
    SelectChoice,
    StringField,
)
from wtforms.validators import InputRequired, Length, Optional

from app.attachments.rules import (
    CAPTION_LIMIT,
    LARGEST_FILE,
    NAME_LIMIT,
    NOTE_LIMIT,
    NotSigned,
    PhotoDetails,
    SignatureDetails,
    SignerRole,
    read_strokes,
)
from app.core.errors import RuleBroken
from app.web.forms import KoreanForm, SentBackField


class PhotoForm(KoreanForm):
    """One photo. The caption is checked by the rules, so that a script and a page hear the same sentence."""

    photo = FileField("사진")
    caption = StringField("무엇을 찍었습니까", [Optional(), Length(max=CAPTION_LIMIT)])
    is_health = BooleanField("건강 사진 (간호 기록을 볼 수 있는 사람만 봅니다)")
    photo_id = HiddenField()
    visit_id = HiddenField()

    def to_details(self, photo_id: UUID) -> PhotoDetails:
        """What was sent besides the picture; a record's id that is none belongs to no record."""
        return PhotoDetails(photo_id, self.caption.data or "", bool(self.is_health.data), uuid_of(self.visit_id.data))

    def sent(self) -> bytes:
        """The file as it arrived, cut off just beyond what is ever taken."""
        file = self.photo.data
        return bytes(file.read(LARGEST_FILE + 1)) if hasattr(file, "read") else b""


class RemovalForm(KoreanForm):
    """Why a picture is taken away."""

    reason = StringField("왜 뺍니까", [Optional(), Length(max=NOTE_LIMIT)])


class StrokesField(Field):
    """What was drawn, as JSON in a hidden control; no text, so nothing in it is masked."""

    data: tuple[Any, ...]

    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            self.data = read_strokes(valuelist[0] if valuelist else "")
        except RuleBroken as broken:
            self.data = ()
            raise ValueError(broken.text) from broken

    def process_data(self, value: Any) -> None:
        self.data = value or ()


class SignatureForm(KoreanForm):
    """Who signs a text, or why nobody can."""

    signature_id = HiddenField()
    shown_hash = SentBackField()
    signer = StringField("서명하는 분", [InputRequired("서명하는 분의 이름을 적어 주세요."), Length(max=NAME_LIMIT)])
    role = RadioField(
        "어떤 사이입니까", [InputRequired()], choices=[SelectChoice(role.value, role.label) for role in SignerRole]
    )
    strokes = StrokesField("서명")
    not_signed = RadioField(
        "서명 불가 사유",
        [Optional()],
        choices=[SelectChoice("", "해당 없음"), *(SelectChoice(each.value, each.label) for each in NotSigned)],
        default="",
    )
    note = StringField("덧붙일 말", [Optional(), Length(max=NOTE_LIMIT)])
    witness = StringField("함께 본 사람 (입회)", [Optional(), Length(max=NAME_LIMIT)])

    def to_details(self, signature_id: UUID) -> SignatureDetails:
        """What was signed with, as the service wants it; call after `validate`."""
        return SignatureDetails(
            signature_id=signature_id,
            signer=self.signer.data or "",
            role=SignerRole(self.role.data),
            strokes=self.strokes.data,
            not_signed=NotSigned(self.not_signed.data) if self.not_signed.data else None,
            witness=self.witness.data or "",
            note=self.note.data or "",
        )


def uuid_of(text: Any) -> UUID | None:
    """The id in a hidden field, None for nonsense."""
    try:
        return UUID(text or "")
    except ValueError:
        return None
