"""JSON that the database holds as cipher text."""

import json
from typing import Any

from kernel import canonical
from kernel.encryption import EncryptedTextField


class EncryptedJSONField(EncryptedTextField):
    """Plain JSON types in Python, cipher text in the database; it cannot be searched."""

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        text = super().from_db_value(value, expression, connection)
        return json.loads(text) if text else None

    def to_python(self, value: Any) -> Any:
        return value

    def get_prep_value(self, value: Any) -> Any:
        return super().get_prep_value(None if value is None else canonical.dumps(value))
