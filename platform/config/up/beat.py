"""The Celery application as beat needs it: without the tasks themselves, which it sends by name and never runs."""

import django
from celery.signals import import_modules

from config.up.attended import app as app

# Importing the tasks would load the matching engine; so Django is readied here, which that signal does otherwise.
import_modules.receivers = []
django.setup()
