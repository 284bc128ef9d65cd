"""Statements of banks as data: pure readers that know neither case nor ledger."""

from funds.statements.identities import identity, identity_of, same_account
from funds.statements.model import (
    ADVICE,
    INTRADAY,
    STATEMENT,
    ControlTotals,
    Ignored,
    Rejected,
    Statement,
    StatementLine,
    StatementWarning,
    Total,
)
from funds.statements.reading import read, read_all
from funds.statements.refusing import Unreadable

__all__ = [
    "ADVICE",
    "INTRADAY",
    "STATEMENT",
    "ControlTotals",
    "Ignored",
    "Rejected",
    "Statement",
    "StatementLine",
    "StatementWarning",
    "Total",
    "Unreadable",
    "identity",
    "identity_of",
    "read",
    "read_all",
    "same_account",
]
