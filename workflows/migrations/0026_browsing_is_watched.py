"""Who browses more than the work asks for; looks are found by hour and person."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("onboarding", "0010_sign_in"),
        ("workflows", "0025_errors_are_counted_apart"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="BrowsingAlert",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("reveals", "Many full numbers shown"),
                            ("firms", "Many businesses opened outside own cases"),
                            ("night", "Businesses opened at night"),
                        ],
                        max_length=8,
                    ),
                ),
                ("count", models.PositiveIntegerField()),
                ("since", models.DateTimeField()),
                ("raised_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "note",
                    models.CharField(blank=True, max_length=500, verbose_name="what was found"),
                ),
            ],
            options={
                "ordering": ("-pk",),
            },
        ),
        migrations.AlterField(
            model_name="look",
            name="what",
            field=models.CharField(
                choices=[
                    ("case", "Case with its papers"),
                    ("vendor", "Page of the business"),
                    ("original", "Original file"),
                    ("export", "Copy of the data"),
                    ("numbers", "Numbers in full"),
                    ("page", "Page of a paper"),
                    ("pack", "Pack of evidence"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddIndex(
            model_name="look",
            index=models.Index(fields=["hour", "by"], name="look_by_hour"),
        ),
        migrations.AddField(
            model_name="browsingalert",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="browsingalert",
            name="settled_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="browsingalert",
            constraint=models.UniqueConstraint(
                fields=("person", "kind", "since"), name="one_browsing_alert_an_hour"
            ),
        ),
        migrations.AddConstraint(
            model_name="browsingalert",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("settled_at__isnull", True), ("settled_by__isnull", True)),
                    models.Q(("settled_at__isnull", False), ("settled_by__isnull", False)),
                    _connector="OR",
                ),
                name="browsing_alert_settled_at_and_by",
            ),
        ),
    ]
