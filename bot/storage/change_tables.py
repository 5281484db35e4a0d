"""In which columns are changes of the knowledge stored?"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, String, Table, Text

from bot.storage.tables import metadata

versions = Table(
    "knowledge_versions",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("at_ms", BigInteger, nullable=False),
    Column("who", String(40), nullable=False),
    Column("how", String(16), nullable=False),
    Column("change_id", String(16), nullable=False),  # the files of one change share it
    Column("file", String(80), nullable=False),  # path below the knowledge folder
    Column("content", LargeBinary),  # NULL: the change took the file away
    Index("knowledge_versions_by_file", "file", "id"),
    Index("knowledge_versions_by_change", "change_id"),
)

proposals = Table(
    "knowledge_proposals",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("at_ms", BigInteger, nullable=False),
    Column("who", String(40), nullable=False),
    Column("how", String(16), nullable=False),
    Column("files", Text, nullable=False),  # JSON: new text by path; null takes the file away
    Column("bases", Text, nullable=False),  # JSON: version of each file that the change was made for
)
