"""The name of a device that subscribes, as typed. What is wrong with it is said by `service`."""

from __future__ import annotations

from wtforms import StringField

from app.web.forms import KoreanForm


class FeedForm(KoreanForm):
    """Where the feed will be used, in the owner's words."""

    device = StringField("어느 기기에서 쓰나요", description="예: 내 휴대전화, 사무실 컴퓨터")
