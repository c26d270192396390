"""Accounts: who opened a room, whose course it is, and who in it has signed in."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = depends_on = None


def upgrade() -> None:
    """Add them; rooms and participants that are there have none.

    Columns and indexes alone: SQLite would make a table anew for a constraint, and what belongs to it would go with
    the old one.
    """
    op.add_column("rooms", sa.Column("owner", sa.String(length=255), nullable=False, server_default=""))
    op.add_column("rooms", sa.Column("course", sa.String(length=255), nullable=False, server_default=""))
    op.create_index(op.f("ix_rooms_owner"), "rooms", ["owner"])
    op.add_column("participants", sa.Column("account", sa.String(length=255), nullable=True))
    op.create_index(op.f("ix_participants_account"), "participants", ["account", "room_id"], unique=True)
