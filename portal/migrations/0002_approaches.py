import django.db.models.deletion
import kernel.encryption
import kernel.keys
import kernel.money
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("cases", "0002_liability_objections_and_local_rules"),
        ("portal", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Approach",
            fields=[
                ("id", models.UUIDField(default=kernel.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("PAY", "我要还款"), ("MEDIATE", "我要调解")], max_length=8, verbose_name="意愿"
                    ),
                ),
                ("amount", kernel.money.MoneyField(null=True, verbose_name="愿意先付")),
                ("words", models.CharField(blank=True, max_length=300, verbose_name="说明")),
                ("phone", kernel.encryption.EncryptedTextField(blank=True, verbose_name="联系电话")),
                ("made_at", models.DateTimeField()),
                ("answer", models.CharField(blank=True, max_length=300, verbose_name="答复")),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="approaches", to="cases.case"
                    ),
                ),
                (
                    "court",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.court"
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.party"),
                ),
            ],
            options={
                "verbose_name": "主动联系",
                "indexes": [models.Index(fields=["case", "-made_at"], name="approach_of_case")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("answered_at__isnull", True)),
                        fields=("case", "party"),
                        name="approach_open_once",
                    )
                ],
            },
        ),
    ]
