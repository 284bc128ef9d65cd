"""The one way in which the demo's machinery says no: a single clear line and an exit code."""


class CannotStart(Exception):
    """The demo or the test servers cannot start; the text is one line that says how to mend it."""

    def __init__(self, text: str, *, code: int = 1) -> None:
        super().__init__(text)
        self.code = code
