"""Pages of the registry."""

from welfare.households.views import (
    histories,
    houses,
    import_steps,
    imports,
    lists,
    map,
    members,
    people,
    person_facts,
    person_names,
)
from welfare.households.views.blueprint import blueprint

__all__ = [
    "blueprint",
    "histories",
    "houses",
    "import_steps",
    "imports",
    "lists",
    "map",
    "members",
    "people",
    "person_facts",
    "person_names",
]
