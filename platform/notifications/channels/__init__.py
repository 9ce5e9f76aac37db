"""One file per way out: each knows how its other side wants to be told, and nothing of who is told what."""
