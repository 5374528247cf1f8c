"""The tree of places, departments and liaison stations: what every record stands on."""
