"""Hands: who agrees with a reason or a reply."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = depends_on = None


def upgrade() -> None:
    """Make their table."""
    op.create_table(
        "hands",
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=16), nullable=False),
        sa.Column("whose", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.id"], name=op.f("fk_hands_room_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("room_id", "ref", "whose", name=op.f("pk_hands")),
    )
