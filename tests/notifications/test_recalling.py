"""What a zone's weekly digest would say, made anew from what has happened: written nowhere, the same each time."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from ledger.events import record_event
from notifications.models import Delivery, Endpoint, Notice
from notifications.planning import plan
from tests.builders import make_need
from tests.conftest import World


def digest(*arguments: str) -> tuple[str, str]:
    out, error = StringIO(), StringIO()
    call_command("digest", *arguments, stdout=out, stderr=error)
    return out.getvalue(), error.getvalue()


def test_a_zone_s_week_is_said_as_a_group_or_a_mail_would_read_it(world: World, tmp_path: Path) -> None:
    User.objects.filter(pk=world.ana.pk).update(email="ana@example.cn")
    for zone, title in ((world.east, "晶圆检测"), (world.far, "远海难题")):
        owner = world.enterprise if zone == world.east else world.outside
        need = make_need(organization=owner, title_zh=title, visibility="zone")
        for version in (1, 2):
            record_event("need.expired", object_type="matching.need", public_id=need.public_id, version=version)
    plan()
    before = (Notice.plain.count(), Delivery.plain.count(), Endpoint.plain.count())
    text, size = digest("east")
    assert text.startswith("**高新链每周汇总：2 条**\n- [需求已到期：晶圆检测（共 2 条）](")
    assert "远海难题" not in text
    assert "发到本群，是因为" in text
    assert size == f"{len(text.rstrip().encode())} 字节，上限 4096 / {len(text.rstrip().encode())} of 4096 bytes\n"
    page = tmp_path / "digest.html"
    assert "Need has expired" in digest("east", "--channel", "mail", "--language", "en", "--html", str(page))[0]
    assert "/unsubscribe/" in page.read_text()
    assert (Notice.plain.count(), Delivery.plain.count(), Endpoint.plain.count()) == before
    assert digest("west")[0] == "没有可汇总的内容。 / There is nothing to tell.\n"
    with pytest.raises(CommandError):
        digest("nowhere")
