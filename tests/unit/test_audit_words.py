"""What stands in the audit is said in words."""

import re
from pathlib import Path

import pytest

import welfare
from welfare.admin.audit_words import THINGS, VERBS

_ACTION = re.compile(r'(?:record|note)\(\s*[\w.()]+,\s*(?:meeting,\s*)?"([a-z_]+\.[a-z_]+)"')


@pytest.mark.parametrize("domain", ["meetings", "papers", "reports"])
def test_every_action_of_these_domains_has_words(domain: str) -> None:
    folder = Path(welfare.__file__).parent / domain
    found = {one for file in folder.rglob("*.py") for one in _ACTION.findall(file.read_text())}
    assert len(found) > 3, "nothing is found: the pattern asks nothing"
    parts = {one: one.split(".") for one in found}
    without = [
        one for one, (what, verb) in parts.items() if what not in THINGS or verb not in VERBS
    ]
    assert without == []
