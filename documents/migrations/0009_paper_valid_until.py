from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("documents", "0008_deeds_are_found_by_number")]

    operations = [
        migrations.AddField(
            "paper",
            "valid_until",
            models.DateField(blank=True, null=True),
        ),
        migrations.AddIndex(
            "paper",
            models.Index(
                fields=("valid_until",),
                condition=Q(valid_until__isnull=False) & ~Q(state="REPLACED"),
                name="paper_expires",
            ),
        ),
    ]
