from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("onboarding", "0004_campaigns")]

    operations = []
