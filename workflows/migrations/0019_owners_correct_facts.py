"""Owners say what is wrong among the facts kept; a look is noted once an hour."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import workflows.models.rights


class Migration(migrations.Migration):
    dependencies = [
        ("workflows", "0018_leaves_of_staff"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="look",
            name="hour",
            field=models.DateTimeField(default=workflows.models.rights.this_hour),
        ),
        migrations.AddConstraint(
            model_name="look",
            constraint=models.UniqueConstraint(
                fields=("vendor", "by", "what", "hour"), name="one_look_an_hour"
            ),
        ),
        migrations.CreateModel(
            name="FactCorrection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "fact",
                    models.CharField(
                        choices=[
                            ("name", "Name of the business"),
                            ("owner_name", "Owner or director"),
                            ("phone", "Phone"),
                            ("email", "E-mail"),
                            ("address", "Address"),
                            ("category", "Goods or services"),
                            ("nib", "NIB"),
                            ("npwp", "NPWP"),
                            ("nik", "NIK"),
                        ],
                        max_length=10,
                        verbose_name="what is wrong",
                    ),
                ),
                ("value", models.CharField(max_length=254, verbose_name="how it is right")),
                ("reason", models.CharField(blank=True, max_length=250, verbose_name="why")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("OPEN", "An officer looks at it"),
                            ("ACCEPTED", "Corrected"),
                            ("REFUSED", "Not changed"),
                        ],
                        default="OPEN",
                        max_length=8,
                    ),
                ),
                ("proposed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answer",
                    models.CharField(
                        blank=True, max_length=250, verbose_name="answer to the owner"
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "vendor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="fact_corrections",
                        to="onboarding.vendor",
                    ),
                ),
            ],
            options={
                "ordering": ("-pk",),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "OPEN")),
                        fields=("vendor", "fact"),
                        name="one_open_correction_a_fact",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("settled_at__isnull", True),
                                ("settled_by__isnull", True),
                                ("state", "OPEN"),
                            ),
                            models.Q(("settled_at__isnull", False), ("settled_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="correction_settled_by_somebody",
                    ),
                ],
            },
        ),
    ]
