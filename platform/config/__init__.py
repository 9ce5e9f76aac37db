"""The wiring: settings, URL table, Celery application, start-up checks and the supervisor. No domain rule lives
here.
"""
