"""Mechanisms from files: whole records a line each, or the rows of a list, each with the record it belongs to."""

from zones.choices import ImportKind
from zones.importing import memberships
from zones.importing.importers import add_importer
from zones.importing.mechanisms.lists import ListImporter
from zones.importing.mechanisms.names import SENTENCES, TOLD
from zones.importing.mechanisms.records import RecordImporter
from zones.importing.sentences import add_sentences
from zones.services.mechanisms import CHAIN, ENCLAVE, FUND, POLICY


def add_mechanisms() -> None:
    """Let files bring in zones' mechanisms, and rows of their lists."""
    add_sentences(SENTENCES, notes=TOLD)
    add_sentences(memberships.SENTENCES, notes=memberships.NOTES, conflicts=memberships.CONFLICTS)
    add_importer(memberships.MembershipImporter())
    for name, shape in (
        (ImportKind.POLICY, POLICY),
        (ImportKind.FUND, FUND),
        (ImportKind.CHAIN_NODE, CHAIN),
        (ImportKind.ENCLAVE, ENCLAVE),
    ):
        add_importer(RecordImporter.of(name, shape))
    for name, shape, part in (
        (ImportKind.POLICY_ITEM, POLICY, "items"),
        (ImportKind.POLICY_TARGET, POLICY, "targets"),
        (ImportKind.POLICY_ACTUAL, POLICY, "actuals"),
        (ImportKind.FUND_COMMITMENT, FUND, "commitments"),
        (ImportKind.FUND_PAYMENT, FUND, "payments"),
        (ImportKind.CHAIN_PLACE, CHAIN, "places"),
        (ImportKind.ENCLAVE_TENANT, ENCLAVE, "tenants"),
    ):
        add_importer(ListImporter.of(name, shape, part))
