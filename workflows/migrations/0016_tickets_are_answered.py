"""Whom a complaint is about as it was written, the way to the operator, letters by number."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("workflows", "0015_approving_and_conflicts")]

    operations = [
        migrations.AddField(
            model_name="platform",
            name="contact_email",
            field=models.EmailField(
                blank=True, max_length=254, verbose_name="e-mail of the operator"
            ),
        ),
        migrations.AddField(
            model_name="ticket",
            name="about_name",
            field=models.CharField(blank=True, max_length=120, verbose_name="whom it is about"),
        ),
        migrations.AddField(
            model_name="ticket",
            name="firm_said",
            field=models.CharField(
                blank=True, max_length=40, verbose_name="number of the business"
            ),
        ),
        migrations.AddField(
            model_name="ticket",
            name="handed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="ticket",
            name="operator_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(
                condition=models.Q(("number", ""), _negated=True),
                fields=["number"],
                name="letter_by_number",
            ),
        ),
    ]
