"""Operations on households: each one step of life, with a day and a reason, that can be undone."""

from welfare.households.services.asking_back import Doubted
from welfare.households.services.operations.birth import record_birth
from welfare.households.services.operations.correcting import correct_person
from welfare.households.services.operations.death import record_death, undo_death
from welfare.households.services.operations.heading import change_head
from welfare.households.services.operations.joining import join_households
from welfare.households.services.operations.marriage import marry
from welfare.households.services.operations.moving import move_in, move_out
from welfare.households.services.operations.retelling import Standing, retold, told_anew
from welfare.households.services.operations.scene import Seen
from welfare.households.services.operations.splitting import split_household
from welfare.households.services.operations.taking_back import OPERATIONS, take_back

__all__ = [
    "OPERATIONS",
    "Doubted",
    "Seen",
    "Standing",
    "change_head",
    "correct_person",
    "join_households",
    "marry",
    "move_in",
    "move_out",
    "record_birth",
    "record_death",
    "retold",
    "split_household",
    "take_back",
    "told_anew",
    "undo_death",
]
