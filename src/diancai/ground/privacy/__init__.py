"""Personal data: sealed at rest, compared by keyed index, masked on screen, revealed for a stated purpose."""
