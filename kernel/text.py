"""What people type, made comparable: full-width forms, Chinese punctuation, spaces, names."""

import re
import unicodedata

_SPACES = re.compile(r"\s+")
_NOT_WORD = re.compile(r"[\W_]+")


def narrow(typed: str) -> str:
    """Full-width digits, letters and punctuation in their narrow forms, without spaces at the ends."""
    return unicodedata.normalize("NFKC", typed).strip()


def clean_name(typed: str) -> str:
    """A name as it is stored: NFC, single spaces, middle dot unified to ·. Rare characters are kept as they are."""
    text = _SPACES.sub(" ", unicodedata.normalize("NFC", typed)).strip()
    return text.replace("•", "·").replace("・", "·").replace("．", "·")


def searchable(name: str) -> str:
    """The name reduced to letters, digits and characters, lower case, for comparing."""
    return _NOT_WORD.sub("", unicodedata.normalize("NFKC", name)).lower()


def grams(name: str) -> list[str]:
    """Single characters and pairs of a name, for the index behind the search of names."""
    text = searchable(name)
    pairs = {text[index : index + 2] for index in range(len(text) - 1)}
    return sorted(pairs | set(text))


def mask_name(name: str) -> str:
    """靳**: the surname stays, the rest is hidden."""
    return name[:1] + "*" * max(len(name) - 1, 1) if name else ""


def mask_tail(value: str, keep: int = 4) -> str:
    """Everything but the last characters hidden."""
    return "*" * max(len(value) - keep, 0) + value[-keep:] if value else ""
