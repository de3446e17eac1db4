"""Pairs of documents of which staff said that they are no translations of one another."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    collation = "C" if op.get_bind().dialect.name == "postgresql" else None
    op.create_table(
        "refused_pairs",
        sa.Column("one", sa.String(10, collation=collation), nullable=False),
        sa.Column("other", sa.String(10, collation=collation), nullable=False),
        sa.Column("person", sa.String(64, collation=collation), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("one", "other", name=op.f("pk_refused_pairs")),
    )
    op.create_index(op.f("ix_refused_pairs_other"), "refused_pairs", ["other"], unique=False)
