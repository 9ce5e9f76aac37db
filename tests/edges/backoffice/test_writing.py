"""Writing in the back office: one service call per form, refusals on the fields at fault, nothing by halves."""

import re
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any

import pytest

from backoffice.needs import NeedAdmin
from matching.models import Need, NeedMetric
from tests.builders import make_code, make_grant, make_metric, make_need, make_organization, make_resource
from tests.conftest import World
from tests.edges.backoffice.conftest import Browse, errors_of
from zones.errors import InvalidInput, RowPlace
from zones.models import Capability, EquipmentDetail, Organization, Resource
from zones.scoping import today

ADD_NEED = "/office/matching/need/add/"


def rows(prefix: str, *values: dict[str, Any]) -> dict[str, Any]:
    """The fields of an inline formset."""
    fields = {f"{prefix}-TOTAL_FORMS": len(values), f"{prefix}-INITIAL_FORMS": 0}
    for number, row in enumerate(values):
        fields |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return fields


def metric(**fields: Any) -> dict[str, Any]:
    return {"name_zh": "分辨率", "operator": "<=", "value": "0.5", "unit": "nm", "priority": "must"} | fields


def need_form(world: World, *metrics: dict[str, Any], **fields: Any) -> dict[str, Any]:
    values = {
        "kind": "testing_sharing",
        "zone": world.east.public_id,
        "organization": world.enterprise.public_id,
        "consent_recorded_on": today().isoformat(),
        "title_zh": "晶圆缺陷检测",
        "summary_zh": "需要检测晶圆缺陷。",
        "deadline": (today() + timedelta(days=90)).isoformat(),
        "visibility": "national",
        "review_zone": world.west.public_id,
        "wanted_partners": 5,
    }
    return values | rows("metrics", *(metrics or (metric(),))) | rows("exclusions") | fields


def change_url(row: Any) -> str:
    return f"/office/{row._meta.app_label}/{row._meta.model_name}/{row.public_id}/change/"


def test_ana_drafts_a_need_on_behalf_of_an_enterprise(world: World, browse: Browse) -> None:
    response = browse(world.ana).post(ADD_NEED, need_form(world))
    need = Need.plain.get()
    assert response["Location"] == change_url(need)
    assert (need.state, need.author, need.organization) == ("draft", world.ana, world.enterprise)
    stored = NeedMetric.plain.get()
    assert (stored.low, stored.high, stored.key) == (None, 0.5, "fen-bian-lv")


@pytest.mark.parametrize(
    ("operator", "value", "expected"),
    [
        (">=", "3", {"low": 3.0, "high": None}),
        ("between", "5–20", {"low": 5.0, "high": 20.0}),
        ("between", "5 ~ 20", {"low": 5.0, "high": 20.0}),
        ("bool", "是", {"truth": True}),
        ("bool", "否", {"truth": False}),
        ("includes", "100、150、200", {"choices": [100, 150, 200]}),
        ("=", "７", {"low": 7.0, "high": 7.0}),
    ],
)
def test_a_metric_is_written_as_people_write_it(
    world: World, browse: Browse, operator: str, value: str, expected: dict[str, Any]
) -> None:
    browse(world.ana).post(ADD_NEED, need_form(world, metric(operator=operator, value=value)))
    stored = NeedMetric.plain.get()
    assert {name: getattr(stored, name) for name in expected} == expected
    page = browse(world.ana).get(change_url(Need.plain.get())).content.decode()
    assert 'name="metrics-0-value"' in page


@pytest.mark.parametrize(
    ("operator", "value", "told"),
    [
        ("<=", "很小", "请填写数字"),
        ("between", "20", "请填写区间"),
        ("between", "9–1", "不得大于"),
        ("bool", "x", "是"),
    ],
)
def test_a_metric_that_cannot_be_read_is_refused_where_it_stands(
    world: World, browse: Browse, operator: str, value: str, told: str
) -> None:
    response = browse(world.ana).post(ADD_NEED, need_form(world, metric(operator=operator, value=value)))
    assert told in str(response.context["inline_admin_formsets"][0].formset.errors)
    assert not Need.plain.exists()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_refused_row_is_told_at_its_row_in_every_language(world: World, browse: Browse, language: str) -> None:
    form = need_form(world, metric(), metric(unit="furlongish"))
    response = browse(world.ana).post(ADD_NEED, form, headers={"accept-language": language})
    first, second, *_blank = response.context["inline_admin_formsets"][0].formset.errors
    assert (first, list(second)) == ({}, ["unit"])
    assert response.context["adminform"].form.non_field_errors() == []
    assert '<li><a href="#id_metrics-1-unit">' in response.content.decode()


