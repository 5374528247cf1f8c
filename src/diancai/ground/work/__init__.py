"""Background jobs: once-only keys, leases, retries, progress."""
