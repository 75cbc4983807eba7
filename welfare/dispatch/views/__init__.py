"""Pages of assignment and visits: the dispatcher's desk, the worker's phone."""

from welfare.dispatch.views.blueprints import dispatch, field

from welfare.dispatch.views import answers, board, home, photos, planning, visit  # isort: skip

__all__ = ["answers", "board", "dispatch", "field", "home", "photos", "planning", "visit"]
