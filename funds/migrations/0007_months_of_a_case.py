"""A month is carried by an administrative case from its beginning: its row is open before anybody draws it up."""

import django.db.models.deletion
from django.db import migrations, models


def _to(model: str, *, null: bool = False) -> models.ForeignKey:
    return models.ForeignKey(null=null, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=model)


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0001_initial"),
        ("funds", "0006_distribution_plans"),
    ]

    operations = [
        migrations.AddField(model_name="monthclosing", name="case", field=_to("cases.case")),
        migrations.AddField(
            model_name="monthclosing", name="close_by", field=models.DateField(verbose_name="月结期限")
        ),
        migrations.AddField(model_name="monthclosing", name="decision", field=_to("cases.decision", null=True)),
        migrations.AlterField(
            model_name="monthclosing",
            name="state",
            field=models.CharField(
                choices=[("OPEN", "未月结"), ("PREPARED", "待确认"), ("CONFIRMED", "已月结")],
                default="OPEN",
                max_length=10,
                verbose_name="状态",
            ),
        ),
        migrations.AlterField(model_name="monthclosing", name="prepared_by", field=_to("accounts.post", null=True)),
        migrations.AlterField(model_name="monthclosing", name="prepared_at", field=models.DateTimeField(null=True)),
    ]
