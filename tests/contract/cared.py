"""Needs and plans in the town: of the case in the middle, and of the restricted one."""

from typing import TYPE_CHECKING

from tests import cast
from welfare.cases.facts import ActionFacts, Assessment, GoalFacts
from welfare.cases.kinds import AgreedBy, Responsible, RiskLevel
from welfare.cases.queries import case_file
from welfare.cases.services.care.actions import add_action, finish_action
from welfare.cases.services.care.assessing import assess_needs
from welfare.cases.services.care.goals import add_goal, note_agreement
from welfare.cases.services.care.judging import judge_risk
from welfare.core import clock
from welfare.households.kinds import Dimension

if TYPE_CHECKING:
    from tests.contract.town import Town


def build(town: "Town") -> None:
    """An assessment, a goal with two actions and an agreement each."""
    from tests.contract.town import CASE_SECRET, PIM

    today = clock.today()
    for number, who, words in (
        (town.case, cast.KAN, "ขาดที่นอนกันแผลกดทับ"),
        (town.restricted, PIM, CASE_SECRET),
    ):
        actor = cast.viewer(who)
        needs = {Dimension.HEALTH: (3, words), Dimension.LIVING: (1, "")}
        found = Assessment(assessed_on=today, needs=needs, note=words)
        made = assess_needs(actor=actor, number=number, found=found)
        goal = add_goal(actor=actor, number=number, facts=GoalFacts(words, Dimension.HEALTH, today))
        steps = [
            add_action(actor=actor, number=number, goal_id=goal, facts=facts)
            for facts in (
                ActionFacts(words, Responsible.WORKER, worker_id=actor.user_id, due_on=today),
                ActionFacts(words, Responsible.FAMILY, who="ลูกสาว"),
            )
        ]
        finish_action(actor=actor, number=number, action_id=steps[1], version=1)
        note_agreement(
            actor=actor, number=number, agreed_on=today, by=AgreedBy.PERSON, who="", note=words
        )
        if number == town.case:
            town.assessment, town.goal, town.action = made, goal, steps[0]
            file = case_file(number, viewer=actor)
            town.item = file.works.checks[0].id
        judge_risk(actor=actor, number=number, level=RiskLevel.HIGH, reasons=[1], note=words)
