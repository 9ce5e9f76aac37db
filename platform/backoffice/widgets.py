"""Small pieces of HTML: the bar of a score."""

from django.utils.html import format_html


def score_bar(score: float) -> str:
    """A score in [0, 1] as a bar with its number; readable without the bar."""
    percent = round(100 * score)
    return format_html(
        '<span class="office-score"><span class="office-score-track" aria-hidden="true">'
        '<span class="office-score-fill" style="width:{}%"></span></span>'
        '<span class="office-score-number">{}</span></span>',
        percent,
        f"{score:.2f}",
    )
