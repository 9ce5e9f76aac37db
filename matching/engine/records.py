"""All records of the engine under one roof: facts in, bytes and tables between, settings and surroundings beside."""

from matching.engine.config import COMPONENTS, DEFAULT, ScoringConfig
from matching.engine.encoding import (
    NeedTable,
    ResourceTable,
    decode_needs,
    decode_resources,
    encode_need,
    encode_resource,
    index_document,
)
from matching.engine.facts import (
    ENCODING_VERSION,
    NEED_KINDS,
    OPERATORS,
    RESOURCE_KINDS,
    NeedFacts,
    Quantity,
    ResourceFacts,
)
from matching.engine.packing import EncodingMismatch
from matching.engine.surroundings import CodeTree, Geography, Market
from matching.engine.vocabulary import TermStatistics

__all__ = [
    "COMPONENTS",
    "DEFAULT",
    "ENCODING_VERSION",
    "NEED_KINDS",
    "OPERATORS",
    "RESOURCE_KINDS",
    "CodeTree",
    "EncodingMismatch",
    "Geography",
    "Market",
    "NeedFacts",
    "NeedTable",
    "Quantity",
    "ResourceFacts",
    "ResourceTable",
    "ScoringConfig",
    "TermStatistics",
    "decode_needs",
    "decode_resources",
    "encode_need",
    "encode_resource",
    "index_document",
]
