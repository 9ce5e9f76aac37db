"""Definitions of figures, one file per subject; each is a copy of its neighbor."""

SUBJECTS = (
    "places", "catalogues", "contracts", "cooperations", "events", "needs", "agreements", "funds", "chains", "enclaves",
    "transfers", "consortia", "outcomes", "commitments", "series", "policies", "dimensions",
)  # fmt: skip
"""Files of definitions: a new subject is a file and a name here."""
