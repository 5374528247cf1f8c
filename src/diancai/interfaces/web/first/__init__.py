"""The first page of each role, the leader's page and search: reading over all stages."""
