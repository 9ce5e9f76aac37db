"""Tables that figures read since leave a mark when they change; the log of exposures is read by none any more.

A day of a need is told again with every page of suggestions: its mark is left by what was written, not by the attempt.
"""

from django.db import migrations

TABLES = ("matching_eventoutcome", "matching_cooperationmilestone", "matching_agreementcommitment")
MARK = """
CREATE TRIGGER figures_mark AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION figures_mark('{source}')
"""
MARK_ROWS = """
CREATE TRIGGER figures_mark AFTER INSERT OR UPDATE OR DELETE ON matching_needday
FOR EACH ROW EXECUTE FUNCTION figures_mark('matching.needday')
"""
UNMARK = "DROP TRIGGER figures_mark ON {table}"


def _mark(table: str) -> str:
    return MARK.format(table=table, source=table.replace("_", ".", 1))


class Migration(migrations.Migration):
    dependencies = [
        ("figures", "0005_report_message"),
        ("matching", "0033_need_days"),
    ]

    operations = [
        *(migrations.RunSQL(_mark(table), UNMARK.format(table=table)) for table in TABLES),
        migrations.RunSQL(MARK_ROWS, UNMARK.format(table="matching_needday")),
        migrations.RunSQL(UNMARK.format(table="matching_exposure"), _mark("matching_exposure")),
    ]
