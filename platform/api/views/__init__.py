"""Views: one file per resource; rows, parameters and errors are decided in one base."""
