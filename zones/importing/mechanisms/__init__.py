"""Mechanisms from files: whole records a line each, or the rows of a list, each with the record it belongs to."""

from zones.choices import ImportKind
from zones.importing.importers import add_importer
from zones.importing.mechanisms.lists import ListImporter
from zones.importing.mechanisms.names import SENTENCES, TOLD
from zones.importing.sentences import add_sentences
from zones.services.mechanisms import CHAIN, ENCLAVE, FUND, POLICY


def add_lists() -> None:
    """Let files bring in rows of the lists of zones' mechanisms."""
    add_sentences(SENTENCES, notes=TOLD)
    for name, shape, part in (
        (ImportKind.POLICY_ITEM, POLICY, "items"),
        (ImportKind.FUND_COMMITMENT, FUND, "commitments"),
        (ImportKind.CHAIN_PLACE, CHAIN, "places"),
        (ImportKind.ENCLAVE_TENANT, ENCLAVE, "tenants"),
    ):
        add_importer(ListImporter.of(name, shape, part))
