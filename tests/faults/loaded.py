"""Loads the site once, in the process that senders are forked from (`tests.faults.senders`)."""

import django

django.setup()
import notifications.management.commands.dispatch  # noqa: E402, F401
