"""A deposit of unidentified money belongs to the case of its public notice."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0001_initial"),
        ("funds", "0004_identifying"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="deposit", name="deposit_of_payout_or_suspense"),
        migrations.AlterField(
            model_name="deposit",
            name="case",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case"),
        ),
    ]
