"""A page may be called otherwise than by its number."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply; a page that was read before has no label until it is read again."""
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    kind = sa.String(40, collation="C" if is_postgresql else None)
    op.add_column("pages", sa.Column("label", kind, nullable=False, server_default=""))
    if is_postgresql:
        op.execute("ALTER TABLE pages ALTER COLUMN label SET STATISTICS 0")
