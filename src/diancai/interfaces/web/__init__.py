"""Server-rendered pages: translate in, make one call, translate back."""
