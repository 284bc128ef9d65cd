"""A page's forms as a browser would send them: every field with the value it shows."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

Pairs = list[tuple[str, str]]
UNSENT = {"submit", "button", "image", "reset", "file"}


@dataclass
class Form:
    """One form of a page: where it goes and what it would send."""

    action: str
    method: str
    pairs: Pairs = field(default_factory=list)
    boxes: dict[str, list[str]] = field(default_factory=dict)
    buttons: Pairs = field(default_factory=list)

    @property
    def names(self) -> set[str]:
        """Every field, ticked or not."""
        return {name for name, _value in self.pairs} | set(self.boxes)

    def put(self, name: str, value: object) -> None:
        """Type a value; a list ticks several boxes, None sends nothing."""
        self.pairs = [(known, old) for known, old in self.pairs if known != name]
        chosen = value if isinstance(value, list | tuple) else [] if value is None or value is False else [value]
        texts = ["on" if one is True else str(one) for one in chosen]
        if name in self.boxes and texts == ["on"]:
            texts = self.boxes[name][:1]
        self.pairs += [(name, text) for text in texts]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: dict[str, Form] = {}
        self.found: list[Form] = []
        self.current: Form | None = None
        self.area: str | None = None
        self.area_text = ""
        self.select: tuple[str, bool] | None = None
        self.options: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        if tag == "form":
            self.current = Form(given.get("action", ""), given.get("method", "get").lower())
            self.found.append(self.current)
            if "id" in given:
                self.forms[given["id"]] = self.current
            return
        home = self.forms.get(given["form"]) if "form" in given else self.current
        if home is None or "disabled" in given:
            return
        if tag == "input":
            _input(home, given)
        elif tag == "textarea":
            self.area, self.area_text = given.get("name", ""), ""
        elif tag == "select":
            self.select, self.options = (given.get("name", ""), "multiple" in given), []
        elif tag == "option" and self.select:
            self.options.append((given.get("value", ""), "selected" in given))
        elif tag == "button" and given.get("name"):
            home.buttons.append((given["name"], given.get("value", "")))

    def handle_data(self, data: str) -> None:
        if self.area is not None:
            self.area_text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.current = None
        elif tag == "textarea" and self.area is not None and self.current:
            self.current.pairs.append((self.area, self.area_text.removeprefix("\n")))
            self.area = None
        elif tag == "select" and self.select and self.current:
            name, several = self.select
            chosen = [value for value, selected in self.options if selected]
            if not chosen and not several and self.options:
                chosen = [self.options[0][0]]
            self.current.pairs += [(name, value) for value in chosen]
            self.current.boxes.setdefault(name, []).extend(value for value, _selected in self.options)
            self.select = None


def _input(form: Form, given: dict[str, str]) -> None:
    name, kind = given.get("name", ""), given.get("type", "text")
    if not name or kind in UNSENT:
        return
    value = given.get("value", "on" if kind in {"checkbox", "radio"} else "")
    if kind in {"checkbox", "radio"}:
        form.boxes.setdefault(name, []).append(value)
        if "checked" not in given:
            return
    form.pairs.append((name, value))


def forms_of(html: str) -> list[Form]:
    """Every form of a page, in order."""
    reader = _Reader()
    reader.feed(html)
    return reader.found


def form_with(html: str, names: set[str], button: str = "", action: str = "") -> Form:
    """The first form to be posted that has these fields (and this button, and leads there)."""
    posted = [form for form in forms_of(html) if form.method == "post" and action in form.action]
    for form in posted:
        known = form.names | {f"{name}={value}" for name, value in form.buttons}
        if names <= known and (not button or button in known):
            return form
    raise AssertionError(f"no form with {names} {button}: {[sorted(form.names) for form in posted]}")
