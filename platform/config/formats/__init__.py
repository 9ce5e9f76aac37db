"""How dates are written and read: one way in every language, the one that sorts."""
