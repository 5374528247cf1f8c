"""Pages around the stages: my account, background jobs, search, accounts and posts, places, the ledger."""
