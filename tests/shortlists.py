"""Builders of shortlisted and pushed pairs."""

from typing import Any

from matching.models import Need, Push, Shortlisting
from tests.builders import make_config, make_facts, plain_create
from zones.models import Resource


def make_shortlisting(need: Need, resource: Resource, **fields: Any) -> Shortlisting:
    """A standing pair with what the engine said of it."""
    values = {
        "need": need,
        "resource": resource,
        "need_version": need.version,
        "resource_version": resource.version,
        "facts": make_facts(0.5),
    } | fields
    if "config" not in values:
        values["config"] = make_config()
    return plain_create(Shortlisting, values)


def make_push(need: Need, resource: Resource, **fields: Any) -> Push:
    """A pair handed to its resource's zone at the present version of the need."""
    return plain_create(Push, {"need": need, "resource": resource, "need_version": need.version} | fields)
