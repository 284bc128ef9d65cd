"""Payment files are valid by the schemas of ISO 20022, as their own standard publishes them."""

from dataclasses import replace
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path

import pytest
from lxml import etree

from funds.payments import PaymentOrder, pain001
from tests.funds.test_payment_files import ORDER

LONGEST = replace(
    ORDER.instructions[0],
    amount=Decimal("9999999999999999.99"),
    name="甲" * 60,
    account="6" * 34,
    bank="某" * 60,
    remark="执行案款 （2026）晋1031执恢1234号之一",
)


def schema(version: str) -> etree.XMLSchema:
    """The schema as a package brings it; the package itself is not loaded."""
    found = find_spec("sepaxml")
    assert found is not None
    assert found.origin is not None
    return etree.XMLSchema(etree.parse(Path(found.origin).parent / "schemas" / f"pain.001.001.{version}.xsd"))


@pytest.mark.parametrize("version", pain001.VERSIONS)
@pytest.mark.parametrize("order", [ORDER, replace(ORDER, instructions=(LONGEST,))], ids=["two payments", "the longest"])
def test_a_payment_file_is_valid_by_its_schema(version: str, order: PaymentOrder) -> None:
    schema(version).assertValid(etree.fromstring(pain001.write(order, version=version)))


@pytest.mark.parametrize("version", pain001.VERSIONS)
def test_the_schema_refuses_what_is_not_its_own(version: str) -> None:
    content = pain001.write(ORDER, version=version).replace(b"<NbOfTxs>2", b"<NbOfTxs>two")
    assert not schema(version).validate(etree.fromstring(content))
