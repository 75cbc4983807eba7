"""Every route of the application with an address that works, from its own map of addresses."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Flask
from werkzeug.routing import Rule

from tests.contract.town import Town
from tests.funds import FUND


@dataclass(frozen=True)
class Route:
    """One endpoint by one of its methods, at an address that exists in the town."""

    endpoint: str
    method: str
    path: str

    def __str__(self) -> str:
        return f"{self.method} {self.endpoint}"


def endpoints(app: Flask) -> set[str]:
    """The names of all routes."""
    return {rule.endpoint for rule in app.url_map.iter_rules()}


def routes(app: Flask, town: Town) -> Iterator[Route]:
    """Every route by GET and by POST, as far as it allows them."""
    builder = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        path = builder.build(rule.endpoint, values(rule, town))
        for method in sorted(rule.methods or ()):
            if method in {"GET", "POST"}:
                yield Route(rule.endpoint, method, path)


def values(rule: Rule, town: Town) -> dict[str, object]:
    """What to put in the gaps of an address; LookupError for a gap nobody thought of."""
    return {name: _value(rule.rule, name, town) for name in rule.arguments}


def _value(rule: str, name: str, town: Town) -> object:
    by_place = {
        ("number", "/desk/cases"): town.case,
        ("number", "/desk/households"): town.household,
        ("number", "/desk/people"): town.person,
        ("change", "/desk/households"): town.change,
        ("change", "/desk/registry/merges"): town.merge,
        ("number", "/desk/registry/imports"): town.import_number,
        ("number", "/desk/dispatch/cases"): town.case,
        ("number", "/desk/dispatch/cases/<number>/accept"): town.offered,
        ("number", "/desk/dispatch/cases/<number>/decline"): town.offered,
        ("number", "/desk/dispatch/visits"): town.planned_visit,
        ("number", "/desk/dispatch/plans"): town.day_plan,
        ("verb", "/desk/dispatch/plans"): "accept",
        ("verb", "/desk/dispatch/skills"): "retire",
        ("number", "/field/visits"): town.planned_visit,
        ("number", "/field/visits/<number>/adl"): town.done_visit,
        ("number", "/field/cases"): town.case,
        ("number", "/field"): town.planned_visit,
        ("number", "/admin/villages"): 2,
        ("code", "/desk/registry/surveys"): "jpt-2560",
        ("kind", "/desk/people"): "occupation",
        ("reference", "/desk/complaints"): town.complaint,
        ("reference", "/requests"): town.complaint,
        ("reference", "/referrals"): town.referral_reference,
        ("reference", "/desk/meetings"): town.meeting,
        ("item_id", "/desk/meetings"): town.meeting_item,
        (
            "referral_id",
            "/desk/cases/<number>/referrals/<int:referral_id>/edit",
        ): town.draft_referral,
        ("public_id", "/desk/pictures"): town.picture,
        ("public_id", "/desk/papers"): town.draft_paper,
        ("public_id", "/desk/papers/<public_id>/print"): town.paper,
        ("public_id", "/desk/papers/<public_id>/withdraw"): town.paper,
        ("public_id", "/desk/papers/<public_id>/replace"): town.paper,
        ("public_id", "/documents"): town.paper,
        ("kind", "/desk/papers/new"): "letter",
        ("kind", "/desk/papers/make"): "case_report",
        ("number", "/desk/papers/make"): town.case,
        ("kind", "/desk/papers/blank"): "visit_record",
        ("public_id", "/desk/papers/batches"): town.batch,
        ("public_id", "/desk/lists/made"): town.drawn_list,
        ("kind", "/admin/papers/texts"): "decision",
        ("series", "/admin/papers/books"): "letter",
        ("asset", "/admin/papers/seal"): "seal",
        ("code", "/verify"): town.verify_code,
        ("rule_id", "/admin/escalation"): 1,
        ("code", "/admin/checklists"): "housing",
        ("rule_id", "/admin/routing"): 1,
        ("code", "/desk/funds"): FUND,
        ("code", "/admin/funds"): FUND,
    }
    fitting = [place for key, place in by_place if key == name and rule.startswith(place)]
    if fitting:
        return by_place[name, max(fitting, key=len)]
    anywhere: dict[str, object] = {
        "person": town.person,
        "household": town.household,
        "task_id": town.task,
        "assessment_id": town.assessment,
        "goal_id": town.goal,
        "action_id": town.action,
        "item_id": town.item,
        "text_id": 1,
        "reason_id": 1,
        "assistance_id": town.assistance,
        "attachment_id": town.attachment,
        "fact_id": town.fact,
        "request_id": town.help_request,
        "delivery_id": town.delivery,
        "loan_id": town.loan,
        "referral_id": town.referral,
        "agency_id": town.agency,
        "piece_id": town.piece,
        "rule_id": town.rule,
        "member_id": town.member,
        "absence_id": town.absence,
        "view_id": town.view,
        "transfer_id": town.transfer,
        "assignment_id": 1,
        "link_id": 1,
        "handover_id": town.handover,
        "merge_id": town.case_merge,
        "name_id": town.name,
        "identifier_id": town.identifier,
        "survey_id": town.survey,
        "need_id": town.need,
        "photo_id": town.house_photo,
        "place": "people",
        "a": town.person,
        "b": town.double,
        "verb": "done",
        "step": "accept",
        "day": "2027-01-01",
        "message_id": 1,
        "notice_id": 1,
        "level": "urgent",
        "public_id": "0" * 32,
        "token": "no-such-token",
        "username": "kan",
        "code": "housing",
    }
    if name not in anywhere:
        raise LookupError(f"say in tests/contract/routes.py what <{name}> of {rule} is")
    return anywhere[name]
