"""An officer who is limited to two villages: the rights that cost the lists most."""

USERNAME = "limited"
VILLAGES = (4, 7)


def ensure_limited_officer() -> None:
    """Make the account unless it is there; the caller commits."""
    from sqlalchemy import select

    from welfare.accounts.models import User, UserArea, UserRole
    from welfare.core import clock
    from welfare.core.db import db
    from welfare.core.security.permissions import Role

    if db.session.scalar(select(User.id).where(User.username == USERNAME)):
        return
    password = db.session.scalar(select(User.password_hash).where(User.username == "officer"))
    user = User(
        username=USERNAME,
        display_name="เจ้าหน้าที่ สองหมู่บ้าน",
        password_hash=password,
        created_at=clock.now(),
    )
    db.session.add(user)
    db.session.flush()
    db.session.add(UserRole(user_id=user.id, role=Role.OFFICER))
    db.session.add_all(UserArea(user_id=user.id, village_no=village) for village in VILLAGES)
