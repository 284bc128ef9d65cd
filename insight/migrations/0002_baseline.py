import django.db.models.deletion
import kernel.keys
import kernel.money
from django.db import migrations, models

from kernel.append_only import RefuseChanges


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("insight", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Baseline",
            fields=[
                ("id", models.UUIDField(default=kernel.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ("amount", kernel.money.MoneyField(verbose_name="期初不明款余额")),
                ("on", models.DateField(verbose_name="期初日")),
                ("why", models.CharField(max_length=200, verbose_name="依据")),
                ("set_at", models.DateTimeField()),
                (
                    "court",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.court"
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
            ],
            options={
                "verbose_name": "不明款期初数",
                "indexes": [models.Index(fields=["court", "-set_at"], name="baseline_latest")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="baseline_positive")
                ],
            },
        ),
        RefuseChanges("baseline"),
    ]
