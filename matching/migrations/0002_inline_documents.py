"""Packed documents stay in their row, uncompressed: a run reads hundreds of thousands of them by id."""

from django.db import migrations

INLINE = """
ALTER TABLE matching_resourcedocument SET (toast_tuple_target = 8160);
ALTER TABLE matching_resourcedocument ALTER COLUMN packed SET STORAGE EXTERNAL;
"""
BACK = """
ALTER TABLE matching_resourcedocument RESET (toast_tuple_target);
ALTER TABLE matching_resourcedocument ALTER COLUMN packed SET STORAGE EXTENDED;
"""


class Migration(migrations.Migration):
    dependencies = (("matching", "0001_tables"),)
    operations = (migrations.RunSQL(INLINE, BACK),)
