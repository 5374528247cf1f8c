"""Who is on it: a person says that he takes a record in hand, so that two do not do the same. It expires by itself."""
