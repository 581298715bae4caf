"""Macros whose answers are kept are asked once for each kind of answer."""

from __future__ import annotations

from app.web.drawing import install_drawing, kept
from flask import Flask, render_template_string

SIGN = (
    "{% macro drawn(name, class='') %}<i class=\"{{ class }}\">{{ name }}</i>{% endmacro %}{% set sign = kept(drawn) %}"
)


def test_the_same_answer_is_drawn_once_and_another_anew() -> None:
    asked: list[str] = []

    def draw(name: str, tone: str = "") -> str:
        asked.append(name)
        return f"{name}{tone}"

    sign = kept(draw)
    assert [sign("flag"), sign("flag"), sign("flag", tone="!"), sign("clock")] == ["flag", "flag", "flag!", "clock"]
    assert asked == ["flag", "flag", "clock"]


def test_each_mount_of_the_application_has_its_own_answers() -> None:
    app, mounts = Flask("signs"), ["", "/one", "/two"]
    sign = kept(lambda name: f"{name} drawn {len(drawn)}")
    drawn: list[str] = []
    for place in [*mounts, *mounts]:
        with app.test_request_context("/", environ_overrides={"SCRIPT_NAME": place}):
            drawn.append(sign("flag"))
    assert drawn[:3] == ["flag drawn 0", "flag drawn 1", "flag drawn 2"]
    assert drawn[3:] == drawn[:3]


def test_what_a_macro_drew_stays_markup_and_its_arguments_stay_escaped() -> None:
    app = Flask("signs")
    install_drawing(app)
    with app.test_request_context("/"):
        page = render_template_string(SIGN + "{{ sign('<b>') }}{{ sign('<b>') }}")
    assert page == '<i class="">&lt;b&gt;</i>' * 2
