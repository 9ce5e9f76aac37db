"""What fits: needs, runs, matches, and the engine that decides."""
