"""The Django project: settings, addresses and the WSGI door. No domain rule lives here."""
