"""The edge towards the browser: access, forms, commit, pages for errors, headers."""

from welfare.core.web.access import public, requires, signed_in
from welfare.core.web.edge import commit
from welfare.core.web.viewer import current_viewer, the_viewer

__all__ = ["commit", "current_viewer", "public", "requires", "signed_in", "the_viewer"]
