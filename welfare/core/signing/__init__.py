"""PDF signatures: a certificate of our own or a given one, signing, and looking at a signature.

pyHanko takes a second to wake up; the functions are read when the first of them is asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from welfare.core.signing.identity import (
    Identity,
    IdentityFault,
    identity_from_pem,
    identity_from_pkcs12,
    own_identity,
)

if TYPE_CHECKING:
    from welfare.core.signing.pades import Verdict, look_at, sign

__all__ = [
    "Identity",
    "IdentityFault",
    "Verdict",
    "identity_from_pem",
    "identity_from_pkcs12",
    "look_at",
    "own_identity",
    "sign",
]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module("welfare.core.signing.pades"), name)
