"""The words of attachments. Pure."""

from __future__ import annotations

from app.core.labelled import Labelled


class AttachmentKind(Labelled):
    """What is attached."""

    PHOTO = "PHOTO", "사진"
    SIGNATURE = "SIGNATURE", "서명"


class SignerRole(Labelled):
    """As what somebody signs."""

    SELF = "SELF", "본인"
    SPOUSE = "SPOUSE", "배우자"
    CHILD = "CHILD", "자녀"
    GUARDIAN = "GUARDIAN", "보호자"
    NEIGHBOUR = "NEIGHBOUR", "이웃"
    CARETAKER = "CARETAKER", "돌봄 제공자"
    OTHER = "OTHER", "그 밖"


class NotSigned(Labelled):
    """Why nobody signed, where a signature was asked for."""

    HAND = "HAND", "손을 쓰기 어려움"
    SIGHT = "SIGHT", "글을 보기 어려움"
    READING = "READING", "글을 읽지 못함"
    MIND = "MIND", "판단하기 어려움"
    DECLINED = "DECLINED", "서명을 원하지 않음"
    OTHER = "OTHER", "그 밖"
