"""Pages of the registry."""

from welfare.households.views import (
    duplicates,
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
    merging,
    needs,
    people,
    person_facts,
    person_names,
    surveys,
)
from welfare.households.views.blueprint import blueprint

__all__ = [
    "blueprint",
    "duplicates",
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
    "merging",
    "needs",
    "operations",
    "people",
    "person_facts",
    "person_names",
    "surveys",
]
