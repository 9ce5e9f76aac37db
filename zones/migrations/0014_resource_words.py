from django.contrib.postgres.indexes import GinIndex
from django.db import migrations

from ledger.migration_operations import Together
from zones.models.grams import DROP_GRAMS, MAKE_GRAMS, Grams, Texts


class Migration(migrations.Migration):
    dependencies = [("zones", "0013_imports_of_every_kind")]

    operations = [
        Together(
            operations=[
                migrations.RunSQL(MAKE_GRAMS, DROP_GRAMS),
                migrations.AddIndex(
                    model_name="resource",
                    index=GinIndex(
                        Grams(Texts("name_zh", "name_en", "external_id"), "keywords"), name="resource_words"
                    ),
                ),
            ],
        ),
    ]
