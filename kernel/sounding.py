"""Chinese names in the order of their sound, also where the database has no collation for it.

GB 18030 keeps the 3,755 common characters of GB 2312 in the order of their pinyin, and PostgreSQL can always convert to
it; rarer characters follow in the order of their radicals. The key is text, so that lists can be paged by it.
"""

from typing import Any

from django.db.models import Func, TextField


class Sound(Func):
    """The key of a name by its sound: 卞 before 冯 before 严 before 于."""

    template = "encode(convert_to(%(expressions)s, 'GB18030'), 'hex')"
    arity = 1

    def __init__(self, expression: str, **extra: Any) -> None:
        super().__init__(expression, output_field=TextField(), **extra)
