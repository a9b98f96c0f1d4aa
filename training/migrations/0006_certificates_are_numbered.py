"""Certificates have a running number of their year, and a batch its bundle to print."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("training", "0004_answers_and_lists_worked_out"),
    ]

    operations = [
        migrations.CreateModel(
            name="CertificateYear",
            fields=[
                ("year", models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ("last", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.AddField(
            model_name="certificatebatch",
            name="has_failed",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="certificatebatch",
            name="stored_as",
            field=models.CharField(blank=True, max_length=100),
        ),
    ]
