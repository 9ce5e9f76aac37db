"""Application configuration of zones."""

from django.apps import AppConfig


class ZonesConfig(AppConfig):
    name = "zones"
    verbose_name = "园区与资源"
