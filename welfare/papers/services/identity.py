"""The certificate that signs: a self-made one from the first setup on, until an administrator
replaces it."""

from __future__ import annotations

from sqlalchemy import text

from welfare.core import audit, clock
from welfare.core.db import begin_writing, db, expect_writes
from welfare.core.errors import Forbidden, Refused
from welfare.core.i18n import gettext as _
from welfare.core.municipality import the_municipality
from welfare.core.security.permissions import SYSTEM, Viewer
from welfare.core.signing import Identity, identity_from_pkcs12, own_identity
from welfare.papers.kinds import KeySource
from welfare.papers.models import SigningKey
from welfare.papers.policies import can_manage
from welfare.papers.queries.signing import identities, identity_now, key_now


def ensure_identity() -> tuple[int, Identity]:
    """What signs now, with the id of its row; where there is none yet, one is made.

    Of two processes that find none, the second waits and takes what the first made. In a
    transaction that writes.
    """
    found = identity_now()
    if found is not None:
        return found
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(text("LOCK TABLE signing_keys IN SHARE ROW EXCLUSIVE MODE"))
        found = identity_now()
    if found is not None:
        return found
    made = own_identity(the_municipality().name_th, now=clock.now())
    return _keep(SYSTEM, made, KeySource.OWN).id, made


def fill_identity() -> bool:
    """Make the first certificate at the first setup; whether there was none."""
    if key_now() is not None:
        return False
    ensure_identity()
    return True


def identity_in_force() -> tuple[int, Identity]:
    """What signs now; a missing one is made in a transaction of its own. Ends the open one."""
    db.session.rollback()
    expect_writes(False)
    found = identity_now()
    begin_writing(db.session)
    if found is None:
        found = ensure_identity()
        db.session.commit()
    return found


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
    audit.record(actor, "paper.certificate", "signing_key", row.fingerprint.hex()[:40], details)
    db.session.flush()
    return row


def _allow(actor: Viewer) -> None:
    if not can_manage(actor):
        raise Forbidden
