"""A page may be in several languages."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply; a page that was read before stays in the one it has, until it is read again."""
    op.execute("ALTER TABLE pages RENAME COLUMN language TO languages")
