import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("onboarding", "0004_campaigns"),
        ("workflows", "0004_merges"),
    ]

    operations = [
        migrations.CreateModel(
            name="LetterRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reminder", models.PositiveSmallIntegerField(default=0)),
                ("signed_by_name", models.CharField(blank=True, max_length=120)),
                ("signed_on", models.DateField(blank=True, null=True)),
                ("done", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveIntegerField(default=0)),
                ("stored_as", models.CharField(blank=True, max_length=120)),
                ("has_failed", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ("-pk",),
            },
        ),
        migrations.AddField(
            model_name="letter",
            name="reminder",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="letter",
            name="request",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="letters",
                to="onboarding.referralrequest",
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="request",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="messages",
                to="onboarding.referralrequest",
            ),
        ),
        migrations.AlterField(
            model_name="letter",
            name="kind",
            field=models.CharField(
                choices=[
                    ("invitation", "Invitation to technical guidance"),
                    ("decision", "Notice of decision"),
                    ("request", "Request to an office"),
                    ("reminder", "Reminder to an office"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("request__isnull", False), models.Q(("state", "CANCELLED"), _negated=True)
                ),
                fields=("request", "reminder"),
                name="an_office_gets_one_letter_of_each",
            ),
        ),
        migrations.AddField(
            model_name="letterrun",
            name="campaign",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="letter_runs",
                to="onboarding.campaign",
            ),
        ),
        migrations.AddField(
            model_name="letterrun",
            name="created_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ]
