"""Texts become vectors, and pairs of texts relevances: one interface each, several back ends. No Django here: settings
come as frozen values.
"""

from matching.embedding.base import Embedder, EmbeddingFailed, Role
from matching.embedding.choice import EmbeddingSettings, embedder_of, problems_of

__all__ = ["Embedder", "EmbeddingFailed", "EmbeddingSettings", "Role", "embedder_of", "problems_of"]
