"""Writes one household's visits in order: numbers, notes, promises and who was there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from random import Random
from uuid import NAMESPACE_URL, UUID, uuid5

from .clock import typed_at
from .crises import Crisis
from .danger import in_danger
from .dice import happens, stream
from .nursing_notes import NursingScribe, crisis_script
from .occasions import Occasion
from .physiology import Body, Meter
from .portraits import Portrait
from .scenes import Measured, Scene, set_scene
from .seed_files import read
from .shapes import AbsencePlan, CrisisPlan, VisitPlan, VitalsPlan
from .welfare_notes import WelfareScribe
from .words import Word
from .workdays import Workdays

_SOAP_WRITERS = ("narae.nurse1",)
_NOT_TAKEN = (("REFUSED", 0.012), ("IMPOSSIBLE", 0.005), ("NO_DEVICE", 0.004))


@dataclass(frozen=True, slots=True)
class Booking:
    """An occasion with who went and when."""

    occasion: Occasion
    by: str
    companion: str | None
    began_at: datetime
    ended_at: datetime
    rule: str = ""


class Chronicle:
    """One household's records. `lasting` are its lasting facts, `names` gives people's names by login."""

    def __init__(
        self,
        seed: int,
        portrait: Portrait,
        lasting: frozenset[str],
        bodies: Mapping[str, Body],
        meter: Meter,
        worn: Counter[str],
        names: Mapping[str, str],
        workdays: Workdays,
    ) -> None:
        self.seed, self.portrait, self.lasting, self.workdays = seed, portrait, lasting, workdays
        self.bodies, self.meter, self.names = bodies, meter, names
        self._nursing, self._welfare = NursingScribe(worn), WelfareScribe(worn)
        self._known: dict[str, VitalsPlan] = {}
        self._promised: date | None = None
        self._promise_note = ""

    def write(
        self, bookings: Sequence[Booking], promises: Mapping[int, date], crisis: Crisis | None
    ) -> list[VisitPlan]:
        """The visits, in the order of the bookings; `promises` by position."""
        return [self._visit(n, booking, promises.get(n), crisis) for n, booking in enumerate(bookings)]

    def _visit(self, number: int, booking: Booking, promised_on: date | None, crisis: Crisis | None) -> VisitPlan:
        rng = stream(self.seed, "visit", self.portrait.key, booking.occasion.on, number)
        happening = crisis if crisis and booking.occasion.on == crisis.on else None
        vitals = self._measure(rng, booking, happening)
        scene = self._scene(rng, booking, vitals, happening, promised_on)
        self._remember(vitals, scene)
        visit = self._frame(rng, booking, scene, vitals)
        return self._with_notes(visit, scene)

    def _frame(self, rng: Random, booking: Booking, scene: Scene, vitals: Sequence[VitalsPlan]) -> VisitPlan:
        occasion = booking.occasion
        return VisitPlan(
            id=self._id(booking),
            household=self.portrait.key,
            by=booking.by,
            companion=booking.companion,
            alone_reason=self._alone_reason(rng, booking),
            mode=occasion.mode,
            purpose=occasion.purpose,
            began_at=booking.began_at,
            ended_at=booking.ended_at,
            typed_at=typed_at(rng, booking.ended_at, self.meter.today, self.workdays),
            members=occasion.members,
            vitals=tuple(vitals),
            promised_on=scene.promised_on,
            promise_note=scene.promise_note,
        )

    def _id(self, booking: Booking) -> UUID:
        return uuid5(NAMESPACE_URL, f"{self.seed}/{self.portrait.key}/{booking.began_at.isoformat()}/{booking.by}")

    def _alone_reason(self, rng: Random, booking: Booking) -> str:
        needs_two = booking.rule in ("PAIR", "POLICE") and booking.occasion.mode in ("FACE", "ABSENT")
        return str(rng.choice(read("slots")["alone_reason"])) if needs_two and not booking.companion else ""

    def _measure(self, rng: Random, booking: Booking, crisis: Crisis | None) -> list[VitalsPlan]:
        occasion = booking.occasion
        if occasion.mode != "FACE" or occasion.duty != "NURSE":
            return []
        met = [m for m in self._in_order() if m in occasion.members and m in self.bodies]
        return [self._measure_one(rng, member, booking, crisis if not n else None) for n, member in enumerate(met)]

    def _in_order(self) -> list[str]:
        """Keys of the members, the one whom the nurse comes for first."""
        focus = self.portrait.focus.key
        return [focus, *(m.key for m in self.portrait.members if m.key != focus)]

    def _measure_one(self, rng: Random, member: str, booking: Booking, crisis: Crisis | None) -> VitalsPlan:
        first = member not in self._known
        on, hour = booking.occasion.on, booking.began_at.hour
        vitals = self.meter.measure(rng, self.bodies[member], on, hour, is_first=first)
        if crisis:
            return in_danger(rng, vitals, crisis)
        for reason, probability in _NOT_TAKEN:
            if not first and happens(rng, probability):
                return VitalsPlan(member=member, not_taken={"BLOOD_PRESSURE": reason})
        return vitals

    def _scene(
        self,
        rng: Random,
        booking: Booking,
        vitals: Sequence[VitalsPlan],
        crisis: Crisis | None,
        promised_on: date | None,
    ) -> Scene:
        occasion = booking.occasion
        people = {m.key: m for m in self.portrait.members}
        measured = [Measured(people[v.member], v, self._known.get(v.member)) for v in vitals]
        side = "NURSING" if occasion.duty == "NURSE" else "WELFARE"
        return set_scene(
            rng,
            self.portrait,
            occasion,
            lasting=self.lasting,
            measured=measured,
            crisis=crisis,
            promised_on=promised_on,
            promise_note=rng.choice(read("notes_welfare")["promises"][side]) if promised_on else "",
            words=self._words(booking),
            circumstances=self._circumstances(rng, booking),
            is_soap=booking.by in _SOAP_WRITERS,
        )

    def _words(self, booking: Booking) -> dict[str, str]:
        """Blanks of this record: the other person, from the worker's side; the hour; what had been promised."""
        hour = booking.began_at.hour
        other = booking.by if booking.occasion.purpose == "JOINT" else booking.companion
        words = {"now_hour": str(hour if hour <= 12 else hour - 12), "kept_note": self._promise_note}
        words |= {"letter_topic": "방문간호"} if booking.occasion.duty == "NURSE" else {}
        return words | ({"companion": self.names[other]} if other else {})

    def _circumstances(self, rng: Random, booking: Booking) -> frozenset[str]:
        occasion = booking.occasion
        facts = {occasion.tag} if occasion.tag else set()
        facts |= {"joint"} if occasion.purpose == "JOINT" else set()
        facts |= {"kept_promise"} if self._promised == occasion.on else set()
        facts |= {"morning"} if booking.began_at.hour < 12 else set()
        facts |= {"pair_flag"} if booking.rule == "PAIR" else set()
        facts |= {"no_visit"} if booking.rule == "NO_VISIT" else set()
        facts |= {booking.rule.lower()} if booking.companion and booking.rule in ("PAIR", "POLICE") else set()
        if occasion.mode == "ABSENT":
            facts |= {"second_time"} if occasion.tag == "second_absence" else set()
            facts |= {"neighbour_said"} if happens(rng, 0.45) or occasion.tag == "second_absence" else set()
        return frozenset(facts)

    def _remember(self, vitals: Sequence[VitalsPlan], scene: Scene) -> None:
        for taken in vitals:
            self._known[taken.member] = _newest(self._known.get(taken.member), taken)
        if scene.occasion.mode == "FACE":
            self._promised, self._promise_note = scene.promised_on, scene.promise_note

    def _with_notes(self, visit: VisitPlan, scene: Scene) -> VisitPlan:
        occasion = scene.occasion
        if occasion.mode in ("ABSENT", "NO_ANSWER"):
            return self._vain(visit, scene)
        if occasion.purpose == "NURSING" and occasion.mode == "CALL":
            return replace(visit, nursing_note=self._nursing.call(scene))
        if occasion.duty == "NURSE" and occasion.mode == "FACE":
            return self._nursed(visit, scene)
        note = self._welfare.write(scene)
        if occasion.purpose == "NURSING":
            return replace(visit, nursing_note=note)
        return self._told(replace(visit, welfare_note=note))

    def _nursed(self, visit: VisitPlan, scene: Scene) -> VisitPlan:
        note = self._nursing.visit(scene)
        welfare = self._welfare.write(scene) if visit.purpose == "JOINT" else ""
        shared = self._nursing.shared_line(scene)
        crisis = self._crisis(scene) if scene.crisis else None
        return self._told(replace(visit, nursing_note=note, welfare_note=welfare, shared_line=shared, crisis=crisis))

    def _crisis(self, scene: Scene) -> CrisisPlan:
        script = crisis_script(scene)
        done = scene.blanks.fill(script.done)
        return CrisisPlan(scene.measured[0].member.key, script.symptoms, script.action, done)

    def _vain(self, visit: VisitPlan, scene: Scene) -> VisitPlan:
        said = self._welfare.neighbour_said(scene) if scene.says("neighbour_said") else ""
        scene.blanks["neighbour_said"] = Word(said)
        note = self._welfare.contact(scene, scene.occasion.mode.lower())
        if visit.mode == "NO_ANSWER":
            return replace(visit, absence=AbsencePlan(("PHONE",), note))
        left = any(word in note for word in ("안내문", "명함", "쪽지"))
        tried = ("BELL", "PHONE") if "전화" in note else ("BELL", "KNOCK")
        return replace(visit, absence=AbsencePlan(tried, note, left, said if said and said in note else ""))

    def _told(self, visit: VisitPlan) -> VisitPlan:
        informed = f"{self.portrait.kin}에게" in visit.nursing_note + visit.welfare_note
        return replace(visit, told_to=self.portrait.kin) if informed else visit


def _newest(before: VitalsPlan | None, now: VitalsPlan) -> VitalsPlan:
    """What is known of a member: of each kind the latest value."""
    if before is None:
        return now
    return replace(
        now,
        blood_pressure=now.blood_pressure or before.blood_pressure,
        glucose=now.glucose or before.glucose,
        glucose_context=now.glucose_context or before.glucose_context,
        weight=now.weight if now.weight is not None else before.weight,
    )
