"""What the pages and papers are built from: `python -m enforcement.assets static fonts words`.

Style sheets and scripts go to static_build/vendor, fonts of the papers to var/fonts as TrueType, which typst reads.
Of each font package the .woff files are taken: their outlines convert in a second, those of .woff2 in a minute.
"""

import re
import shutil
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import polib
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ROOT / "node_modules"
VENDOR = ROOT / "static_build" / "vendor"
FONTS = ROOT / "var" / "fonts"

STATIC = {
    "tabler.min.css": "@tabler/core/dist/css/tabler.min.css",
    "tabler.min.js": "@tabler/core/dist/js/tabler.min.js",
    "echarts.common.min.js": "echarts/dist/echarts.common.min.js",
}
# A map named in a file but not collected would be a broken address.
SOURCE_MAP = re.compile(rb"\n?(?:/\*[#@] sourceMappingURL=[^*]*\*/|//[#@] sourceMappingURL=\S+)\s*")


@dataclass(frozen=True)
class Face:
    """One font file: its packaged source, and the family and weight by which a paper asks for it."""

    source: str
    family: str
    weight: int

    @property
    def style(self) -> str:
        return "Bold" if self.weight >= 700 else "Regular"

    @property
    def file_name(self) -> str:
        return f"{self.family.replace(' ', '')}-{self.style}.ttf"


_SERIF = "@fontsource/noto-serif-sc/files/noto-serif-sc-chinese-simplified-{}-normal.woff"
FACES = (
    Face(_SERIF.format(400), "Noto Serif SC", 400),
    Face(_SERIF.format(700), "Noto Serif SC", 700),
    Face("@fontsource/noto-sans-sc/files/noto-sans-sc-chinese-simplified-400-normal.woff", "Noto Sans SC", 400),
    # one file with thirty thousand characters: 楷体, and the fallback for rare ones
    Face("@fontsource/lxgw-wenkai/files/lxgw-wenkai-latin-500-normal.woff", "LXGW WenKai", 400),
)


def build_static() -> None:
    """Copy style sheets and scripts without their source map lines."""
    shutil.rmtree(VENDOR, ignore_errors=True)
    for name, source in STATIC.items():
        target = VENDOR / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(SOURCE_MAP.sub(b"", (PACKAGES / source).read_bytes()))


def build_font(face: Face) -> str:
    """Unpack one font to TrueType, named by its own family and weight, and return its file name."""
    font = TTFont(PACKAGES / face.source)
    font.flavor = None
    names = {1: face.family, 2: face.style, 4: f"{face.family} {face.style}", 6: face.file_name[:-4]}
    font["name"].names = [record for record in font["name"].names if record.nameID in (0, 13, 14)]
    for number, text in names.items():
        font["name"].setName(text, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass = face.weight
    bold = face.weight >= 700
    font["OS/2"].fsSelection = 0x20 if bold else 0x40
    font["head"].macStyle = 1 if bold else 0
    fresh = FONTS / f"{face.file_name}.new"
    font.save(fresh, reorderTables=None)
    fresh.replace(FONTS / face.file_name)
    return face.file_name


def build_fonts() -> None:
    """Build every font, two at a time."""
    FONTS.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(max_workers=2) as pool:
        list(pool.map(build_font, FACES))


def build_words() -> None:
    """Compile the translations; needs no gettext programs."""
    for source in (ROOT / "locale").rglob("*.po"):
        polib.pofile(str(source)).save_as_mofile(str(source.with_suffix(".mo")))


PARTS = {"static": build_static, "fonts": build_fonts, "words": build_words}

if __name__ == "__main__":
    for part in sys.argv[1:] or PARTS:
        PARTS[part]()
