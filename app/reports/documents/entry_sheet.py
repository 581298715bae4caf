"""The urgent entry request (E01, 긴급 출입 협조 요청서): one sheet for police and fire service, with room to write.

What is known stands in print, what is found is written in by hand at the door. In the usual case it is one page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from app.reports.documents.flow import Flow
from app.reports.documents.letterhead import close_paper, open_paper
from app.reports.documents.page import PORTRAIT
from app.reports.documents.tables import FOR_HAND, Align, Column, Columns, Style, filling, table
from app.reports.rules.entry_sheet import EntrySheetFacts, ResidentFacts, RulingFacts, TryFacts
from app.reports.rules.wording import NONE, UNKNOWN, day_of_week, moment

TEMPLATE_VERSION = "E01-1"

_C = Align.CENTRE
_STYLE = Style(size=8.7, leading=11.6, pad=2.0)
_SIGN_HERE = " \n \n "
_TWO_LINES = " \n "
_REQUEST = (
    "아래 가구와 연락이 닿지 않아 안전을 확인하지 못하고 있습니다. 현장 출동과 출입·구조에 협조하여 주시기 바랍니다."
)
_RECEIVERS = f"□ 112 ({' ' * 34}경찰서·지구대)        □ 119 ({' ' * 34}소방서·안전센터)"
_ENTERED = "□ 열려 있음   □ 열쇠·비밀번호   □ 관리사무소·집주인   □ 강제로 엶   □ 들어가지 않음"
_FOUND = "□ 이상 없음   □ 구급 이송 (병원:                         )   □ 사망   □ 집에 없음   □ 그 밖에:"
_ENTERED_AT = "        월        일        시        분부터        시        분까지"
_NO_RECORD = "기록 없음"
_NOT_A_PERMIT = (
    "※ 들어갈지, 어떻게 들어갈지는 출동한 경찰·소방이 판단합니다. 이 요청서는 출입을 허가하는 문서가 아닙니다."
)
_LABEL = Column("", 24, _C, label=True)
_WHOLE = Column("", 152, empty=UNKNOWN)
_HALF = Column("", 64, empty=UNKNOWN)
_TRY = (
    Column("일시", 30, _C, empty=FOR_HAND),
    Column("방식", 26, _C, empty=FOR_HAND),
    Column("해 본 것", 38, empty=FOR_HAND),
    Column("이웃·관리소의 말, 메모", 66, empty=FOR_HAND),
    Column("한 사람", 18, _C, empty=FOR_HAND),
)
_TRY_ROWS = 4
_BETWEEN = 28.0
"""Points that the gap below a table and the last line of the paper take."""

Row = tuple[Sequence[str], Columns]


def draw(facts: EntrySheetFacts) -> bytes:
    """The sheet as a PDF, A4 upright."""
    flow = open_paper(facts.letterhead, PORTRAIT)
    _put(flow, facts, _request, _household, _last_reached)
    with table(flow, filling(flow, *_TRY), _STYLE) as tries:
        for row in _tries(facts):
            tries.row(row)
        for _ in range(_free_rows(flow, facts)):
            tries.row((FOR_HAND,) * len(_TRY))
    _put_end(flow, facts)
    return close_paper(flow, facts, subject=facts.number)


def _put_end(flow: Flow, facts: EntrySheetFacts) -> None:
    _put(flow, facts, _calls, _outcome, _signatures)
    flow.note(_NOT_A_PERMIT)


def _free_rows(flow: Flow, facts: EntrySheetFacts) -> int:
    """How many empty rows follow the tries that are told: at most so many that all else still fits on the page."""
    measured = Flow(flow.sheet, bottom=flow.bottom)
    top = measured.y
    _put_end(measured, facts)
    spare = flow.room - (top - measured.y) - _BETWEEN
    fitting = int(spare / (_STYLE.leading + 2 * _STYLE.pad))
    return max(min(fitting, _TRY_ROWS - len(facts.tries)), 0 if facts.tries else 1)


def _put(flow: Flow, facts: EntrySheetFacts, *parts: Callable[[Flow, EntrySheetFacts], Iterator[Row]]) -> None:
    """Parts of the sheet in one frame, each kept together."""
    with table(flow, _whole(flow), _STYLE, headed=False) as frame:
        for part in parts:
            frame.record(part(flow, facts))


def _band(flow: Flow, title: str) -> Row:
    """The heading of a part, across the sheet."""
    return (title,), filling(flow, Column("", 176, label=True))


def _whole(flow: Flow) -> Columns:
    return filling(flow, _LABEL, _WHOLE)


def _halves(flow: Flow) -> Columns:
    return filling(flow, _LABEL, _HALF, _LABEL, _HALF)


def _request(flow: Flow, facts: EntrySheetFacts) -> Iterator[Row]:
    head = facts.letterhead
    office = " ".join(filter(None, (head.centre, facts.asked_by_phone and f"({facts.asked_by_phone})")))
    yield ("받는 곳", _RECEIVERS), _whole(flow)
    yield ("요청 기관", office, "요청자", f"{facts.asked_by}                    (서명)"), _halves(flow)
    yield ("요청", _REQUEST), _whole(flow)
    yield ("근거", f"{facts.ground}. {facts.ground_words}"), _whole(flow)
    yield ("팀장 판단", _ruling(facts.ruling)), filling(flow, _LABEL, Column("", 152, empty=FOR_HAND))


def _ruling(ruling: RulingFacts | None) -> str:
    """What was decided, by whom and when; without a decision a line to write one on."""
    if ruling is None:
        return "                                                            (        월        일        :        )"
    until = f", {day_of_week(ruling.until_on)}까지" if ruling.until_on else ""
    return f"{ruling.verdict}{until}. {ruling.reason}\n{moment(ruling.decided_at)} {ruling.decided_by}"


def _household(flow: Flow, facts: EntrySheetFacts) -> Iterator[Row]:
    yield _band(flow, f"1. 대상 가구 ({facts.number})")
    bold = filling(flow, _LABEL, Column("", 152, bold=True, empty=UNKNOWN))
    yield ("주소", _where(facts)), bold
    yield ("들어가는 법", facts.approach), _whole(flow)
    yield ("사는 사람", "\n".join(map(_resident, facts.residents)) or facts.name), _whole(flow)
    kind = " · ".join(filter(None, (facts.household_type, facts.dwelling, facts.risk)))
    yield ("가구 유형", kind, "집 전화", facts.phone), _halves(flow)
    none = filling(flow, _LABEL, Column("", 152, empty=NONE))
    yield ("안전 주의", "\n".join(facts.safety)), none
    yield ("건강", "\n".join(facts.health) or facts.health_withheld or _NO_RECORD), none


def _where(facts: EntrySheetFacts) -> str:
    """The address to go to, and the other one where both are known."""
    if facts.address and facts.lot_address and facts.lot_address != facts.address:
        return f"{facts.address}  (지번 {facts.lot_address})"
    return facts.address or facts.lot_address


def _resident(person: ResidentFacts) -> str:
    """«김순자 (세대주, 여, 84세) 010-2646-2265 · 보청기»."""
    what = ", ".join(filter(None, (person.relation, person.sex, person.age or "나이 모름")))
    told = " · ".join(filter(None, (person.phone, person.note)))
    return f"{person.name} ({what}) {told}".strip()


def _last_reached(flow: Flow, facts: EntrySheetFacts) -> Iterator[Row]:
    yield _band(flow, f"2. 확인한 경과: 연속 부재 {facts.vain_tries}번 (마지막으로 만나거나 통화한 뒤의 부재와 무응답)")
    yield ("마지막 대면", _day(facts.last_seen_on), "그 뒤 통화", _day(facts.last_spoken_on, NONE)), _halves(flow)


def _tries(facts: EntrySheetFacts) -> Iterator[Sequence[str]]:
    """Each attempt that is told."""
    if facts.older_tries:
        yield ("", "", "", f"이보다 앞선 시도 {facts.older_tries}번은 줄임", "")
    yield from map(_try, facts.tries)


def _day(on: date | None, otherwise: str = UNKNOWN) -> str:
    return day_of_week(on) if on else otherwise


def _try(each: TryFacts) -> tuple[str, ...]:
    return (moment(each.happened_at), each.mode, each.tried or "-", each.heard or "-", each.by)


def _calls(flow: Flow, facts: EntrySheetFacts) -> Iterator[Row]:
    """Whom to call in turn, side by side; below each there is room for when and what was said."""
    yield _band(flow, "3. 연락 순서")
    each_one = Column("", 1, _C, empty=FOR_HAND)
    columns = filling(flow, *(each_one,) * len(facts.calls))
    yield tuple(f"{at}. {each.whom}" for at, each in enumerate(facts.calls, start=1)), _heads(flow, columns)
    yield tuple("\n".join(filter(None, (each.phone, each.note))) for each in facts.calls), columns
    by_hand = Column("", 1, empty=FOR_HAND)
    yield ("시각       :\n결과",) * len(facts.calls), filling(flow, *(by_hand,) * len(facts.calls))


def _outcome(flow: Flow, _facts: EntrySheetFacts) -> Iterator[Row]:
    yield _band(flow, "4. 출입 결과 (현장에서 적음)")
    yield ("출입 일시", _ENTERED_AT), _whole(flow)
    yield ("들어간 방법", _ENTERED), _whole(flow)
    yield ("확인한 것", _FOUND), _whole(flow)
    yield ("파손·조치", ""), filling(flow, _LABEL, Column("", 152, empty=_TWO_LINES))


def _signatures(flow: Flow, _facts: EntrySheetFacts) -> Iterator[Row]:
    who = ("요청 기관", "경찰", "소방·구급", "입회인")
    columns = filling(flow, *(Column("", 1, _C, empty=_SIGN_HERE),) * len(who))
    yield tuple(f"{each} (소속·성명·서명)" for each in who), _heads(flow, columns)
    yield ("",) * len(who), columns


def _heads(flow: Flow, columns: Columns) -> Columns:
    """The same columns as the head of what stands below."""
    return filling(flow, *(Column("", each.width, _C, label=True) for each in columns))
