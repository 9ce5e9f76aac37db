"""REST door: serializers, views and filters under /api/v1/. Writes go through services only."""
