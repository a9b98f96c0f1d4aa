from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0006_papers_on_their_way")]

    operations = [
        migrations.AddField(
            "draftpage",
            "kind",
            models.CharField(blank=True, max_length=8, default=""),
            preserve_default=False,
        ),
        migrations.AddField("draftpage", "pages", models.PositiveSmallIntegerField(default=0)),
        migrations.AddField(
            "draftpage",
            "refusal",
            models.CharField(blank=True, max_length=20, default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            "draftpage",
            "sha256",
            models.CharField(blank=True, max_length=64, default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            "draftpage",
            "small_as",
            models.CharField(blank=True, max_length=120, default=""),
            preserve_default=False,
        ),
    ]
