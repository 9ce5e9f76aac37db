"""Papers about a need: what stands in them, and the same content as a page, as DOCX and as PDF."""
