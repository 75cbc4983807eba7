"""Which blueprints there are, and what is put together from several domains."""

from __future__ import annotations

from flask import Flask, current_app

import welfare.tables  # noqa: F401 - every mapper is known before the first query
from welfare.accounts.queries import has_address, register_waiting
from welfare.accounts.signing_in import install_sign_in
from welfare.accounts.views import blueprint as accounts
from welfare.admin.views import blueprint as admin
from welfare.benefits.views import blueprint as benefits
from welfare.cases.joining import register_taking_part
from welfare.cases.kinds import AID_RECEIPT, CASE_REPORT, Channel, RuleKind
from welfare.cases.parts import (
    register_channel,
    register_closing_check,
    register_duties,
    register_part,
    register_rules,
)
from welfare.cases.queries import may_see_picture, register_told_places
from welfare.cases.queries.closing import WORK_CHECK
from welfare.cases.queries.deadlines.late import unread_notices
from welfare.cases.queries.fund_rules import fund_rules
from welfare.cases.queries.homes import looked_after_by, open_by_village
from welfare.cases.queries.letters import hindrance_of_letter, warning_of_letter
from welfare.cases.queries.papers import LISTS as CASE_LISTS
from welfare.cases.queries.papers import NAMES as CASE_NAMES
from welfare.cases.queries.papers import (
    case_by_id,
    case_by_number,
    case_numbers,
    case_values,
    cases_in_use,
    named_cases,
    visible_cases,
)
from welfare.cases.queries.rules import asking_rules, checking_rules, telling_rules
from welfare.cases.queries.strands import case_steps, help_given
from welfare.cases.queries.vouchers import blank_voucher, voucher_sheet
from welfare.cases.services import after_move, follow_new_words
from welfare.cases.services.deadlines.reckoning import note_closures
from welfare.cases.services.papers import tell_of_paper
from welfare.cases.views import blueprint as cases
from welfare.cases.views import funds
from welfare.cases.views.parts import address_of_case, case_words, help_words
from welfare.cases.views.parts import home_part as home_cases
from welfare.core.calendar import after_closures
from welfare.core.pdf.stand_ins import use_stand_ins
from welfare.core.thai.references import CASE, COMPLAINT
from welfare.dispatch.kinds import VISIT_RECORD
from welfare.dispatch.queries import may_see_visit_picture
from welfare.dispatch.queries.closing import VISIT_CHECK
from welfare.dispatch.queries.follow_ups import follow_ups
from welfare.dispatch.queries.routing_rules import routing_states
from welfare.dispatch.queries.strands import planned, visited
from welfare.dispatch.queries.visit_papers import blank_visit, may_open_visit, visit_sheet
from welfare.dispatch.services import settle_with_case
from welfare.dispatch.services.merging import WorkersOfMerged
from welfare.dispatch.views import dispatch, field
from welfare.dispatch.views.parts import assignments_part, visit_words, visits_part
from welfare.home import blueprint as home
from welfare.households.kinds import HOUSEHOLD_RECORD
from welfare.households.parts import (
    register_elsewhere,
    register_looks_after,
    register_new_words,
    register_reference,
    register_timeline,
    register_village_counts,
)
from welfare.households.parts import register_part as register_home_part
from welfare.households.queries.imports.extras import kept_columns
from welfare.households.queries.papers import (
    household_by_id,
    household_by_number,
    household_numbers,
    visible,
)
from welfare.households.queries.pictures import may_see_house_picture
from welfare.households.views import blueprint as households
from welfare.households.views.needs import house_part
from welfare.households.views.notices import duplicates_part
from welfare.intake.documents import draw_receipt
from welfare.intake.kinds import RECEIPT
from welfare.intake.queries.papers import (
    complaint_by_id,
    complaint_by_number,
    complaint_numbers,
    complaints_in_use,
    may_open_receipt,
    visible_complaints,
)
from welfare.intake.queries.parts import may_see_case_picture
from welfare.intake.queries.places import places_of_cases
from welfare.intake.queries.strands import requests_filed
from welfare.intake.views import blueprint as triage
from welfare.intake.views.filed import blueprint as filed
from welfare.intake.views.filing import blueprint as intake_public
from welfare.intake.views.mine import blueprint as own_filings
from welfare.intake.views.parts import address_of_request, case_part, home_part, request_words
from welfare.intake.views.photos import blueprint as intake_photos
from welfare.intake.views.tracking import blueprint as tracking
from welfare.meetings.documents import agenda_sheet, minutes_sheet
from welfare.meetings.kinds import COMMITTEE_AGENDA, COMMITTEE_MINUTES
from welfare.meetings.queries import (
    meeting_by_id,
    meeting_by_number,
    meeting_numbers,
    meetings_in_use,
    visible_meetings,
)
from welfare.meetings.views import blueprint as meetings
from welfare.messages.queries import unread_number
from welfare.navigation import install_navigation
from welfare.papers.composed import COMPOSED
from welfare.papers.parts import Subject, register_kind, register_subject
from welfare.papers.policies import sees_all_in_it
from welfare.papers.views import documents, paper_admin, paper_desk, verifying
from welfare.papers.views.parts import municipal_asset, papers_part
from welfare.pictures import blueprint as files
from welfare.pictures import register_pictures
from welfare.referrals.kinds import REFERRAL_LETTER
from welfare.referrals.queries.chasing import chasing_rules
from welfare.referrals.queries.referrals import (
    ANSWER_CHECK,
    may_read_letter,
    may_see_answer_picture,
)
from welfare.referrals.views import admin_lists, agency_pages, referrals
from welfare.referrals.views.parts import referrals_part
from welfare.reports.kinds import PAPER_KINDS
from welfare.reports.queries.casereport import report_sheet
from welfare.reports.queries.household_record import household_sheet
from welfare.reports.views import blueprint as reports
from welfare.reports.views import forms as programme_forms
from welfare.reports.views import house_papers, lists, papers


