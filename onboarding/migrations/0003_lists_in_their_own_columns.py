import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("onboarding", "0002_firms_may_be_one")]

    operations = [
        migrations.CreateModel(
            name="ColumnMap",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("signature", models.CharField(max_length=64)),
                ("titles", models.JSONField(default=list)),
                ("places", models.JSONField(default=dict)),
                ("confirmed_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ("-confirmed_at", "-pk"),
            },
        ),
        migrations.AddField(
            model_name="referral",
            name="withdrawn_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="referral",
            name="withdrawn_by",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="referralsheet",
            name="layout",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name="referralsheet",
            name="undo_reason",
            field=models.CharField(blank=True, max_length=250, verbose_name="reason"),
        ),
        migrations.AddField(
            model_name="referralsheet",
            name="undone_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="referralsheet",
            name="undone_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="sheetrow",
            name="change",
            field=models.CharField(
                choices=[
                    ("new", "Not sent before"),
                    ("changed", "Sent before, changed"),
                    ("unchanged", "Sent before, unchanged"),
                ],
                default="new",
                max_length=9,
            ),
        ),
        migrations.AddField(
            model_name="sheetrow",
            name="damage",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="sheetrow",
            name="digest",
            field=models.CharField(blank=True, max_length=32),
        ),
        migrations.AddField(
            model_name="sheetrow",
            name="earlier",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="onboarding.referral",
            ),
        ),
        migrations.AddField(
            model_name="sheetrow",
            name="fixes",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="sheetrow",
            name="others",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="sheetrow",
            name="overruled",
            field=models.JSONField(default=list),
        ),
        migrations.AlterField(
            model_name="referralsheet",
            name="state",
            field=models.CharField(
                choices=[
                    ("RECEIVED", "Waiting to be read"),
                    ("COLUMNS", "Columns to be confirmed"),
                    ("READ", "Ready to check"),
                    ("UNREADABLE", "Could not be read"),
                    ("CONFIRMED", "Being entered"),
                    ("ENTERED", "Entered"),
                    ("CANCELLED", "Cancelled"),
                    ("UNDONE", "Undone"),
                ],
                default="RECEIVED",
                max_length=10,
            ),
        ),
        migrations.AddIndex(
            model_name="sheetrow",
            index=models.Index(fields=["digest"], name="sheet_row_by_content"),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True)),
                    models.Q(("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)),
                    _connector="OR",
                ),
                name="referral_withdrawn_at_and_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="referralsheet",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("undone_at__isnull", True), ("undone_by__isnull", True)),
                    models.Q(("undone_at__isnull", False), ("undone_by__isnull", False)),
                    _connector="OR",
                ),
                name="sheet_undone_at_and_by",
            ),
        ),
        migrations.AddField(
            model_name="columnmap",
            name="agency",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="column_maps",
                to="onboarding.agency",
            ),
        ),
        migrations.AddField(
            model_name="columnmap",
            name="confirmed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="columnmap",
            constraint=models.UniqueConstraint(
                fields=("agency", "signature"), name="columns_are_remembered_once"
            ),
        ),
    ]
