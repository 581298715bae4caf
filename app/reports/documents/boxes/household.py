"""The block of a form that says whose household it is."""

from __future__ import annotations

from app.reports.documents.boxes.form import BoxedForm
from app.reports.rules.boxed import FormHouseholdFacts, FormMemberFacts
from app.reports.rules.wording import listed


def put_household(form: BoxedForm, household: FormHouseholdFacts, *, with_members: bool = True) -> None:
    """«대상 가구» with its people; whoever only needs to know it again leaves them away."""
    with form.block("대상 가구") as rows:
        rows.pair("관리번호", household.number, "대표자", household.name)
        rows.wide("주소", household.address)
        rows.pair("전화", household.phone, "가구 유형", household.household_type)
        rows.pair("수급 유형", listed(household.benefits, ""), "위험도", household.risk)
        rows.pair("복지 담당", household.worker, "간호 담당", household.nurse)
        if with_members:
            rows.prose("가구원", "\n".join(map(_member, household.members)), lines=2)


def _member(member: FormMemberFacts) -> str:
    about = ", ".join(part for part in (member.relation, member.sex, member.age) if part)
    return f"{member.name} ({about})" if about else member.name
