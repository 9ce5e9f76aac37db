"""btree_gist lets the exclusion constraints compare a foreign key and an interval in one index.

The tables of the second step are no concern of this one; they come first because their migrations render all models.
"""

from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations


class Migration(migrations.Migration):
    initial = True
    dependencies = [("mfa", "0003_authenticator_type_uniq")]
    operations = [BtreeGistExtension()]
