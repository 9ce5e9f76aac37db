"""Conversions, exchanges of people and trials from files, a record a line."""

from matching.services.transfers import CONVERSION, TALENT, TRIAL
from zones.choices import ImportKind
from zones.importing.importers import add_importer
from zones.importing.mechanisms.records import RecordImporter


def add_transfers() -> None:
    """Let files bring in what moved between zones."""
    for name, shape in (
        (ImportKind.CONVERSION, CONVERSION),
        (ImportKind.TALENT_EXCHANGE, TALENT),
        (ImportKind.TRIAL, TRIAL),
    ):
        add_importer(RecordImporter.of(name, shape))
