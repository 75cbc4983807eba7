"""The certificate that signs: a self-made one at first, replaced by an administrator."""

from __future__ import annotations

from welfare.core import audit, clock
from welfare.core.db import db
from welfare.core.errors import Forbidden, Refused
from welfare.core.i18n import gettext as _
from welfare.core.municipality import the_municipality
from welfare.core.security.permissions import SYSTEM, Viewer
from welfare.core.signing import Identity, identity_from_pkcs12, own_identity
from welfare.papers.kinds import KeySource
from welfare.papers.models import SigningKey
from welfare.papers.policies import can_manage
from welfare.papers.queries.signing import identities, identity_now


def ensure_identity() -> tuple[int, Identity]:
    """What signs now, with the id of its row; the first time one is made."""
    found = identity_now()
    if found is not None:
        return found
    made = own_identity(the_municipality().name_th, now=clock.now())
    return _keep(SYSTEM, made, KeySource.OWN).id, made


def renew_identity(*, actor: Viewer) -> None:
    """Make another certificate of our own; what the old one signed stays genuine."""
    _allow(actor)
    _keep(actor, own_identity(the_municipality().name_th, now=clock.now()), KeySource.OWN)


def take_identity(*, actor: Viewer, content: bytes, password: str) -> None:
    """Sign with a given certificate (PKCS#12) from now on; ``IdentityFault`` if it cannot be."""
    _allow(actor)
    given = identity_from_pkcs12(content, password, now=clock.now())
    if any(row.fingerprint == given.fingerprint for row in identities()):
        raise Refused(_("This certificate is known already."), field="certificate_file")
    _keep(actor, given, KeySource.UPLOADED)


def _keep(actor: Viewer, identity: Identity, source: KeySource) -> SigningKey:
    row = SigningKey(
        source=source,
        subject=identity.subject[:300],
        fingerprint=identity.fingerprint,
        certificate=identity.certificate_pem(),
        private_key=identity.key_pem(),
        valid_from=identity.valid_from,
        valid_until=identity.valid_until,
        made_by_id=actor.user_id or None,
        made_at=clock.now(),
    )
    db.session.add(row)
    details = {"source": source.value, "fingerprint": identity.fingerprint.hex()}
    audit.record(actor, "paper.certificate", "signing_key", identity.fingerprint.hex(), details)
    db.session.flush()
    return row


def _allow(actor: Viewer) -> None:
    if not can_manage(actor):
        raise Forbidden
