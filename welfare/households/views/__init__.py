"""Pages of the registry."""

from welfare.households.views import (
    editions,
    exports,
    finding,
    histories,
    houses,
    import_steps,
    imports,
    lists,
    map,
    members,
    needs,
    people,
    person_facts,
    person_names,
    surveys,
)
from welfare.households.views.blueprint import blueprint

__all__ = [
    "blueprint",
    "editions",
    "exports",
    "finding",
    "histories",
    "houses",
    "import_steps",
    "imports",
    "lists",
    "map",
    "members",
    "needs",
    "operations",
    "people",
    "person_facts",
    "person_names",
    "surveys",
]
