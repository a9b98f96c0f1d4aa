"""Deeds are looked for by their number, as it was read or as it was declared."""

from django.db import migrations, models

DEED_NUMBERS = models.Q(("field__in", ("deed_number", "sk_ahu_number")))


class Migration(migrations.Migration):
    dependencies = [("documents", "0007_draft_page_judged")]

    operations = [
        migrations.AddIndex(
            model_name="readvalue",
            index=models.Index(
                condition=DEED_NUMBERS, fields=["value"], name="value_by_deed_number"
            ),
        ),
        migrations.AddIndex(
            model_name="readvalue",
            index=models.Index(
                condition=DEED_NUMBERS, fields=["declared"], name="declared_by_deed_number"
            ),
        ),
    ]
