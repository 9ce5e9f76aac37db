"""Messages out: from outbox rows to deliveries."""
