from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("workflows", "0005_letters_of_campaigns")]

    operations = []
