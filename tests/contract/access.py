"""Who may reach which route, written by hand from the description of the product.

The program says the same in its views; that both say it is the point. A route that stands here
and not there, or there and not here, fails the build, and so does one that answers otherwise.
"""

from welfare.core.security.permissions import Permission

P = Permission

EVERYBODY = "everybody"
STAFF = "staff"

Who = str | frozenset[P]


def holders(*any_of: P) -> frozenset[P]:
    """Holders of at least one of these rights."""
    return frozenset(any_of)


SEE_CASES = holders(P.VIEW_CASES, P.VIEW_ALL_CASES)
CHANGE_CASES = holders(P.EDIT_CASES)
SEE_COMPLAINTS = holders(P.VIEW_COMPLAINTS)
DECIDE_COMPLAINTS = holders(P.TRIAGE_COMPLAINTS)
SEE_REGISTRY = holders(P.VIEW_REGISTRY)
CHANGE_REGISTRY = holders(P.EDIT_REGISTRY)

TABLE: dict[str, Who] = {
    # the municipality's pages and the health of the service
    "public.home": EVERYBODY,
    "public.healthz": EVERYBODY,
    "public.readyz": EVERYBODY,
    "public.metrics": EVERYBODY,
    # a citizen files and follows, without an account
    "intake_public.new": EVERYBODY,
    "intake_public.step": EVERYBODY,
    "intake_photos.thumbnail": EVERYBODY,
    "filed.page": EVERYBODY,
    "filed.receipt": EVERYBODY,
    "filed.slip": EVERYBODY,
    "tracking.enter": EVERYBODY,
    "tracking.open_": EVERYBODY,
    "tracking.page": EVERYBODY,
    "tracking.helped": EVERYBODY,
    "tracking.information": EVERYBODY,
    "tracking.leave": EVERYBODY,
    "tracking.receipt": EVERYBODY,
    "tracking.withdraw_": EVERYBODY,
    "own_filings.page": holders(P.VIEW_OWN_FILINGS),
    # the door and one's own account
    "accounts.sign_in": EVERYBODY,
    "accounts.sign_out": STAFF,
    "accounts.account": STAFF,
    "accounts.change_password": STAFF,
    "accounts.end_session": STAFF,
    "accounts.resume": STAFF,
    "public.desk": STAFF,
    "public.read_message": STAFF,
    # pictures: asked of the record that each belongs to
    "files.picture": STAFF,
    # cases
    "cases.worklist": SEE_CASES,
    "cases.page": SEE_CASES,
    "papers.report": SEE_CASES,
    "cases.edit": CHANGE_CASES,
    "cases.link": CHANGE_CASES,
    "cases.note": CHANGE_CASES,
    "cases.task": CHANGE_CASES,
    "cases.settle_task": CHANGE_CASES,
    "cases.file": CHANGE_CASES,
    "cases.remove_file": CHANGE_CASES,
    "cases.wait": CHANGE_CASES,
    "cases.resume": CHANGE_CASES,
    "cases.assistance": holders(P.RECORD_ASSISTANCE),
    "cases.withdraw": holders(P.RECORD_ASSISTANCE),
    "cases.close": holders(P.CLOSE_CASES),
    "cases.reopen": holders(P.REOPEN_CASES),
    # what came in
    "triage.queue": SEE_COMPLAINTS,
    "triage.page": SEE_COMPLAINTS,
    "triage.following": SEE_COMPLAINTS,
    "triage.back_to_page": SEE_COMPLAINTS,
    "triage.accept": DECIDE_COMPLAINTS,
    "triage.join": DECIDE_COMPLAINTS,
    "triage.ask": DECIDE_COMPLAINTS,
    "triage.refer": DECIDE_COMPLAINTS,
    "triage.decline": DECIDE_COMPLAINTS,
    "triage.take_back": DECIDE_COMPLAINTS,
    "triage.link": DECIDE_COMPLAINTS,
    "triage.note": holders(P.TRIAGE_COMPLAINTS, P.EDIT_CASES),
    "triage.reveal": holders(P.REVEAL_IDENTIFIERS),
    "triage.new": holders(P.FILE_FOR_OTHERS),
    "triage.file": holders(P.FILE_FOR_OTHERS),
    "triage.filed": holders(P.FILE_FOR_OTHERS),
    # who goes
    "dispatch.board": holders(P.ASSIGN_CASES),
    "dispatch.give": holders(P.ASSIGN_CASES),
    "dispatch.offer": holders(P.ASSIGN_CASES),
    "dispatch.take_back": holders(P.ASSIGN_CASES),
    "dispatch.accept": holders(P.WORK_CASES),
    "dispatch.decline": holders(P.WORK_CASES),
    "dispatch.plan": holders(P.WORK_CASES, P.ASSIGN_CASES),
    "dispatch.cancel": holders(P.WORK_CASES, P.ASSIGN_CASES),
    "field.home": holders(P.WORK_CASES),
    "field.visit": holders(P.VIEW_CASES),
    "field.record": holders(P.WORK_CASES),
    "field.missed": holders(P.WORK_CASES),
    "field.photo": holders(P.WORK_CASES),
    # the registry
    "households.households": SEE_REGISTRY,
    "households.household": SEE_REGISTRY,
    "house_papers.record": SEE_REGISTRY,
    "households.map_json": SEE_REGISTRY,
    "households.map_page": SEE_REGISTRY,
    "households.person_history": SEE_REGISTRY,
    "households.household_history": SEE_REGISTRY,
    "households.people": SEE_REGISTRY,
    "households.find": SEE_REGISTRY,
    "households.export_people_list": SEE_REGISTRY,
    "households.export_household_list": SEE_REGISTRY,
    "households.person": SEE_REGISTRY,
    "households.household_changes": SEE_REGISTRY,
    "households.members_then": SEE_REGISTRY,
    "households.without_household": SEE_REGISTRY,
    "households.without_head": SEE_REGISTRY,
    "households.change_head": CHANGE_REGISTRY,
    "households.move_in": CHANGE_REGISTRY,
    "households.move_out": CHANGE_REGISTRY,
    "households.marriage": CHANGE_REGISTRY,
    "households.birth": CHANGE_REGISTRY,
    "households.member_died": CHANGE_REGISTRY,
    "households.split_household": CHANGE_REGISTRY,
    "households.join_households": CHANGE_REGISTRY,
    "households.undo_operation": CHANGE_REGISTRY,
    "households.add_household": CHANGE_REGISTRY,
    "households.edit_household": CHANGE_REGISTRY,
    "households.add_person": CHANGE_REGISTRY,
    "households.edit_person": CHANGE_REGISTRY,
    "households.add_member": CHANGE_REGISTRY,
    "households.membership": CHANGE_REGISTRY,
    "households.end_membership": CHANGE_REGISTRY,
    "households.death": CHANGE_REGISTRY,
    "households.undo_death": CHANGE_REGISTRY,
    "households.reveal": holders(P.REVEAL_IDENTIFIERS),
    "households.duplicate_pairs": SEE_REGISTRY,
    "households.duplicate_pair": SEE_REGISTRY,
    "households.merge_page": SEE_REGISTRY,
    "households.merge_pair": holders(P.MERGE_REGISTRY),
    "households.undo_merge_page": holders(P.MERGE_REGISTRY),
    "households.keep_pair_apart": holders(P.MERGE_REGISTRY),
    "households.ask_about_pair_again": holders(P.MERGE_REGISTRY),
    "households.add_person_fact": CHANGE_REGISTRY,
    "households.correct_person_fact": CHANGE_REGISTRY,
    "households.end_person_fact": CHANGE_REGISTRY,
    "households.take_back_person_fact": CHANGE_REGISTRY,
    "households.add_person_name": CHANGE_REGISTRY,
    "households.correct_person_name": CHANGE_REGISTRY,
    "households.add_person_number": CHANGE_REGISTRY,
    "households.edit_person_number": CHANGE_REGISTRY,
    "households.take_back_person_number": CHANGE_REGISTRY,
    "households.survey": SEE_REGISTRY,
    "households.empty_survey": SEE_REGISTRY,
    "households.add_survey": CHANGE_REGISTRY,
    "households.edit_round": CHANGE_REGISTRY,
    "households.take_back_survey": CHANGE_REGISTRY,
    "households.add_household_need": CHANGE_REGISTRY,
    "households.edit_household_need": CHANGE_REGISTRY,
    "households.take_back_need": CHANGE_REGISTRY,
    "households.household_photos": CHANGE_REGISTRY,
    "households.remove_household_photo": CHANGE_REGISTRY,
    "households.survey_editions": holders(P.MANAGE_LISTS),
    "households.survey_edition": holders(P.MANAGE_LISTS),
    # reports
    "reports.page": holders(P.VIEW_REPORTS),
    # administration
    "admin.overview": holders(P.MANAGE_ACCOUNTS, P.MANAGE_LISTS, P.VIEW_AUDIT),
    "admin.accounts": holders(P.MANAGE_ACCOUNTS),
    "admin.account": holders(P.MANAGE_ACCOUNTS),
    "admin.add_account": holders(P.MANAGE_ACCOUNTS),
    "admin.new_password": holders(P.MANAGE_ACCOUNTS),
    "admin.end_sessions": holders(P.MANAGE_ACCOUNTS),
    "admin.give_right": holders(P.MANAGE_ACCOUNTS),
    "admin.take_right_back": holders(P.MANAGE_ACCOUNTS),
    "admin.operations": holders(P.MANAGE_ACCOUNTS),
    "admin.retry": holders(P.MANAGE_ACCOUNTS),
    "admin.categories": holders(P.MANAGE_LISTS),
    "admin.category": holders(P.MANAGE_LISTS),
    "admin.add_category_page": holders(P.MANAGE_LISTS),
    "admin.closures": holders(P.MANAGE_LISTS),
    "admin.add_closed_day": holders(P.MANAGE_LISTS),
    "admin.remove_closed_day": holders(P.MANAGE_LISTS),
    "admin.fetch_holidays": holders(P.MANAGE_LISTS),
    "admin.town": holders(P.MANAGE_LISTS),
    "admin.villages": holders(P.MANAGE_LISTS),
    "admin.village": holders(P.MANAGE_LISTS),
    "admin.add_village_page": holders(P.MANAGE_LISTS),
    "admin.audit": holders(P.VIEW_AUDIT),
    "admin.verify": holders(P.VIEW_AUDIT),
}
