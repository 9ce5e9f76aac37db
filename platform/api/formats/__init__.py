"""What an answer can be besides JSON: a table, places on a map, linked data, a feed. Same rows, fields and order."""
