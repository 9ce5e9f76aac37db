"""What is told: one entry per kind of notice, in a file per subject. A new kind is a copy of its neighbor."""
