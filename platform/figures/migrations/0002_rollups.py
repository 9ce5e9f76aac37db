"""Sums kept ready, and a mark of every transaction that has written to a table figures read."""

from django.db import migrations, models

from ledger.migration_operations import Together

TABLES = {
    "zones": (
        "region", "regiongroup", "zone", "zonelevel", "association", "membership", "organization", "resource",
        "laboratorydetail", "equipmentdetail", "catalogue", "catalogueitem", "chainnode", "chainplace", "enclave",
        "enclavetenant", "fund", "fundcommitment", "fundpayment", "policydocument", "policyitem", "policytarget",
        "policyactual",
    ),
    "matching": (
        "need", "needcall", "exposure", "exchange", "event", "eventorganizer", "cooperation", "cooperationparty",
        "cooperationassociation", "cooperationamount", "techcontract", "contractregistration", "agreement",
        "agreementparty", "conversion", "talentexchange", "trial",
    ),
    "figures": ("series", "observation"),
}  # fmt: skip
FUNCTION = """
CREATE FUNCTION figures_mark() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO figures_sourcemark (source, transaction, at)
    VALUES (TG_ARGV[0], pg_current_xact_id()::text::numeric, now()) ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$
"""
MARK = """
CREATE TRIGGER figures_mark AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {app}_{name}
FOR EACH STATEMENT EXECUTE FUNCTION figures_mark('{app}.{name}')
"""
UNMARK = "DROP TRIGGER figures_mark ON {app}_{name}"


class Migration(migrations.Migration):
    dependencies = [
        ("figures", "0001_figures"),
        ("zones", "0020_mechanisms"),
        ("matching", "0030_transfers"),
    ]

    operations = [
        Together(
            operations=[
                migrations.CreateModel(
                    name="Rollup",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("figure", models.CharField(max_length=60)),
                        ("definition_version", models.PositiveSmallIntegerField()),
                        ("milestone", models.CharField(blank=True, max_length=20)),
                        ("samples", models.BooleanField()),
                        ("as_of", models.DateField()),
                        ("year", models.PositiveSmallIntegerField()),
                        ("sources", models.JSONField()),
                        ("snapshot", models.TextField()),
                        ("cells", models.JSONField()),
                        ("computed_at", models.DateTimeField(auto_now=True)),
                    ],
                    options={
                        "verbose_name": "统计汇总",
                        "verbose_name_plural": "统计汇总",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("figure", "milestone", "samples", "year"), name="one_rollup_of_a_year"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SourceMark",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("source", models.CharField(max_length=60)),
                        ("transaction", models.DecimalField(decimal_places=0, max_digits=20)),
                        ("at", models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        "verbose_name": "统计来源变动",
                        "verbose_name_plural": "统计来源变动",
                        "constraints": [
                            models.UniqueConstraint(fields=("source", "transaction"), name="one_source_mark")
                        ],
                    },
                ),
                migrations.RunSQL(FUNCTION, "DROP FUNCTION figures_mark()"),
                *(
                    migrations.RunSQL(MARK.format(app=app, name=name), UNMARK.format(app=app, name=name))
                    for app, names in TABLES.items()
                    for name in names
                ),
            ],
        ),
    ]