def register_blueprints(app: Flask) -> None:
    """Register all blueprints and what they share."""
    install_sign_in(app)
    install_navigation(app)
    after_move(settle_with_case)
    register_taking_part(WorkersOfMerged())
    after_closures(note_closures)
    register_told_places(places_of_cases)
    register_pictures(may_see_picture)
    register_pictures(may_see_visit_picture)
    register_pictures(may_see_case_picture)
    register_pictures(may_see_house_picture)
    register_pictures(may_see_answer_picture)
    register_duties("follow-ups", follow_ups)
    register_closing_check("work", WORK_CHECK)
    register_closing_check("visits", VISIT_CHECK)
    register_closing_check("referrals", ANSWER_CHECK)
    register_channel(
        Channel.EMAIL, has_address, lambda: bool(current_app.config["SETTINGS"].smtp_url)
    )
    register_waiting("messages", unread_number)
    register_waiting("deadlines", unread_notices)
    register_rules("routing", RuleKind.ROUTING, routing_states)
    register_rules("telling", RuleKind.ESCALATION, telling_rules)
    register_rules("asking", RuleKind.ASKING, asking_rules)
    register_rules("checks", RuleKind.CHECK, checking_rules)
    register_rules("funds", RuleKind.FUND, fund_rules)
    register_rules("chasing", RuleKind.CHASING, chasing_rules)
    register_part("complaints", case_part, "intake/parts/case_complaints.html")
    for name in ("needs", "surveys", "photos"):
        register_home_part(name, house_part, f"households/parts/{name}.html")
    register_home_part("duplicates", duplicates_part, "households/parts/duplicates.html")
    register_home_part("extras", kept_columns, "households/imports/extras.html")
    register_home_part("cases", home_cases, "cases/parts/home_cases.html")
    register_looks_after(looked_after_by)
    register_elsewhere(CASE, address_of_case)
    register_elsewhere(COMPLAINT, address_of_request)
    register_village_counts(open_by_village)
    register_new_words(follow_new_words)
    register_reference("cases", "person_id", of="person")
    register_reference("cases", "household_id", of="household")
    register_reference("assistance", "person_id", of="person")
    for table in ("help_requests", "equipment_loans"):
        register_reference(table, "person_id", of="person")
        register_reference(table, "household_id", of="household")
    register_reference("worker_profiles", "person_id", of="person")
    register_reference("papers", "person_id", of="person")
    register_reference("papers", "household_id", of="household")
    register_home_part("complaints", home_part, "intake/parts/home_complaints.html")
    register_part("assignments", assignments_part, "dispatch/parts/assignments.html")
    register_part("visits", visits_part, "dispatch/parts/visits.html")
    register_part("referrals", referrals_part, "referrals/case_part.html")
    use_stand_ins(municipal_asset)
    register_part("papers", papers_part, "papers/case_part.html")
    for kind in COMPOSED:
        register_kind(kind, hindered=hindrance_of_letter, warned=warning_of_letter)
    register_kind(REFERRAL_LETTER, may_read_letter)
    register_kind(VISIT_RECORD, may_open_visit, fill=visit_sheet, blank=blank_visit)
    register_kind(AID_RECEIPT, fill=voucher_sheet, blank=blank_voucher)
    register_kind(CASE_REPORT, sees_all_in_it, fill=report_sheet)
    register_kind(HOUSEHOLD_RECORD, sees_all_in_it, fill=household_sheet)
    register_kind(RECEIPT, may_open_receipt, later=draw_receipt)
    for report in PAPER_KINDS:
        register_kind(report)
    register_kind(COMMITTEE_AGENDA, fill=agenda_sheet)
    register_kind(COMMITTEE_MINUTES, fill=minutes_sheet)
    register_subject(
        Subject(
            "meeting", meeting_by_number, meeting_by_id, visible_meetings, visible_meetings,
            meeting_numbers, in_use=meetings_in_use,
        )
    )  # fmt: skip
    register_subject(
        Subject(
            "case", case_by_number, case_by_id, visible_cases, named_cases, case_numbers,
            case_values, tell_of_paper, CASE_NAMES, CASE_LISTS, cases_in_use,
        )
    )  # fmt: skip
    register_subject(
        Subject(
            "household", household_by_number, household_by_id, visible, visible,
            household_numbers,
        )
    )  # fmt: skip
    register_subject(
        Subject(
            "complaint", complaint_by_number, complaint_by_id, visible_complaints,
            visible_complaints, complaint_numbers, in_use=complaints_in_use,
        )
    )  # fmt: skip
    register_timeline("cases", case_steps, case_words, kind="cases")
    register_timeline("help", help_given, help_words, kind="help")
    register_timeline("visited", visited, visit_words, kind="visits")
    register_timeline("planned", planned, visit_words, kind="visits")
    register_timeline("requests", requests_filed, request_words, kind="requests")
    for blueprint in (
        home,
        accounts,
        admin,
        benefits,
        cases,
        funds,
        dispatch,
        field,
        referrals,
        agency_pages,
        admin_lists,
        households,
        intake_public,
        intake_photos,
        filed,
        own_filings,
        tracking,
        triage,
        files,
        reports,
        papers,
        house_papers,
        lists,
        meetings,
        programme_forms,
        paper_desk,
        documents,
        verifying,
        paper_admin,
    ):
        app.register_blueprint(blueprint)
