"""The ground: migrations, the fictional town of 13,000 people, 2,000 told cases, 40 workers."""

from flask import Flask

HOUSEHOLDS = 4500
TOLD_CASES = 2000
WORKERS = 40


def make_app(url: str) -> Flask:
    """The application on a database of the benchmark's."""
    from bench.places import INSTANCE, PASSWORD
    from config import Settings
    from welfare import create_app

    return create_app(
        Settings(data_dir=INSTANCE, database_url=url, demo_password=PASSWORD, env="development")
    )


def fill_base(url: str) -> None:
    """Migrate an empty database and load the fictional town."""
    from flask_migrate import upgrade

    from bench.places import PASSWORD
    from welfare.core import clock
    from welfare.core.db import db
    from welfare.demo.loader import load

    app = make_app(url)
    with app.app_context():
        upgrade()
        load(db.session(), now=clock.now(), password=PASSWORD, households=HOUSEHOLDS,
             cases=TOLD_CASES)  # fmt: skip
        _add_workers()
        db.session.commit()
        db.session.remove()
        db.engine.dispose()


def _add_workers() -> None:
    from sqlalchemy import select

    from welfare.accounts.models import User, UserRole
    from welfare.core import clock
    from welfare.core.db import db
    from welfare.core.security.permissions import Role

    there = db.session.scalars(
        select(User).join(UserRole, UserRole.user_id == User.id)
        .where(UserRole.role == Role.CASEWORKER)
    ).all()  # fmt: skip
    for place in range(len(there), WORKERS):
        user = User(
            username=f"worker{place}",
            display_name=f"นักสังคมสงเคราะห์ คนที่ {place}",
            password_hash=there[0].password_hash,
            created_at=clock.now(),
        )
        db.session.add(user)
        db.session.flush()
        db.session.add(UserRole(user_id=user.id, role=Role.CASEWORKER))
