"""Every money command runs once: the same key and inputs give the first result, other inputs are refused.

The key is written before anything is locked, so that a second caller waits on the key alone and then reads the result.
Keys: ``ui:{uuid}`` from a form, the API's ``Idempotency-Key``, ``line:{identity}``, ``{verb}:{id}``.
"""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from funds.models import Command
from kernel import canonical
from kernel.keys import uuid7
from kernel.refusals import BadInput, Refusal

Result = dict[str, Any]
LONGEST = 120

_BEGIN = """
    INSERT INTO funds_command (id, court_id, key, verb, input_digest, result, at)
    VALUES (%s, %s, %s, %s, %s, '{}', %s)
    ON CONFLICT (court_id, key) DO NOTHING
"""
_FINISH = "UPDATE funds_command SET result = %s WHERE id = %s"


class KeyReused(Refusal):
    """The key belongs to another command."""

    message = _("这个办理编号已用于另一笔指令，内容不同。请刷新页面后重新办理。")


def run(
    *,
    court_id: UUID,
    key: str,
    verb: str,
    inputs: Mapping[str, Any],
    at: datetime,
    act: Callable[[Command], Mapping[str, Any]],
) -> Result:
    """Run ``act`` once under ``key`` in one transaction; afterwards give its first result. Raises KeyReused, BadInput.

    A refusal of ``act`` rolls the key back with everything else, so that the mended command may use it again.
    """
    if not 0 < len(key) <= LONGEST:
        raise BadInput(reason=str(_("办理编号应为 1 至 120 个字符。")))
    digest = canonical.digest(verb, canonical.dumps(inputs))
    command = Command(id=uuid7(), court_id=court_id, key=key, verb=verb, input_digest=digest, at=at)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_BEGIN, [command.pk, court_id, key, verb, digest, at])
        if cursor.rowcount == 0:
            return _first(court_id, key, verb, digest)
        result: Result = canonical.plain(act(command))
        cursor.execute(_FINISH, [json.dumps(result), command.pk])
    return result


def _first(court_id: UUID, key: str, verb: str, digest: str) -> Result:
    known = Command.objects.get(court_id=court_id, key=key)
    if known.verb != verb or known.input_digest != digest:
        raise KeyReused()
    return dict(known.result)
