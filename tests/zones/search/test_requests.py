"""Parameters: what is read, what is refused and how that is said."""

import pytest

from zones.errors import InvalidInput
from zones.search.requests import SearchRequest, read_request


def test_an_address_gives_the_same_search_again() -> None:
    request = SearchRequest(
        words="氮化镓 GaN",
        chosen={"kind": ("equipment", "laboratory"), "trl": ("5",)},
        sort="distance",
        near="east",
        page=3,
        size=10,
    )
    given: dict[str, list[str]] = {}
    for name, value in request.parameters():
        given.setdefault(name, []).append(value)
    assert read_request(given) == request


def test_choosing_begins_at_the_first_page() -> None:
    chosen = SearchRequest(page=4).toggled("kind", "equipment")
    assert (chosen.chosen, chosen.page) == ({"kind": ("equipment",)}, 1)
    assert chosen.toggled("kind", "equipment").chosen == {}
    assert chosen.without("kind").chosen == {}


@pytest.mark.parametrize(
    ("parameters", "field"),
    [
        ({"kinds": ["equipment"]}, "kinds"),
        ({"q": ["a", "b"]}, "q"),
        ({"sort": ["price"]}, "sort"),
        ({"page": ["0"]}, "page"),
        ({"page": ["²"]}, "page"),
        ({"page": ["51"]}, "page"),
        ({"size": ["51"]}, "size"),
        ({"size": ["x"]}, "size"),
        ({"trl": ["10"]}, "trl"),
        ({"price": ["cheap"]}, "price"),
        ({"fresh": ["\x00"]}, "fresh"),
        ({"subject": ["match"]}, "subject"),
        ({"within": ["100"]}, "near"),
        ({"sort": ["distance"]}, "near"),
        ({"near": ["east"], "within": ["7"]}, "within"),
        ({"sharing": [str(number) for number in range(51)]}, "sharing"),
    ],
)
def test_what_cannot_be_is_refused_with_its_field(parameters: dict[str, list[str]], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_request(parameters)
    assert list(refused.value.errors) == [field]


def test_a_misspelled_parameter_is_told_its_name() -> None:
    with pytest.raises(InvalidInput, match="zone"):
        read_request({"zones": ["east"]})
