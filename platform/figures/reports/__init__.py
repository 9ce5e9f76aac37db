"""What stands in a report of a zone, an association or the nation, as data in both languages: `content_of`. How it is
set on paper is the matter of the back office.
"""

from figures.reports.content import content_of

__all__ = ["content_of"]
