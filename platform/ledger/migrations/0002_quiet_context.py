"""pghistory's context function without its exception block: docs/decisions/0006-quiet-triggers.md."""

from django.db import migrations

QUIET = """
CREATE OR REPLACE FUNCTION _pgh_attach_context() RETURNS uuid AS $$
DECLARE
    _id text := nullif(current_setting('pghistory.context_id', true), '');
    _metadata text := nullif(current_setting('pghistory.context_metadata', true), '');
BEGIN
    IF _id IS NULL OR _metadata IS NULL THEN
        RETURN NULL;
    END IF;
    INSERT INTO pghistory_context (id, metadata, created_at, updated_at) VALUES (_id::uuid, _metadata::jsonb, now(), now())
    ON CONFLICT (id) DO UPDATE SET metadata = EXCLUDED.metadata, updated_at = EXCLUDED.updated_at
    WHERE pghistory_context.metadata != EXCLUDED.metadata;
    RETURN _id::uuid;
END;
$$ LANGUAGE plpgsql;
"""


class Migration(migrations.Migration):
    dependencies = (("ledger", "0001_tables"), ("pghistory", "0007_auto_20250421_0444"))
    operations = (migrations.RunSQL(QUIET, migrations.RunSQL.noop),)
