"""The two ways to ask: FTS5 on SQLite, tsvector on PostgreSQL. The same phrases give the same rows."""

from typing import Any

from django.db import connection

INSTALL = {
    "sqlite": [
        "CREATE VIRTUAL TABLE search_text USING fts5(words, content='search_searchrow', content_rowid='id', "
        "tokenize=\"unicode61 remove_diacritics 2 categories 'L* N* Co Mn'\")",
        "CREATE TRIGGER search_added AFTER INSERT ON search_searchrow BEGIN "
        "INSERT INTO search_text(rowid, words) VALUES (new.id, new.words); END",
        "CREATE TRIGGER search_removed AFTER DELETE ON search_searchrow BEGIN "
        "INSERT INTO search_text(search_text, rowid, words) VALUES ('delete', old.id, old.words); END",
        "CREATE TRIGGER search_changed AFTER UPDATE OF words ON search_searchrow BEGIN "
        "INSERT INTO search_text(search_text, rowid, words) VALUES ('delete', old.id, old.words); "
        "INSERT INTO search_text(rowid, words) VALUES (new.id, new.words); END",
    ],
    "postgresql": [
        "ALTER TABLE search_searchrow ADD COLUMN tokens tsvector "
        "GENERATED ALWAYS AS (to_tsvector('simple', words)) STORED",
        "CREATE INDEX search_tokens ON search_searchrow USING gin (tokens)",
    ],
}
REMOVE = {
    "sqlite": [
        "DROP TRIGGER search_added",
        "DROP TRIGGER search_removed",
        "DROP TRIGGER search_changed",
        "DROP TABLE search_text",
    ],
    "postgresql": ["ALTER TABLE search_searchrow DROP COLUMN tokens"],
}


def condition(phrases: list[list[str]], first: object, last: object) -> tuple[str, list[Any]]:
    """An SQL condition that holds for rows of the index with all phrases and a row number in [first, last]."""
    if connection.vendor == "postgresql":
        query = " & ".join("(" + " <-> ".join(f"'{_quoted(token)}'" for token in tokens) + ")" for tokens in phrases)
        return "id BETWEEN %s AND %s AND tokens @@ to_tsquery('simple', %s)", [first, last, query]
    query = " AND ".join('"' + " ".join(tokens) + '"' for tokens in phrases)
    return (
        "id IN (SELECT rowid FROM search_text WHERE search_text MATCH %s AND rowid BETWEEN %s AND %s)",
        [query, first, last],
    )


def _quoted(token: str) -> str:
    return token.replace("\\", "\\\\").replace("'", "''")
