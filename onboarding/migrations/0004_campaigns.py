import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("onboarding", "0003_lists_in_their_own_columns")]

    operations = [
        migrations.CreateModel(
            name="Campaign",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=160, verbose_name="title")),
                ("question", models.TextField(max_length=2000, verbose_name="what is asked")),
                (
                    "criteria",
                    models.TextField(blank=True, max_length=4000, verbose_name="criteria"),
                ),
                ("criteria_version", models.PositiveSmallIntegerField(default=1)),
                ("dated_on", models.DateField(verbose_name="date of the letter")),
                ("days", models.PositiveSmallIntegerField(verbose_name="working days to answer")),
                ("due_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[("DRAFT", "Draft"), ("SENT", "Sent"), ("CLOSED", "Closed")],
                        default="DRAFT",
                        max_length=6,
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ("-pk",),
            },
        ),
        migrations.CreateModel(
            name="ReferralRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("addressee", models.CharField(max_length=200, verbose_name="addressed to")),
                (
                    "contact_name",
                    models.CharField(blank=True, max_length=120, verbose_name="contact"),
                ),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                (
                    "phone",
                    models.CharField(blank=True, max_length=16, verbose_name="WhatsApp number"),
                ),
                ("due_on", models.DateField(blank=True, null=True)),
                ("asked_at", models.DateTimeField(blank=True, null=True)),
                ("link_seed", models.CharField(blank=True, max_length=32)),
                ("token_hash", models.CharField(blank=True, max_length=64)),
                ("link_expires_at", models.DateTimeField(blank=True, null=True)),
                ("reminders", models.PositiveSmallIntegerField(default=0)),
                ("reminded_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "ordering": ("agency__kind", "agency__name"),
            },
        ),
        migrations.CreateModel(
            name="RequestAnswer",
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
                            ("list", "Sent a list"),
                            ("nothing", "Has nothing to report"),
                            ("more_time", "Asked for more time"),
                            ("note", "Said something else"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "via",
                    models.CharField(
                        choices=[
                            ("link", "through the link"),
                            ("account", "signed in"),
                            ("phone", "by phone, written down by an officer"),
                        ],
                        max_length=8,
                    ),
                ),
                ("said_by", models.CharField(max_length=120, verbose_name="name")),
                ("note", models.CharField(blank=True, max_length=500)),
                ("wanted_on", models.DateField(blank=True, null=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ("pk",),
            },
        ),
        migrations.AddField(
            model_name="campaign",
            name="closed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="campaign",
            name="created_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="campaign",
            name="replays",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replayed_by",
                to="onboarding.campaign",
            ),
        ),
        migrations.AddField(
            model_name="campaign",
            name="sent_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="referralrequest",
            name="agency",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="requests",
                to="onboarding.agency",
            ),
        ),
        migrations.AddField(
            model_name="referralrequest",
            name="campaign",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="requests",
                to="onboarding.campaign",
            ),
        ),
        migrations.AddField(
            model_name="referral",
            name="request",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="referrals",
                to="onboarding.referralrequest",
            ),
        ),
        migrations.AddField(
            model_name="referralsheet",
            name="request",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sheets",
                to="onboarding.referralrequest",
            ),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(
                condition=models.Q(("request__isnull", False)),
                fields=["request"],
                name="referral_by_request",
            ),
        ),
        migrations.AddField(
            model_name="requestanswer",
            name="request",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="answers",
                to="onboarding.referralrequest",
            ),
        ),
        migrations.AddField(
            model_name="requestanswer",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="requestanswer",
            name="sheet",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="onboarding.referralsheet",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("sent_at__isnull", True), ("sent_by__isnull", True)),
                    models.Q(("sent_at__isnull", False), ("sent_by__isnull", False)),
                    _connector="OR",
                ),
                name="campaign_sent_at_and_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at__isnull", True), ("closed_by__isnull", True)),
                    models.Q(("closed_at__isnull", False), ("closed_by__isnull", False)),
                    _connector="OR",
                ),
                name="campaign_closed_at_and_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="referralrequest",
            constraint=models.UniqueConstraint(
                fields=("campaign", "agency"), name="an_office_is_asked_once_in_a_campaign"
            ),
        ),
        migrations.AddConstraint(
            model_name="referralrequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("token_hash", ""), _negated=True),
                fields=("token_hash",),
                name="one_link_per_request",
            ),
        ),
    ]
