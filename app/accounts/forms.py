"""Forms of accounts and sessions: shape only; the rules are in `rules` and `service`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, EmailField, PasswordField, SelectChoice, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, Regexp, ValidationError

from app.access.permissions import Role
from app.accounts.rules import AccountDetails, address_problem
from app.web.forms import KoreanForm


def mail_address() -> EmailField:
    """A mail address, or none, without the spaces that come along when it is pasted."""
    return EmailField("메일 주소", [_reachable], filters=[lambda text: text.strip() if text else ""])


def _reachable(_form: Any, field: Any) -> None:
    problem = address_problem(field.data or "")
    if problem:
        raise ValidationError(problem)


class SignInForm(KoreanForm):
    """아이디와 비밀번호."""

    login = StringField("아이디", [InputRequired(), Length(max=64)])
    password = PasswordField("비밀번호", [InputRequired(), Length(max=128)])


class PasswordForm(KoreanForm):
    """One's own new password, typed once: it can be shown while typing."""

    current = PasswordField("지금 비밀번호", [InputRequired(), Length(max=128)])
    new = PasswordField("새 비밀번호", [InputRequired(), Length(max=128)])


class AccountForm(KoreanForm):
    """A new account."""

    name = StringField("이름", [DataRequired(), Length(max=40)])
    login = StringField(
        "아이디",
        [
            InputRequired(),
            Regexp(r"^[a-z0-9._-]{3,32}$", message="영문 소문자, 숫자, 점(.)으로 3~32자를 써 주세요."),
        ],
    )
    role = SelectField("역할", choices=[SelectChoice(role.value, role.label) for role in Role])
    centre_id = SelectField("소속 센터")
    phone = StringField("연락처", [Length(max=20)])
    email = mail_address()

    def offer_centres(self, centres: Sequence[Any]) -> None:
        """Let these centres be chosen."""
        self.centre_id.choices = [
            SelectChoice("", "시군구 (센터 없음)"),
            *(SelectChoice(str(centre.id), centre.name) for centre in centres),
        ]

    def chosen_centre(self) -> int | None:
        """Id of the chosen centre."""
        return int(self.centre_id.data) if self.centre_id.data else None

    def to_details(self) -> AccountDetails:
        """What was typed, as the service wants it."""
        return AccountDetails(
            login=self.login.data, name=self.name.data.strip(), role=Role(self.role.data),
            centre_id=self.chosen_centre(), phone=self.phone.data or "", email=self.email.data or "",
        )  # fmt: skip


class RoleForm(KoreanForm):
    """Another role or centre for an account."""

    role = SelectField("역할", choices=[SelectChoice(role.value, role.label) for role in Role])
    centre_id = SelectField("소속 센터")
    offer_centres = AccountForm.offer_centres
    chosen_centre = AccountForm.chosen_centre


class AddressForm(KoreanForm):
    """Where somebody's mails go, as the administrator keeps it."""

    email = mail_address()


class MailForm(AddressForm):
    """Where one's own mails go, and whether one wants them."""

    wants_mail = BooleanField("하루 한 번 메일 받기")
