"""The order of the queue as an index; on PostgreSQL, texts that sort by code points and leave no traces."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

WITH_WORDS = {
    "documents": ("title",),
    "files": ("name", "path", "stem"),
    "pages": ("text", "title", "notes"),
    "passports": ("name",),
    "intake": ("path", "error"),
}
"""Columns of which PostgreSQL would keep samples elsewhere, for its planner, after they were deleted."""


def upgrade() -> None:
    """Apply."""
    op.create_index(op.f("ix_intake_state_priority_id"), "intake", ["state", "priority", "id"], unique=False)
    op.drop_index(op.f("ix_intake_state"), table_name="intake")
    op.create_table(
        "unwiped",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unwiped")),
        sqlite_autoincrement=True,
    )
    if op.get_bind().dialect.name == "postgresql":
        _sort_by_code_points()
        for table, columns in WITH_WORDS.items():
            for column in columns:
                op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS 0")


def _sort_by_code_points() -> None:
    """Make order and indexes the same everywhere, whatever the locale of the database."""
    inspector = sa.inspect(op.get_bind())
    for table in sorted(set(inspector.get_table_names()) - {"alembic_version"}):
        texts = [each for each in inspector.get_columns(table) if isinstance(each["type"], sa.String)]
        changes = (
            f'ALTER COLUMN "{each["name"]}" TYPE {each["type"].compile(op.get_bind().dialect)} COLLATE "C"'
            for each in texts
        )
        if texts:
            op.execute(f"ALTER TABLE {table} {', '.join(changes)}")
