"""Pages go out compressed: on a 2G phone a list of needs takes one second instead of ten.

Only pages: sheets and photos are compressed already, and a streamed export must not be held up. Django adds a random
length to each page, so that what is secret in it cannot be guessed from its size.
"""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware


class ShortPages(GZipMiddleware):
    """Middleware: compresses HTML, and nothing else, for browsers that ask for it."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """The page compressed; any other answer as it is."""
        if not response.headers.get("Content-Type", "").startswith("text/html"):
            return response
        return super().process_response(request, response)
