"""The drawn marks of states (12 px) and the stroke icons of the sprite: shape beside word beside colour."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

RING = '<circle cx="6" cy="6" r="5" fill="none" stroke="currentColor" stroke-width="1.4"/>'
SHAPES = {
    "past": '<rect x="1" y="1" width="10" height="10" rx=".6" fill="currentColor"/>',
    "near": '<path d="M6 .9 11.6 11H.4z" fill="currentColor"/>',
    "done": '<circle cx="6" cy="6" r="6" fill="currentColor"/>'
    '<path class="shape-cut" d="m3.3 6.1 2 2 3.5-3.8" fill="none" stroke-width="1.5" stroke-linecap="round" '
    'stroke-linejoin="round"/>',
    "held": '<path d="M2 .8h2.9v10.4H2zM7.1.8H10v10.4H7.1z" fill="currentColor"/>',
    "idle": RING,
    "closed": RING + '<path d="m2.7 9.3 6.6-6.6" stroke="currentColor" stroke-width="1.4"/>',
}
PIE = (
    '<circle cx="6" cy="6" r="1.75" fill="none" stroke="currentColor" stroke-width="3.5" pathLength="100" '
    'stroke-dasharray="{} 100" transform="rotate(-90 6 6)"/>'
)


def shape(state: str, share: int = 0) -> SafeString:
    """The mark of a state: past ■, near ▲, running (a pie of the time used), done, held ‖, idle, closed ⊘."""
    drawn = SHAPES.get(state)
    if drawn is None:
        drawn = RING + PIE.format(max(0, min(100, int(share))))
    return format_html(
        '<svg class="shape shape-{}" viewBox="0 0 12 12" aria-hidden="true" focusable="false">{}</svg>',
        state,
        SafeString(drawn),
    )


def icon(name: str, size: int = 17) -> SafeString:
    """A stroke icon of `static/img/icons.svg`; decorative, so the word must stand beside it."""
    return format_html(
        '<svg class="ico" width="{0}" height="{0}" aria-hidden="true" focusable="false"><use href="{1}#{2}"/></svg>',
        size,
        static("img/icons.svg"),
        name,
    )
