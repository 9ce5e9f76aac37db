"""The WSGI application with every URL module loaded: gunicorn's master loads it once and its processes share it."""

from django.urls import resolve

from config.wsgi import application as application

resolve("/health/")
