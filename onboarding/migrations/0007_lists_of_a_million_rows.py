from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("onboarding", "0006_firms_are_found_by_words")]

    operations = []
