"""What became of a message: the gateway's number for it, when it arrived, what was really sent."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("workflows", "0016_tickets_are_answered"),
    ]

    operations = [
        migrations.AddField(
            model_name="message",
            name="reference",
            field=models.CharField(blank=True, default="", max_length=120),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="message",
            name="delivered_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="message",
            name="read_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="message",
            name="sent_body",
            field=models.TextField(blank=True, default=""),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="message",
            name="state",
            field=models.CharField(
                choices=[
                    ("QUEUED", "Waiting"),
                    ("SENT", "Sent"),
                    ("DELIVERED", "Delivered"),
                    ("READ", "Read"),
                    ("FAILED", "Not delivered"),
                    ("BY_HAND", "To be sent by hand"),
                ],
                default="QUEUED",
                max_length=10,
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(fields=["state", "-id"], name="message_by_state"),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(fields=["kind", "-id"], name="message_by_kind"),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(fields=["reference"], name="message_by_reference"),
        ),
    ]