def test_each_field_of_a_row_has_a_name_of_its_own(world: World, browse: Browse) -> None:
    page = browse(world.ana).get(ADD_NEED).content.decode()
    for name, label in {"name_zh": "指标名称", "unit": "单位", "priority": "优先级"}.items():
        (tag,) = re.findall(rf'<(?:input|select)[^>]*name="metrics-0-{name}"[^>]*>', page)
        assert f'aria-label="{label}"' in tag


def test_a_refused_row_that_no_form_claims_is_told_at_the_head(
    world: World, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_given: Any, **_named: Any) -> None:
        raise InvalidInput({RowPlace.of(NeedMetric, 7, "unit"): ["请更正。"]})

    monkeypatch.setattr(NeedAdmin, "write", refuse)
    response = browse(world.ana).post(ADD_NEED, need_form(world))
    assert response.context["adminform"].form.non_field_errors() == ["指标 7　单位　请更正。"]
    assert "指标 7　单位　请更正。" in response.content.decode()


def test_save_and_submit_does_both_or_neither(world: World, browse: Browse) -> None:
    client = browse(world.ana)
    refused = client.post(ADD_NEED, need_form(world, deadline="2020-01-01", _submit="1"))
    assert "要求完成日已过" in errors_of(refused)["deadline"][0]
    assert not Need.plain.exists()
    client.post(ADD_NEED, need_form(world, _submit="1"))
    assert Need.plain.get().state == "submitted"


def test_a_need_without_metrics_is_not_submitted_and_says_why(world: World, browse: Browse) -> None:
    form = need_form(world, _submit="1") | rows("metrics")
    refused = browse(world.ana).post(ADD_NEED, form)
    assert "请至少填写一项量化指标" in errors_of(refused)["__all__"][0]
    assert not Need.plain.exists()


@pytest.mark.parametrize("field", ["zone", "organization"])
def test_foreign_ids_of_another_zone_are_refused(world: World, browse: Browse, field: str) -> None:
    foreign = {"zone": world.west.public_id, "organization": world.laboratory.public_id}[field]
    response = browse(world.ana).post(ADD_NEED, need_form(world, **{field: foreign}))
    assert list(errors_of(response)) == [field]
    assert not Need.plain.exists()


@pytest.mark.parametrize("text", ["1", "x", "\x00", "0" * 5000, ""])
def test_a_foreign_id_that_is_none_is_refused(world: World, browse: Browse, text: str) -> None:
    response = browse(world.ana).post(ADD_NEED, need_form(world, organization=text))
    assert list(errors_of(response)) == ["organization"]


@pytest.mark.parametrize("text", ["坏\x00字", "a" * 90, "   "])
def test_bad_text_is_refused_on_its_field(world: World, browse: Browse, text: str) -> None:
    response = browse(world.ana).post(ADD_NEED, need_form(world, title_zh=text))
    assert list(errors_of(response)) == ["title_zh"]


def test_a_classified_need_is_refused_with_its_sentence(world: World, browse: Browse) -> None:
    response = browse(world.ana).post(ADD_NEED, need_form(world, is_classified="on"))
    assert "保密渠道" in errors_of(response)["is_classified"][0]


def test_the_second_editor_keeps_the_input_and_is_told(world: World, browse: Browse) -> None:
    need = make_need(organization=world.enterprise, state="draft")
    client = browse(world.ana)
    form = need_form(world, version=need.version, title_zh="第一位")
    client.post(change_url(need), form)
    late = client.post(change_url(need), form | {"title_zh": "第二位"})
    assert late.status_code == 409
    assert "记录已被他人修改" in errors_of(late)["__all__"][0]
    assert "<li>记录已被他人修改" in late.content.decode()
    assert 'value="第二位"' in late.content.decode()
    need.refresh_from_db()
    assert (need.title_zh, need.version) == ("第一位", 2)


def test_a_change_without_version_is_refused(world: World, browse: Browse) -> None:
    need = make_need(organization=world.enterprise, state="draft")
    response = browse(world.ana).post(change_url(need), need_form(world))
    assert "version" in errors_of(response)


