"""What every HTML page of the product must be, whatever it shows: checked on each page that a test opens."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

import html5lib
from html5lib.constants import E as PARSE_ERRORS

NEEDS_LABEL = ("input", "select", "textarea")
NEEDS_NONE = ("hidden", "submit", "button", "reset", "image")
REFERENCES = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "form", "list")


@dataclass
class Form:
    """A form as a browser would send it: every field with the value it has now."""

    action: str
    method: str
    fields: dict[str, str | list[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Page:
    """One HTML page, parsed as browsers do."""

    html: str
    tree: Element
    url: str = ""
    """Where it was found; a form without an action leads back here."""

    @property
    def title(self) -> str:
        """The page's title as a tab shows it."""
        return text_of(self.tree.find("head/title"))

    @property
    def heading(self) -> str:
        """The one h1."""
        return text_of(next(self.tree.iter("h1"), None))

    @property
    def text(self) -> str:
        """Everything a person reads, with single spaces."""
        return text_of(self.tree.find("body"))

    def links(self) -> list[str]:
        """Where the page leads, in order."""
        return [link.get("href", "") for link in self.tree.iter("a")]

    def forms(self) -> list[Form]:
        """Every form of the page, ready to be filled in and sent."""
        return [_form(element, self.url) for element in self.tree.iter("form")]

    def form(self, action: str) -> Form:
        """The one form whose action ends so; LookupError when there is none."""
        found = [form for form in self.forms() if form.action.split("?")[0].endswith(action)]
        if len(found) != 1:
            raise LookupError(f"{len(found)} forms lead to {action}: {[form.action for form in self.forms()]}")
        return found[0]


def parse(html: str, url: str = "") -> tuple[Page, list[str]]:
    """The page, and what is wrong with its markup."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(html)
    return Page(html, tree, url), [f"{place}: {PARSE_ERRORS[code] % values}" for place, code, values in parser.errors]


def faults_of(page: Page) -> Iterator[str]:
    """What a page lacks that every page must have."""
    yield from _frame(page)
    yield from _ids(page)
    yield from _labels(page)
    yield from _inline_code(page)
    for element in page.tree.iter("form"):
        if element.get("method", "get").lower() == "post" and not _has_token(element):
            yield f"the form to {element.get('action')} has no csrf_token"


def text_of(element: Element | None) -> str:
    """All text inside an element, scripts left out, with single spaces."""
    return "" if element is None else " ".join(" ".join(_texts(element)).split())


def _texts(element: Element) -> Iterator[str]:
    if element.tag in ("script", "style", "template") or not isinstance(element.tag, str):
        return
    yield element.text or ""
    for child in element:
        yield from _texts(child)
        yield child.tail or ""


def _frame(page: Page) -> Iterator[str]:
    if page.tree.get("lang") != "ko":
        yield "the page does not say that it is Korean"
    if not page.title:
        yield "the page has no title"
    headings = [text_of(heading) for heading in page.tree.iter("h1")]
    if len(headings) != 1 or not headings[0]:
        yield f"the page has not one h1 but {headings}"
    if page.tree.find(".//main") is None:
        yield "the page has no main"


def _ids(page: Page) -> Iterator[str]:
    counts = Counter(element.get("id") for element in page.tree.iter() if element.get("id") is not None)
    yield from (f"the id {name!r} stands {count} times" for name, count in counts.items() if count > 1)
    for element in page.tree.iter():
        for name in REFERENCES:
            for wanted in element.get(name, "").split():
                if wanted not in counts:
                    yield f"{name}={wanted!r} leads nowhere"
        link = element.get("href", "")
        if link.startswith("#") and link[1:] not in counts:
            yield f"the link {link} leads nowhere"


def _labels(page: Page) -> Iterator[str]:
    named = {label.get("for") for label in page.tree.iter("label")}
    wrapped = {id(inner) for label in page.tree.iter("label") for inner in label.iter()}
    for element in page.tree.iter():
        if element.tag in NEEDS_LABEL and element.get("type") not in NEEDS_NONE:
            has_name = element.get("aria-label") or element.get("aria-labelledby")
            if not has_name and element.get("id") not in named and id(element) not in wrapped:
                yield f"<{element.tag} name={element.get('name')!r}> has no label"
        if element.tag == "img" and element.get("alt") is None:
            yield f"the image {element.get('src')} has no alt"
        if element.tag in ("button", "a") and not _has_name(element):
            yield f"<{element.tag} {element.attrib}> has no name"


def _has_name(element: Element) -> bool:
    inner = (child for child in element.iter() if child.get("aria-label") or child.get("alt"))
    return bool(text_of(element) or element.get("aria-label") or element.get("aria-labelledby") or any(inner))


def _inline_code(page: Page) -> Iterator[str]:
    for element in page.tree.iter():
        if element.tag == "style" or element.get("style") is not None:
            yield f"<{element.tag}> carries a style of its own"
        if element.tag == "script" and not element.get("src") and element.get("type") != "application/json":
            yield "a script stands in the page"
        yield from (f"<{element.tag}> has {name}" for name in element.attrib if name.lower().startswith("on"))
        if element.get("href", "").strip().lower().startswith("javascript:"):
            yield "a link is a script"


def _has_token(form: Element) -> bool:
    return any(inner.get("name") == "csrf_token" and inner.get("value") for inner in form.iter("input"))


def _form(element: Element, url: str) -> Form:
    form = Form(element.get("action") or url, element.get("method", "get").lower())
    for inner in element.iter():
        for name, value in _values(inner):
            _add(form.fields, name, value)
    return form


def _values(element: Element) -> Iterator[tuple[str, str]]:
    """What one control would send: nothing for a button, an unticked box or a disabled field."""
    name, kind = element.get("name"), element.get("type")
    if not name or element.get("disabled") is not None or kind in ("submit", "button", "image", "reset", "file"):
        return
    if element.tag == "textarea":
        yield name, (element.text or "").removeprefix("\n")
    elif element.tag == "select":
        yield from ((name, value) for value in _chosen(element))
    elif element.tag == "input" and (kind not in ("checkbox", "radio") or element.get("checked") is not None):
        yield name, element.get("value", "on" if kind in ("checkbox", "radio") else "")


def _chosen(select: Element) -> list[str]:
    options = list(select.iter("option"))
    chosen = [option for option in options if option.get("selected") is not None]
    if not chosen and select.get("multiple") is None:
        chosen = options[:1]
    return [option.get("value", text_of(option)) for option in chosen]


def _add(fields: dict[str, str | list[str]], name: str, value: str) -> None:
    before = fields.get(name)
    if before is None:
        fields[name] = value
    else:
        fields[name] = [*before, value] if isinstance(before, list) else [before, value]
