"""评单与回访: what the residents say of what was done. Called by interfaces; hears `order` through its reactions."""