def test_metrics_keep_their_keys_through_an_edit(world: World, browse: Browse) -> None:
    need = make_need(organization=world.enterprise, state="draft", metrics=0)
    make_metric(need, key="resolution")
    client = browse(world.ana)
    shown = client.get(change_url(need)).context["inline_admin_formsets"][0].formset.forms[0].initial
    assert shown["key"] == "resolution"
    client.post(change_url(need), need_form(world, metric(key="resolution"), version=1))
    assert list(NeedMetric.plain.values_list("key", flat=True)) == ["resolution"]


@pytest.mark.parametrize("person", ["bo", "cy", "auditor", "secretariat"])
def test_others_neither_change_nor_move_a_need_they_see(world: World, browse: Browse, person: str) -> None:
    need = make_need(organization=world.enterprise)
    client = browse(getattr(world, person))
    assert client.get(change_url(need)).status_code == 200
    assert client.post(change_url(need), need_form(world, version=1)).status_code == 404
    assert client.post(f"/office/matching/need/{need.public_id}/steps/pause/").status_code == 404


@pytest.mark.parametrize("version", [None, "", "x", "-1", "1.0", "99999999999"])
def test_a_step_without_the_version_its_reader_saw_changes_nothing(
    world: World, browse: Browse, version: str | None
) -> None:
    need = make_need(organization=world.enterprise)
    url = f"/office/matching/need/{need.public_id}/steps/pause/"
    told = browse(world.ana).post(url, {} if version is None else {"version": version}, follow=True)
    assert "请求未带记录的版本" in told.content.decode()
    need.refresh_from_db()
    assert (need.state, need.version) == ("open", 1)
    need.refresh_from_db()
    assert need.state == "open"


@pytest.mark.parametrize("person", ["auditor", "secretariat"])
def test_readers_cannot_add(world: World, browse: Browse, person: str) -> None:
    client = browse(getattr(world, person))
    assert client.get(ADD_NEED).status_code == 404
    assert client.post(ADD_NEED, need_form(world)).status_code == 404


def test_actions_reach_own_rows_only(world: World, browse: Browse) -> None:
    own, foreign = make_resource(organization=world.enterprise), make_resource(organization=world.laboratory)
    keys = [f"{key}:1" for key in (own.public_id, foreign.public_id, own.pk, foreign.pk)]
    told = browse(world.ana).post(
        "/office/zones/resource/", {"action": "retire_chosen", "_selected_action": keys}, follow=True
    )
    assert "不能修改" in told.content.decode()
    statuses = dict(Resource.plain.values_list("pk", "status"))
    assert statuses == {own.pk: "retired", foreign.pk: "active"}


def resource_form(world: World, **fields: Any) -> dict[str, Any]:
    values = {
        "name_zh": "电子束检测系统",
        "zone": world.east.public_id,
        "organization": world.enterprise.public_id,
        "status": "active",
        "visibility": "national",
        "capacity": 2,
    }
    detail = rows("equipmentdetail", {"manufacturer": "甲厂", "quantity": 4, "unit": "台", "counts_as": 1})
    capability = {"name_zh": "分辨率", "value": "1–5", "unit": "nm"}
    below = detail | rows("parts") | rows("capabilities", capability) | rows("grants") | rows("exclusions")
    return values | below | fields


def test_a_resource_is_registered_with_everything_below_it(world: World, browse: Browse) -> None:
    client = browse(world.ana)
    assert "仪器设备" in client.get("/office/zones/resource/add/").content.decode()
    client.post("/office/zones/resource/add/?kind=equipment", resource_form(world))
    resource = Resource.plain.get()
    assert resource.kind == "equipment"
    assert EquipmentDetail.plain.get().quantity == 4
    stored = Capability.plain.get()
    assert (stored.low, stored.high, stored.is_known) == (1.0, 5.0, True)
    page = client.get(change_url(resource)).content.decode()
    assert 'value="1–5"' in page
    assert 'value="甲厂"' in page


def test_a_broken_grant_stores_nothing_and_says_which_rule(world: World, browse: Browse) -> None:
    grant = rows("grants", {"scope": "zone", "association": world.alliance.public_id})
    response = browse(world.ana).post("/office/zones/resource/add/?kind=equipment", resource_form(world) | grant)
    assert "共享范围与对象不符" in str(errors_of(response))
    assert not Resource.plain.exists()


