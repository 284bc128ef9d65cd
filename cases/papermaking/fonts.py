"""The fonts of the papers, and the check that every character of a paper can be printed.

Families are looked for in FONTS_DIR (built at set-up) and COURT_FONTS_DIR (what a court has licensed: 仿宋_GB2312,
方正小标宋). typst prints an empty box for a missing character without a word, therefore the check comes first.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from fontTools.ttLib import TTCollection, TTFont

from kernel.refusals import Refusal

BODY = ("FangSong_GB2312", "FangSong", "STFangsong", "Noto Serif SC")
TITLE = ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "Noto Serif SC")
HEADING = ("SimHei", "STHeiti", "Noto Sans SC")
RARE = "LXGW WenKai"

# Variation selectors choose a shape of the character before them and print nothing themselves.
SELECTORS = frozenset({*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)})


class FontsMissing(Refusal):
    """Set-up did not build the fonts."""

    message = _("文书字体没有安装，请运行 make setup 后重新生成。")
    status = 503


class GlyphMissing(Refusal):
    """No font has a shape for a character."""

    message = _("字体库中没有这些字：%(letters)s。请安装含这些字的字体后重新生成，或更正文书内容。")


@dataclass(frozen=True)
class Fonts:
    """The families at hand with the characters that each can print."""

    folders: tuple[str, ...]
    letters: dict[str, frozenset[int]]

    def stack(self, wanted: Iterable[str]) -> list[str]:
        """The wanted families that exist, then the one with the rare characters."""
        return [name for name in (*wanted, RARE) if name in self.letters]

    def check(self, texts: Iterable[str]) -> None:
        """Raise GlyphMissing with the characters that no font can print."""
        needed = {ord(letter) for text in texts for letter in text} - SELECTORS
        known: set[int] = set().union(*(self.letters[name] for name in self.stack((*BODY, *TITLE, *HEADING))))
        if missing := sorted(needed - known):
            raise GlyphMissing(letters="、".join(f"{chr(code)}（U+{code:04X}）" for code in missing[:20]))


def installed() -> Fonts:
    """The fonts of this installation, read once. Raises FontsMissing."""
    extra = getattr(settings, "COURT_FONTS_DIR", "")
    fonts = _read(tuple(str(folder) for folder in (extra, settings.FONTS_DIR) if folder))
    if not fonts.stack(BODY):
        _read.cache_clear()
        raise FontsMissing()
    return fonts


@cache
def _read(folders: tuple[str, ...]) -> Fonts:
    letters: dict[str, frozenset[int]] = {}
    for folder in folders:
        for path in sorted(Path(folder).glob("*.[toTO][tT][tTfFcC]")):
            for family, known in _faces(path):
                letters[family] = letters.get(family, frozenset()) | known
    return Fonts(folders, letters)


def _faces(path: Path) -> list[tuple[str, frozenset[int]]]:
    """Family and characters of every face in a font file."""
    several = path.suffix.lower() == ".ttc"
    with TTCollection(path, lazy=True) if several else TTFont(path, lazy=True) as opened:
        return [
            (font["name"].getBestFamilyName() or path.stem, frozenset(font.getBestCmap() or ()))
            for font in (opened.fonts if several else [opened])
        ]
