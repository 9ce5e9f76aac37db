"""Consortia: a need is split into sub-tasks, and the smallest cross-zone team of organizations that covers them found.

``tasks`` splits, ``coverage`` says which resource covers what and why, ``teams`` solves the set cover by
``cover_model``, ``plan`` puts them together.
"""

from matching.engine.consortia.coverage import Cover, Offer
from matching.engine.consortia.plan import plan_teams
from matching.engine.consortia.tasks import SubTask, tasks_of
from matching.engine.consortia.teams import Assigned, Team, best_teams

__all__ = ["Assigned", "Cover", "Offer", "SubTask", "Team", "best_teams", "plan_teams", "tasks_of"]
