"""Files of payment instructions to the bank, and its status reports; only ``files`` knows the tables."""

from funds.payments.model import Instruction, PaymentOrder, Unfit, unfit
from funds.payments.reports import BankAnswer, Report, UnreadableReport

__all__ = ["BankAnswer", "Instruction", "PaymentOrder", "Report", "Unfit", "UnreadableReport", "unfit"]
