"""Refusing a broken file whole, with the line and a Chinese sentence; and the marker for translation."""


def marked(text: str) -> str:
    """Mark a Chinese sentence for the catalogue; whoever shows it translates the template and fills in the arguments."""
    return text


class Unreadable(ValueError):
    """The file cannot be read and nothing of it may be booked; `line` is the physical line or row, 0 the whole file."""

    def __init__(self, line: int, template: str, **arguments: object) -> None:
        super().__init__(line, template, arguments)
        self.line = line
        self.template = template
        self.arguments = arguments

    @property
    def reason(self) -> str:
        """The sentence in Chinese."""
        return self.template.format(**self.arguments)

    def __str__(self) -> str:
        return f"第{self.line}行：{self.reason}" if self.line else self.reason
