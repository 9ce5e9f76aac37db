"""Ground floor, what happened: outbox events, ticks, leases, change marks, field classes."""
