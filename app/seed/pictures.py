"""A few photos and signatures of the fictional district. Drawn, not taken: there is no such door and no such hand."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from io import BytesIO
from random import Random
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from PIL import Image, ImageDraw
from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.access.identity import Identity, Origin
from app.access.permissions import Role
from app.accounts.queries import identity_of
from app.attachments.rules import PAD_HEIGHT, PAD_WIDTH, PhotoDetails, SignatureDetails, SignerRole, Strokes
from app.attachments.service import FileStore, add_photo, prepare_picture, sign
from app.core.clock import korean_date
from app.follow_ups.rules import ContactMode
from app.visits.models import Visit, VisitMember
from app.visits.rules import VisitState
from app.visits.service.signed_texts import text_to_sign

from .dice import stream

SEED = 2026
LOOKED_BACK = timedelta(days=40)
MOST = 8
EVERY = 7
"""One in so many records of the last weeks was photographed and signed."""
SIZE = (1280, 960)

Draw = Callable[[ImageDraw.ImageDraw, Random], None]


def load_pictures(session: Session, store: FileStore, *, now: datetime) -> int:
    """Add a photo and a signature to a few records of the last weeks. Returns how many photos there are."""
    visits = session.scalars(_recent(now)).unique().all()[::EVERY][:MOST]
    for place, visit in enumerate(visits):
        actor = identity_of(session, visit.by, origin=Origin(device="seed"), today=korean_date(now))
        _photograph(session, store, visit, place, actor)
        _have_signed(session, store, visit, actor)
    return len(visits)


def _recent(now: datetime) -> Select[Any]:
    return (
        select(Visit)
        .where(
            Visit.state == VisitState.SUBMITTED,
            Visit.mode == ContactMode.FACE,
            Visit.voided_at.is_(None),
            Visit.began_at >= now - LOOKED_BACK,
        )
        .options(
            joinedload(Visit.by),
            joinedload(Visit.household),
            selectinload(Visit.attendances).joinedload(VisitMember.member),
        )
        .order_by(Visit.began_at.desc(), Visit.id)
    )


def _photograph(session: Session, store: FileStore, visit: Visit, place: int, actor: Identity) -> None:
    scenes = NURSES_SCENES if actor.role is Role.NURSE else WORKERS_SCENES
    caption, is_health, draw = scenes[place % len(scenes)]
    canvas = Image.new("RGB", SIZE, "#d9d4c8")
    draw(ImageDraw.Draw(canvas), stream(SEED, "photo", visit.id))
    out = BytesIO()
    canvas.save(out, "JPEG")
    details = PhotoDetails(_id("photo", visit), caption, is_health, visit.id)
    picture = prepare_picture(out.getvalue())
    add_photo(session, visit.household, details, picture, store=store, actor=actor, now=visit.received_at)


def _have_signed(session: Session, store: FileStore, visit: Visit, actor: Identity) -> None:
    signer = visit.attendances[0].member.name if visit.attendances else visit.household.title
    text = text_to_sign(visit, with_health=actor.role is Role.NURSE)
    details = SignatureDetails(
        _id("signature", visit), signer, SignerRole.SELF, _scrawl(stream(SEED, "hand", visit.id))
    )
    sign(
        session, visit.household, details, text, shown_hash=text.sha256, belongs_to=visit.id, store=store, actor=actor,
        now=visit.received_at + timedelta(minutes=1),
    )  # fmt: skip


def _scrawl(rng: Random) -> Strokes:
    """Three unsteady loops."""
    return tuple(_loop(rng, PAD_WIDTH * (0.2 + 0.22 * number), number * 900) for number in range(3))


def _loop(rng: Random, middle: float, began: int) -> tuple[tuple[int, int, int], ...]:
    wide, high, turns = rng.uniform(90, 190), rng.uniform(110, 220), rng.uniform(1.1, 1.9)
    steps = range(36)
    return tuple(
        (
            int(middle + step * 4 + wide * math.cos(step / 36 * turns * math.tau) + rng.uniform(-3, 3)),
            int(PAD_HEIGHT / 2 + high * math.sin(step / 36 * turns * math.tau) + rng.uniform(-3, 3)),
            began + step * 18,
        )
        for step in steps
    )


def _id(kind: str, visit: Visit) -> UUID:
    return uuid5(NAMESPACE_URL, f"{SEED}/{kind}/{visit.id}")


def _door(pen: ImageDraw.ImageDraw, rng: Random) -> None:
    pen.rectangle((0, 760, 1280, 960), fill="#9b958a")
    pen.rectangle((460, 180, 820, 780), fill=rng.choice(("#5b6f86", "#7a5a44", "#5d7565")), outline="#3c3c3c", width=8)
    pen.ellipse((760, 480, 790, 510), fill="#d9b54a")
    for step in range(rng.randint(2, 5)):
        pen.rectangle(
            (860 + step * 26, 700 - step * 12, 960 + step * 26, 780), fill="#f4f1e6", outline="#8a8577", width=3
        )


def _fridge(pen: ImageDraw.ImageDraw, rng: Random) -> None:
    pen.rectangle((240, 60, 1040, 920), fill="#f5f7f8", outline="#9aa3ab", width=8)
    for shelf in (300, 540, 780):
        pen.line((250, shelf, 1030, shelf), fill="#aab4bb", width=8)
        for number in range(rng.randint(0, 3)):
            left = 320 + number * 230
            pen.rounded_rectangle(
                (left, shelf - 120, left + 130, shelf - 6), 20, fill=rng.choice(("#c96f4a", "#7fa35b", "#d8b34f"))
            )


def _pills(pen: ImageDraw.ImageDraw, rng: Random) -> None:
    for day in range(7):
        for time_of_day in range(3):
            left, top = 90 + day * 158, 210 + time_of_day * 190
            pen.rounded_rectangle((left, top, left + 136, top + 166), 16, fill="#ffffff", outline="#5a7fb5", width=5)
            if rng.random() < 0.55:
                pen.ellipse(
                    (left + 44, top + 60, left + 92, top + 108), fill=rng.choice(("#e9e2d0", "#e7a6a1", "#f2d57e"))
                )


NURSES_SCENES: Sequence[tuple[str, bool, Draw]] = (("약", True, _pills), ("냉장고", False, _fridge))
WORKERS_SCENES: Sequence[tuple[str, bool, Draw]] = (("집 앞", False, _door), ("냉장고", False, _fridge))
