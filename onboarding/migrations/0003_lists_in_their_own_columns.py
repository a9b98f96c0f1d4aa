from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("onboarding", "0002_firms_may_be_one")]

    operations = []
