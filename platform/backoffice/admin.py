"""Where Django looks for admin pages: importing the areas registers them."""

from backoffice import codes, configs, needs, organizations, places, resources, runs, staff

__all__ = ["codes", "configs", "needs", "organizations", "places", "resources", "runs", "staff"]
