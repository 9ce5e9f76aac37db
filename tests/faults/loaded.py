"""Loads the site once, in the process that senders are forked from (`tests.faults.senders`)."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()
import notifications.management.commands.dispatch  # noqa: E402, F401
