"""Who meets whom at a matchmaking event, when and at which table."""

from matching.engine.meetings.timetable import Hall, Meeting, Timetable, Wish, pairs_of, timetable_of

__all__ = ["Hall", "Meeting", "Timetable", "Wish", "pairs_of", "timetable_of"]
