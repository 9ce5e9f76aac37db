"""What exists: places, organizations, resources, codes, and who may see them."""
