"""What staff write down of what came of a cooperation, for the parties of their zone."""

from matching.choices import CooperationState as State
from matching.models import OutcomePoll
from tests.conftest import World
from tests.cooperations import make_cooperation, make_poll
from tests.edges.backoffice.conftest import Browse

SAID = "新增订单来自两家整机厂"


def test_staff_answer_for_a_party_of_their_zone(world: World, browse: Browse) -> None:
    row = make_cooperation(world.enterprise, world.laboratory, state=State.COMPLETED)
    for party in row.parties.all():
        make_poll(party)
    ana, poll = browse(world.ana), OutcomePoll.plain.get(party__organization=world.enterprise)
    url = f"/office/matching/cooperation/{row.public_id}/"
    sent = {"poll": f"{poll.pk} 1", "result": "reached", "gains": ["product"], "words": SAID}
    told = ana.post(f"{url}panels/outcome/", sent, follow=True).content.decode()
    assert all(word in told for word in ("成效已填报", "已达到预期", "新产品或新工艺", SAID))
    assert SAID not in browse(world.bo).get(f"{url}change/").content.decode()
    theirs = OutcomePoll.plain.get(party__organization=world.laboratory)
    ana.post(f"{url}panels/outcome/", sent | {"poll": f"{theirs.pk} 1"})
    theirs.refresh_from_db()
    assert theirs.answered_at is None
    rated = {"version": row.version, "rated": theirs.party.public_id, "stars": "4"}
    assert "已评价" in ana.post(f"{url}panels/rate/", rated, follow=True).content.decode()
