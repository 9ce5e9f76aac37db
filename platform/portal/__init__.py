"""The enterprises' door: pages for everybody who looks for a resource, works without JavaScript, better with it."""
