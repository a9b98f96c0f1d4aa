import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


def write_codes(apps, _editor):
    """Firms that fail are counted by the codes of their reasons from now on, also the old ones."""
    Screening = apps.get_model("onboarding", "Screening")
    failed, some = Screening.objects.filter(is_eligible=False).only("pk", "reasons"), []
    for screening in failed.iterator(chunk_size=1000):
        screening.codes = ",".join(reason["code"] for reason in screening.reasons)[:200]
        some.append(screening)
        if len(some) == 1000:
            Screening.objects.bulk_update(some, ["codes"])
            some = []
    Screening.objects.bulk_update(some, ["codes"])


class Migration(migrations.Migration):
    dependencies = [
        ("onboarding", "0004_campaigns"),
    ]

    operations = [
        migrations.AddField(
            model_name="screening",
            name="codes",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="screening",
            name="notes",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="screening",
            name="rules_number",
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="screening",
            name="waits",
            field=models.JSONField(default=list),
        ),
        migrations.CreateModel(
            name="BlacklistImport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("original_name", models.CharField(max_length=120)),
                ("sha256", models.CharField(max_length=64)),
                ("rows", models.PositiveIntegerField(default=0)),
                ("created", models.PositiveIntegerField(default=0)),
                ("changed", models.PositiveIntegerField(default=0)),
                ("refused", models.JSONField(default=list)),
                ("received_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "received_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-pk",),
            },
        ),
        migrations.CreateModel(
            name="BlacklistEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=160, verbose_name="name")),
                ("folded_name", models.CharField(db_index=True, editable=False, max_length=160)),
                (
                    "npwp",
                    models.CharField(blank=True, db_index=True, max_length=16, verbose_name="NPWP"),
                ),
                ("from_on", models.DateField(verbose_name="from")),
                ("until_on", models.DateField(blank=True, null=True, verbose_name="until")),
                ("basis", models.CharField(blank=True, max_length=250, verbose_name="decision")),
                ("counted", models.BooleanField(default=False)),
                (
                    "came_with",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="onboarding.blacklistimport",
                    ),
                ),
            ],
            options={
                "ordering": ("-from_on", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="BlacklistVerdict",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_same", models.BooleanField()),
                ("note", models.CharField(max_length=250, verbose_name="note")),
                ("decided_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verdicts",
                        to="onboarding.blacklistentry",
                    ),
                ),
                (
                    "vendor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="onboarding.vendor",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="KbliCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.CharField(max_length=4)),
                ("code", models.CharField(max_length=5)),
                ("title", models.CharField(max_length=300)),
            ],
            options={
                "ordering": ("version", "code"),
                "constraints": [
                    models.UniqueConstraint(fields=("version", "code"), name="a_kbli_code_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="RegisterAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "register",
                    models.CharField(
                        choices=[
                            ("oss", "OSS (NIB)"),
                            ("djp", "DJP (NPWP)"),
                            ("ahu", "AHU (decree of the Ministry of Law)"),
                        ],
                        max_length=3,
                    ),
                ),
                ("number", models.CharField(blank=True, max_length=60)),
                ("asked", models.CharField(max_length=32)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("match", "Agrees"),
                            ("mismatch", "Differs"),
                            ("not_found", "Not found"),
                            ("unavailable", "Not yet verified"),
                        ],
                        max_length=11,
                    ),
                ),
                ("details", models.JSONField(default=list)),
                ("source", models.CharField(max_length=80)),
                ("error", models.CharField(blank=True, max_length=60)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("valid_until", models.DateTimeField()),
                ("attempts", models.PositiveSmallIntegerField(default=1)),
                ("ask_again_at", models.DateTimeField(blank=True, null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "vendor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="register_answers",
                        to="onboarding.vendor",
                    ),
                ),
            ],
            options={
                "ordering": ("-asked_at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="RulePreview",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=12)),
                ("day", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("RUNNING", "Being worked out"),
                            ("DONE", "Finished"),
                            ("FAILED", "Not finished"),
                        ],
                        default="RUNNING",
                        max_length=8,
                    ),
                ),
                ("firms_total", models.PositiveIntegerField(default=0)),
                ("firms_judged", models.PositiveIntegerField(default=0)),
                ("judged_up_to", models.PositiveBigIntegerField(default=0)),
                ("counts", models.JSONField(default=dict)),
                ("stored_as", models.CharField(blank=True, max_length=120)),
                ("ordered_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                (
                    "ordered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-pk",),
            },
        ),
        migrations.CreateModel(
            name="RuleFlip",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("becomes_eligible", models.BooleanField()),
                ("codes", models.CharField(blank=True, max_length=200)),
                (
                    "vendor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="onboarding.vendor",
                    ),
                ),
                (
                    "preview",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="flips",
                        to="onboarding.rulepreview",
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="RuleVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("DRAFT", "Draft"),
                            ("ON", "Switched on"),
                            ("REPLACED", "Replaced"),
                            ("DROPPED", "Dropped"),
                        ],
                        default="DRAFT",
                        max_length=8,
                    ),
                ),
                ("rules", models.JSONField()),
                ("digest", models.CharField(max_length=12)),
                ("from_on", models.DateField(blank=True, null=True, verbose_name="in force from")),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("switched_on_at", models.DateTimeField(blank=True, null=True)),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                ("judged_up_to", models.PositiveBigIntegerField(default=0)),
                ("judged_at", models.DateTimeField(blank=True, null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "switched_on_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-number",),
            },
        ),
        migrations.AddField(
            model_name="rulepreview",
            name="against",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="onboarding.ruleversion",
            ),
        ),
        migrations.AddField(
            model_name="rulepreview",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="previews",
                to="onboarding.ruleversion",
            ),
        ),
        migrations.AddConstraint(
            model_name="blacklistentry",
            constraint=models.UniqueConstraint(
                fields=("npwp", "folded_name", "from_on"), name="a_sanction_is_kept_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="blacklistentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until_on__isnull", True),
                    ("until_on__gte", models.F("from_on")),
                    _connector="OR",
                ),
                name="a_sanction_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="blacklistverdict",
            constraint=models.UniqueConstraint(
                fields=("entry", "vendor"), name="one_word_on_a_name"
            ),
        ),
        migrations.AddIndex(
            model_name="registeranswer",
            index=models.Index(
                condition=models.Q(("ask_again_at__isnull", False)),
                fields=["ask_again_at"],
                name="register_to_ask_again",
            ),
        ),
        migrations.AddIndex(
            model_name="registeranswer",
            index=models.Index(fields=["register", "asked_at"], name="register_asked_lately"),
        ),
        migrations.AddConstraint(
            model_name="registeranswer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ask_again_at__isnull", True), ("outcome", "unavailable"), _connector="OR"
                ),
                name="only_silence_is_asked_again",
            ),
        ),
        migrations.AddConstraint(
            model_name="ruleflip",
            constraint=models.UniqueConstraint(
                fields=("preview", "vendor"), name="a_firm_flips_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="ruleversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "DRAFT")), fields=("state",), name="one_draft_of_rules"
            ),
        ),
        migrations.AddConstraint(
            model_name="ruleversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("DRAFT", "DROPPED")), ("switched_on_at__isnull", True)),
                    models.Q(
                        ("from_on__isnull", False),
                        ("state__in", ("ON", "REPLACED")),
                        ("switched_on_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="rules_in_force_were_switched_on",
            ),
        ),
        migrations.RunPython(write_codes, migrations.RunPython.noop),
    ]
