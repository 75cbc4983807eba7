"""Numbers that look right and belong to nobody.

* National ID: digits 2-5 name the registry office; all of ours are **9999**. Province codes
  end at 96, so no office 9999 exists, while the check digit is valid.
* House code (11 digits): the same office 9999 in front.
* Telephone: **099-000-xxxx** only, and a number is shared once the ten thousand are used up.
* E-mail: the reserved domain `example.invalid`.
"""

from __future__ import annotations

OFFICE = "9999"
PHONE_PREFIX = "099000"
EMAIL_DOMAIN = "example.invalid"


def check_digit(twelve: str) -> str:
    """Return the 13th digit of a national ID: (11 - sum(d * (14 - i)) mod 11) mod 10."""
    total = sum(int(digit) * (13 - place) for place, digit in enumerate(twelve))
    return str((11 - total % 11) % 10)


def national_id(first: str, running: int) -> str:
    """Build a fictional ID: first digit (kind of person), office 9999, seven running digits.

    `running` is spread by a fixed odd factor so that neighbours do not look alike.
    """
    body = (running * 7_368_787 + 1_234_567) % 10_000_000
    twelve = f"{first}{OFFICE}{body:07d}"
    return twelve + check_digit(twelve)


def house_code(running: int) -> str:
    """Build a fictional 11-digit house code: 9999, six running digits, one check digit."""
    ten = f"{OFFICE}{running % 1_000_000:06d}"
    return ten + str(sum(int(digit) * (11 - place) for place, digit in enumerate(ten)) % 10)


def phone(running: int) -> str:
    """Build a fictional mobile number, ten digits without dashes."""
    return f"{PHONE_PREFIX}{(running * 7_919) % 10_000:04d}"


def email(running: int) -> str:
    """Build an address that can never be delivered (RFC 2606)."""
    return f"prachachon{running}@{EMAIL_DOMAIN}"


def office_email(username: str) -> str:
    """Build an address of the municipality's staff that can never be delivered."""
    return f"{username}@umong.{EMAIL_DOMAIN}"
