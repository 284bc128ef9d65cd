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
    SELECT id, %s, key, %s, digest, '{}', %s
      FROM unnest(%s::uuid[], %s::text[], %s::text[]) AS asked (id, key, digest)
     ORDER BY key
        ON CONFLICT (court_id, key) DO NOTHING
    RETURNING key
"""
_FINISH = """
    UPDATE funds_command AS command
       SET result = done.result
      FROM unnest(%s::uuid[], %s::jsonb[]) AS done (id, result)
     WHERE command.id = done.id
"""


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
    asked = {key: inputs}
    return run_all(court_id=court_id, verb=verb, inputs=asked, at=at, act=lambda commands: {key: act(commands[key])})[
        key
    ]


def run_all(
    *,
    court_id: UUID,
    verb: str,
    inputs: Mapping[str, Mapping[str, Any]],
    at: datetime,
    act: Callable[[Mapping[str, Command]], Mapping[str, Mapping[str, Any]]],
    savepoint: bool = True,
) -> dict[str, Result]:
    """Run several commands of one verb in one transaction, each once under its own key; afterwards give their results.

    ``act`` is given the commands that never ran, by key in the order of ``inputs``, and answers by key. Raises KeyReused,
    BadInput; a refusal takes all of them back, and without a ``savepoint`` the caller's whole transaction with them.
    """
    if not all(0 < len(key) <= LONGEST for key in inputs):
        raise BadInput(reason=str(_("办理编号应为 1 至 120 个字符。")))
    rows = {key: _command(court_id, verb, key, given, at) for key, given in inputs.items()}
    with transaction.atomic(savepoint=savepoint), connection.cursor() as cursor:
        ids, digests = [row.pk for row in rows.values()], [row.input_digest for row in rows.values()]
        cursor.execute(_BEGIN, [court_id, verb, at, ids, list(rows), digests])
        begun = {key for (key,) in cursor.fetchall()}
        new = {key: row for key, row in rows.items() if key in begun}
        results: dict[str, Result] = {key: _first(row) for key, row in rows.items() if key not in begun}
        if new:
            done: dict[str, Result] = {key: canonical.plain(result) for key, result in act(new).items()}
            cursor.execute(_FINISH, [[new[key].pk for key in done], [json.dumps(result) for result in done.values()]])
            results |= done
    return results


def _command(court_id: UUID, verb: str, key: str, inputs: Mapping[str, Any], at: datetime) -> Command:
    digest = canonical.digest(verb, canonical.dumps(inputs))
    return Command(id=uuid7(), court_id=court_id, key=key, verb=verb, input_digest=digest, at=at)


def _first(asked: Command) -> Result:
    known = Command.objects.get(court_id=asked.court_id, key=asked.key)
    if known.verb != asked.verb or known.input_digest != asked.input_digest:
        raise KeyReused()
    return dict(known.result)
