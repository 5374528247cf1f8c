"""One index over all records, the same answers on SQLite and PostgreSQL.

PostgreSQL keeps positions up to 16,383 and 256 of one word. So that both answer alike, a very long text is indexed on
both up to its 8,000th character, or up to the 250th time that one word stands in it, whichever comes first
(`spacing.indexed`); what lies behind is kept with its record and not found by search.
"""
