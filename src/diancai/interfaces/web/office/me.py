"""My account: posts, the one I work from, the programme I look at, password and second factor; the language."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.i18n import set_language as django_set_language

from diancai.ground.people.who_may import PostInForce
from diancai.ground.place.queries import get_department, name_of
from diancai.ground.programme.queries import list_programmes
from diancai.interfaces.web.asking import asked
from diancai.interfaces.web.desk import POST_IN_SESSION, PROGRAMME_IN_SESSION, Desk
from diancai.interfaces.web.enter import enter_anyone, enter_signed_in
from diancai.interfaces.web.showing import show


@enter_signed_in()
def me(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Who I am here."""
    posts = [(number, post, _seat(post), post is desk.post) for number, post in enumerate(desk.posts)]
    return show(request, "office/me.html", {"posts": posts, "programmes": list_programmes()})


@enter_signed_in(methods=("POST",))
def sit(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Work from another of my posts."""
    chosen = asked(request).number("post")
    if chosen is not None and chosen < len(desk.posts):
        request.session[POST_IN_SESSION] = chosen
    return HttpResponseRedirect(reverse("first"))


@enter_signed_in(methods=("POST",))
def look_at(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Look at another programme; an unknown one changes nothing."""
    chosen = asked(request).text("programme")
    if chosen in {programme.key for programme in list_programmes()}:
        request.session[PROGRAMME_IN_SESSION] = chosen
    return HttpResponseRedirect(reverse("first"))


@enter_anyone
def set_language(request: HttpRequest) -> HttpResponseBase:
    """Remember the language in a cookie; strangers choose it too, on the sign-in page."""
    return django_set_language(request)


def _seat(post: PostInForce) -> str:
    return get_department(post.department_id).name if post.department_id is not None else name_of(post.place_code)
