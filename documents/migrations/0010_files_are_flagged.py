from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0009_paper_valid_until")]

    operations = [
        migrations.AddField(
            model_name="paperfile",
            name="flags",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name="draftpage",
            name="flags",
            field=models.JSONField(blank=True, default=list),
        ),
    ]
