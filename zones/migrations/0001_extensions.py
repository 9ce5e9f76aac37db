"""btree_gist lets the exclusion constraints compare a foreign key and an interval in one index."""

from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations


class Migration(migrations.Migration):
    initial = True
    dependencies = ()
    operations = [BtreeGistExtension()]
