"""Verbs of funds and equipment."""

from welfare.benefits.services.funds import (
    add_fund,
    add_member,
    add_rule,
    edit_fund,
    edit_rule,
    end_member,
    set_budget,
)
from welfare.benefits.services.money import give_back, hold_budget, pay_out, release, reserve
from welfare.benefits.services.stock import (
    add_kind,
    add_piece,
    edit_piece,
    lose_piece,
    take_back_piece,
    take_piece,
)

__all__ = [
    "add_fund",
    "add_kind",
    "add_member",
    "add_piece",
    "add_rule",
    "edit_fund",
    "edit_piece",
    "edit_rule",
    "end_member",
    "give_back",
    "hold_budget",
    "lose_piece",
    "pay_out",
    "release",
    "reserve",
    "set_budget",
    "take_back_piece",
    "take_piece",
]
