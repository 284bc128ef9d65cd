"""Payers of an item with their share and their order; joint becomes one of three kinds of liability."""

import django.db.models.deletion
from django.db import migrations, models

import kernel.keys
import kernel.money

COPY = """
INSERT INTO cases_itempayer (id, item_id, party_id, later)
SELECT gen_random_uuid(), judgmentitem_id, party_id, false FROM cases_judgmentitem_payers;
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    """The payers move into a table of their own, then the old one goes."""

    dependencies = [("cases", "0002_dated_local_rules")]

    operations = [
        migrations.CreateModel(
            name="ItemPayer",
            fields=[
                (
                    "id",
                    models.UUIDField(default=kernel.keys.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("share", kernel.money.MoneyField(blank=True, null=True, verbose_name="份额或限额")),
                ("later", models.BooleanField(default=False, verbose_name="补充承担")),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sides", to="cases.judgmentitem"
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.party"),
                ),
            ],
            options={"verbose_name": "给付义务人", "ordering": ["later", "id"]},
        ),
        migrations.RunSQL(COPY, migrations.RunSQL.noop),
        migrations.RemoveField(model_name="judgmentitem", name="payers"),
        migrations.AddField(
            model_name="judgmentitem",
            name="payers",
            field=models.ManyToManyField(
                related_name="owes", through="cases.ItemPayer", to="cases.party", verbose_name="给付义务人"
            ),
        ),
        migrations.RemoveField(model_name="judgmentitem", name="joint"),
        migrations.AddField(
            model_name="judgmentitem",
            name="liability",
            field=models.CharField(
                choices=[("JOINT", "连带"), ("SEVERAL", "按份"), ("SUPPLEMENTARY", "补充")],
                default="JOINT",
                max_length=13,
                verbose_name="责任形式",
            ),
        ),
        migrations.AddField(
            model_name="judgmentitem",
            name="called_on",
            field=models.DateField(blank=True, null=True, verbose_name="补充责任启动日"),
        ),
        migrations.AddConstraint(
            model_name="itempayer",
            constraint=models.UniqueConstraint(fields=("item", "party"), name="item_payer_once"),
        ),
        migrations.AddConstraint(
            model_name="itempayer",
            constraint=models.CheckConstraint(
                condition=models.Q(("share__isnull", True), ("share__gt", 0), _connector="OR"),
                name="item_share_positive",
            ),
        ),
    ]
