"""The charts of the papers for a page: SVG without style attributes, which the page's security policy refuses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from reportlab.graphics.renderSVG import SVGCanvas, draw

from app.reports.documents import fonts
from app.reports.documents.trends import vitals_trend as draw_vitals_trend
from app.reports.rules.case_report import ReadingFacts

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing

_LEFT_TO_THE_PAGE = ("font-family", "width", "height", "xmlns:xlink", "version")


def vitals_trend(
    readings: Sequence[ReadingFacts], *, ident: str, title: str, description: str, width: float, height: float
) -> str:
    """The trend of vitals as an `<svg>` element, "" when nothing was measured twice.

    `ident` must be unique on the page, as the element's ids begin with it. `title` and `description` are read out
    to people who do not see the chart. Text is escaped; the result may be put into a page as it is.
    """
    drawing = draw_vitals_trend(readings, width=width, height=height)
    return to_svg(drawing, ident=ident, title=title, description=description) if drawing else ""


def to_svg(drawing: Drawing, *, ident: str, title: str, description: str) -> str:
    """A drawing as an `<svg>` element that a screen reader reads as one image."""
    canvas = SVGCanvas((drawing.width, drawing.height))
    draw(drawing, canvas)  # type: ignore[arg-type]  # the stubs know only the canvas of paper
    root = canvas.svg
    _say(canvas.doc, root, "title", title, f"{ident}-title")
    _say(canvas.doc, root, "desc", description, f"{ident}-description")
    root.setAttribute("role", "img")
    root.setAttribute("aria-labelledby", f"{ident}-title {ident}-description")
    for element in root.getElementsByTagName("*"):
        _unstyle(element)
        _own_ids(element, ident)
    for name in _LEFT_TO_THE_PAGE:
        if root.hasAttribute(name):
            root.removeAttribute(name)
    svg: str = root.toxml()
    return svg


def _say(document: Any, root: Any, tag: str, text: str, ident: str) -> None:
    element = root.getElementsByTagName(tag)[0]
    element.setAttribute("id", ident)
    element.replaceChild(document.createTextNode(text), element.firstChild)


def _unstyle(element: Any) -> None:
    """Turn `style="a: b; c: d"` into attributes of their own; which letters are used is up to the page."""
    for declaration in element.getAttribute("style").split(";"):
        name, _, value = (part.strip() for part in declaration.partition(":"))
        if name == "font-family" and value == fonts.bold().name:
            element.setAttribute("font-weight", "bold")
        elif value and name not in _LEFT_TO_THE_PAGE:
            element.setAttribute(name, value)
    if element.hasAttribute("style"):
        element.removeAttribute("style")


def _own_ids(element: Any, ident: str) -> None:
    own = element.getAttribute("id")
    if own and not own.startswith(ident):
        element.setAttribute("id", f"{ident}-{own}")
    clip = element.getAttribute("clip-path")
    if clip:
        element.setAttribute("clip-path", clip.replace("#", f"#{ident}-"))