def test_unknown_codes_are_refused_on_their_field(world: World, browse: Browse) -> None:
    make_code("industry", "A1")
    client = browse(world.ana)
    refused = client.post("/office/zones/resource/add/?kind=equipment", resource_form(world, industry_codes=["B2"]))
    assert list(errors_of(refused)) == ["industry_codes"]
    client.post("/office/zones/resource/add/?kind=equipment", resource_form(world, industry_codes=["A1"]))
    assert Resource.plain.get().industry_codes == ["A1"]


def test_confirming_a_resource_records_today(world: World, browse: Browse) -> None:
    resource = make_resource(organization=world.enterprise)
    url = f"/office/zones/resource/{resource.public_id}/steps/confirm/"
    browse(world.ana).post(url, {"version": resource.version})
    resource.refresh_from_db()
    assert resource.confirmed_on == today()


def test_a_wrong_credit_code_is_refused_on_its_field(world: World, browse: Browse) -> None:
    values = {
        "name_zh": "新厂",
        "kind": "enterprise",
        "zone": world.east.public_id,
        "credit_code": "91350100M000100Y44",
    } | rows("contact_points")
    response = browse(world.ana).post("/office/zones/organization/add/", values)
    assert "18 位" in errors_of(response)["credit_code"][0]
    browse(world.ana).post("/office/zones/organization/add/", values | {"credit_code": "", "aliases": "新厂、老厂"})
    stored = Organization.plain.get(name_zh="新厂")
    assert set(stored.aliases.values_list("name", flat=True)) == {"新厂", "老厂"}


def test_the_history_tells_who_changed_what(world: World, browse: Browse) -> None:
    client = browse(world.ana)
    client.post(ADD_NEED, need_form(world))
    need = Need.plain.get()
    client.post(change_url(need), need_form(world, version=1, title_zh="新的标题"))
    url = change_url(need).replace("change", "history")
    told = client.get(url).content.decode()
    for word in ("Ana", "标题", "晶圆缺陷检测", "新的标题"):
        assert word in told
    assert browse(world.cy).get(url).status_code == 404


def test_an_organization_without_zone_can_be_seen(world: World, browse: Browse) -> None:
    organization = make_organization(zone=None)
    assert browse(world.ana).get(change_url(organization)).status_code == 200


@pytest.mark.parametrize("thing", ["need", "resource"])
def test_a_record_saved_as_its_page_shows_it_is_accepted(world: World, browse: Browse, thing: str) -> None:
    """What the browser sends back of an untouched page: every field, and the blank row of every table with its
    lists.
    """
    if thing == "need":
        row: Need | Resource = make_need(zone=world.east, organization=world.enterprise)
        address = f"/office/matching/need/{row.public_id}/change/"
    else:
        row = make_resource(zone=world.east, organization=world.enterprise)
        make_grant(row, association=world.alliance)
        address = f"/office/zones/resource/{row.public_id}/change/"
    page = browse(world.ana).get(address)
    answer = browse(world.ana).post(address, untouched(page.content.decode()))
    assert answer.status_code == 302, errors_of(answer)


def untouched(html: str) -> dict[str, list[str]]:
    """The fields of the record's form as a browser would send them."""
    sent = _Fields()
    sent.feed(html)
    return sent.values


class _Fields(HTMLParser):
    """Reads inputs, text areas and selects; a select without a chosen option sends its first."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, list[str]] = {}
        self._area = self._select = ""
        self._options: list[tuple[str, bool]] = []
        self._is_multiple = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag == "input" and name and (given.get("type") not in ("checkbox", "radio") or "checked" in given):
            if given.get("type") not in ("submit", "file"):
                self.values.setdefault(name, []).append(
                    given.get("value", "on" if given.get("type") == "checkbox" else "")
                )
        elif tag == "textarea":
            self._area = name
            self.values[name] = [""]
        elif tag == "select":
            self._select, self._options, self._is_multiple = name, [], "multiple" in given
        elif tag == "option" and self._select:
            self._options.append((given.get("value", ""), "selected" in given))

    def handle_data(self, data: str) -> None:
        if self._area:
            self.values[self._area][0] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = ""
        elif tag == "select" and self._select:
            chosen = [value for value, is_selected in self._options if is_selected]
            if not chosen and not self._is_multiple:
                chosen = [value for value, _ in self._options[:1]]
            self.values[self._select] = chosen
            self._select = ""
