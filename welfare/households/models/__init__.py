"""Tables of the registry."""

from welfare.households.models.changes import Change, ChangeKind, ChangeSet, ChangeSubject, tracked
from welfare.households.models.duplicates import DuplicatePair
from welfare.households.models.facts import PersonFact, PersonIdentifier
from welfare.households.models.following import follow
from welfare.households.models.household import Household, Village
from welfare.households.models.imports import (
    ImportedColumns,
    ImportMapping,
    ImportRow,
    ImportRules,
    RegistryImport,
)
from welfare.households.models.kinship import EarlierRelation, Parentage
from welfare.households.models.membership import Membership
from welfare.households.models.needs import HouseholdNeed, HouseholdPhoto
from welfare.households.models.person import Person, PersonName
from welfare.households.models.phones import PersonPhone
from welfare.households.models.surveys import (
    HouseholdSurvey,
    SurveyAnswer,
    SurveyEdition,
    SurveyIndicator,
)
from welfare.households.models.words import (
    HouseEnd,
    HouseWord,
    NameEnd,
    NameSlip,
    NameSound,
    PersonWord,
    PhoneEnd,
)

__all__ = [
    "Change",
    "ChangeKind",
    "ChangeSet",
    "ChangeSubject",
    "DuplicatePair",
    "EarlierRelation",
    "HouseEnd",
    "HouseWord",
    "Household",
    "HouseholdNeed",
    "HouseholdPhoto",
    "HouseholdSurvey",
    "ImportMapping",
    "ImportRow",
    "ImportRules",
    "ImportedColumns",
    "Membership",
    "NameEnd",
    "NameSlip",
    "NameSound",
    "Parentage",
    "Person",
    "PersonFact",
    "PersonIdentifier",
    "PersonName",
    "PersonPhone",
    "PersonWord",
    "PhoneEnd",
    "RegistryImport",
    "SurveyAnswer",
    "SurveyEdition",
    "SurveyIndicator",
    "Village",
    "follow",
    "tracked",
]
