"""Words: how text becomes tokens, stable hashes, synonyms and comparable units; knows nothing of needs, resources or
Django."""
