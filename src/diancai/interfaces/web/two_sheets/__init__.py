"""Two sheets in, four lists out: the page that an office tries first, without an account and without the database."""
