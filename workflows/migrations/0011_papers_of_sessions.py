"""Minutes and reports of sessions are letters, one of each for a session."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("workflows", "0010_letters_and_answers_of_sessions"),
    ]

    operations = [
        migrations.AlterField(
            model_name="letter",
            name="kind",
            field=models.CharField(
                choices=[
                    ("invitation", "Invitation to technical guidance"),
                    ("decision", "Notice of decision"),
                    ("request", "Request to an office"),
                    ("reminder", "Reminder to an office"),
                    ("minutes", "Minutes of a session"),
                    ("report", "Report on a session"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.UniqueConstraint(
                condition=Q(("kind__in", ("minutes", "report"))) & ~Q(("state", "CANCELLED")),
                fields=("session", "kind"),
                name="a_session_has_one_of_each_paper",
            ),
        ),
    ]
