"""Pages of the portal, one file per thing that is shown."""
