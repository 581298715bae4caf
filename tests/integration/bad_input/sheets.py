"""Forms as a page holds them: every control with what it offers, also those a browser would leave out.

`tests.pages` reads pages strictly and slowly, to judge them; thousands of answers are read here, and quickly.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

NUMERIC = ("numeric", "decimal")
CHOSEN = ("radio", "checkbox", "select", "button")
TYPED = ("text", "area", "number", "date", "time", "email")


@dataclass
class Control:
    """Everything of one name in a form."""

    name: str
    kind: str
    """text, area, number, date, time, email, password, hidden, file, or one of CHOSEN."""
    ids: list[str] = field(default_factory=list)
    offered: list[str] = field(default_factory=list)
    values: list[str] = field(default_factory=list)
    """What a browser would send now."""
    is_required: bool = False
    is_refused: bool = False
    error: str = ""
    """Id of what says why it was refused."""

    @property
    def value(self) -> str:
        return self.values[0] if self.values else ""


@dataclass
class Sheet:
    """One form, and where it stands."""

    url: str
    action: str
    method: str
    enctype: str = ""
    controls: dict[str, Control] = field(default_factory=dict)

    def of_kind(self, *kinds: str) -> list[Control]:
        """The controls of these kinds, in order."""
        return [control for control in self.controls.values() if control.kind in kinds]

    def known_by(self, id_: str) -> Control | None:
        """The control a link to `#id_` leads to."""
        found = (control for control in self.controls.values() if id_ == control.name or id_ in control.ids)
        return next(found, None)


@dataclass
class Reading:
    """What is of interest in one page."""

    sheets: list[Sheet] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    ids: dict[str, str] = field(default_factory=dict)
    """What stands in every element with an id that says something is wrong."""
    summary: list[str] = field(default_factory=list)
    """Lines of the summary of errors."""
    summary_links: list[str] = field(default_factory=list)
    news: str = ""
    """What was just done, or was not."""


def read(html: str, url: str) -> Reading:
    """Read a page."""
    reader = _Reader(url)
    reader.feed(html)
    reader.close()
    return reader.reading


def news_in(html: str) -> str:
    """What a page says was just done, without reading all of the page."""
    start = html.find('<div class="flashes"')
    return read(html[start : html.find("<h1", start)], "").news if start >= 0 else ""


class _Reader(HTMLParser):
    """Keeps where it is: in which form, control, list of errors."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.reading, self._url = Reading(), url
        self._form: Sheet | None = None
        self._by_id: dict[str, Sheet] = {}
        self._select: Control | None = None
        self._area: Control | None = None
        self._option: tuple[str | None, bool] | None = None
        self._text = ""
        self._is_in_dialog = False
        self._boxes: list[str] = []
        """What each open <div> is: summary, news, the id of an error, or nothing of interest."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        begin = getattr(self, f"_begin_{tag}", None)
        if begin is not None:
            begin(given)

    def handle_endtag(self, tag: str) -> None:
        end = getattr(self, f"_end_{tag}", None)
        if end is not None:
            end()

    def handle_data(self, data: str) -> None:
        self._text += data
        for box in filter(None, self._boxes):
            if box == "news":
                self.reading.news += data
            elif box != "summary":
                self.reading.ids[box] += data

    def _begin_form(self, given: dict[str, str]) -> None:
        action = given.get("action") or self._url
        self._form = Sheet(self._url, action, given.get("method", "get").lower(), given.get("enctype", ""))
        self._by_id[given.get("id", "")] = self._form
        if not self._is_in_dialog:
            self.reading.sheets.append(self._form)

    def _end_form(self) -> None:
        self._form = None

    def _begin_dialog(self, _given: dict[str, str]) -> None:
        self._is_in_dialog = True  # nobody meets it without a script, which says where its form leads

    def _end_dialog(self) -> None:
        self._is_in_dialog = False

    def _begin_div(self, given: dict[str, str]) -> None:
        kinds, box = given.get("class", "").split(), ""
        if "error-summary" in kinds:
            box = "summary"
        elif "flashes" in kinds or "banner" in kinds:
            box = "news"
        elif given.get("id", "").endswith("-error"):
            box = given["id"]
            self.reading.ids.setdefault(box, "")
        self._boxes.append(box)

    def _end_div(self) -> None:
        if self._boxes:
            self._boxes.pop()

    def _begin_li(self, _given: dict[str, str]) -> None:
        self._text = ""

    def _end_li(self) -> None:
        if "summary" in self._boxes:
            self.reading.summary.append(self._text.strip())

    _begin_p, _end_p = _begin_li, _end_li

    def _begin_a(self, given: dict[str, str]) -> None:
        link = given.get("href", "")
        if link.startswith("/"):
            self.reading.links.append(link.split("#")[0])
        elif link.startswith("#") and "summary" in self._boxes:
            self.reading.summary_links.append(link[1:])

    def _control(self, given: dict[str, str], kind: str) -> Control | None:
        """The control of that name, begun where it is the first."""
        form = self._by_id.get(given["form"]) if given.get("form") else self._form
        if form is None or not given.get("name") or "disabled" in given:
            return None
        control = form.controls.setdefault(given["name"], Control(given["name"], kind))
        control.ids.append(given.get("id", ""))
        control.is_required |= "required" in given
        control.is_refused |= given.get("aria-invalid") == "true"
        control.error = given.get("aria-describedby", control.error)
        return control

    def _begin_input(self, given: dict[str, str]) -> None:
        kind = kind_of(given)
        control = self._control(given, kind) if kind not in ("submit", "image", "reset") else None
        if control is None:
            self._begin_button(given | {"type": kind})
        elif kind in ("radio", "checkbox"):
            control.offered.append(given.get("value", "on"))
            control.values += [given.get("value", "on")] if "checked" in given else []
        elif kind != "file":
            control.values.append(given.get("value", ""))

    def _begin_button(self, given: dict[str, str]) -> None:
        control = self._control(given, "button") if given.get("type", "submit") == "submit" else None
        if control is not None:
            control.offered.append(given.get("value", ""))

    def _begin_textarea(self, given: dict[str, str]) -> None:
        self._area, self._text = self._control(given, "area"), ""

    def _end_textarea(self) -> None:
        if self._area is not None:
            self._area.values.append(self._text.replace("\r\n", "\n").removeprefix("\n"))
        self._area = None

    def _begin_select(self, given: dict[str, str]) -> None:
        self._select = self._control(given, "select")
        self._several = "multiple" in given

    def _begin_option(self, given: dict[str, str]) -> None:
        self._option, self._text = (given.get("value"), "selected" in given), ""

    def _end_option(self) -> None:
        if self._select is not None and self._option is not None:
            value, is_chosen = self._option
            self._select.offered.append(self._text if value is None else value)
            self._select.values += [self._select.offered[-1]] if is_chosen else []
        self._option = None

    def _end_select(self) -> None:
        if self._select is not None and not self._select.values and not self._several:
            self._select.values = self._select.offered[:1]
        self._select = None


def kind_of(given: dict[str, str]) -> str:
    """What an <input> asks for."""
    kind = given.get("type", "text")
    if given.get("inputmode") in NUMERIC or kind == "number":
        return "number"
    return "text" if kind in ("search", "tel", "url") else kind
