"""Where somebody sits: the account, the post he works from, the programme he looks at. Every view gets one."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.utils import timezone

from diancai.ground.errors import NotFound
from diancai.ground.people.queries import Account, can, list_posts
from diancai.ground.people.who_may import Act, PostInForce, Scope, may_somewhere
from diancai.ground.place.queries import get_department, get_scope, name_of
from diancai.ground.programme.queries import ProgrammeRow, get_programme
from diancai.words import Level, Role

POST_IN_SESSION = "post"
PROGRAMME_IN_SESSION = "programme"


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything a view needs to know of the person; `post` is None for an account without one in force.

    `place_code` is the place of the post, for a department the place it belongs to; `seat` names the department or
    the place, as the top bar says it. Both are empty without a post.
    """

    account: Account
    posts: tuple[PostInForce, ...]
    post: PostInForce | None
    programme: ProgrammeRow | None
    today: date
    place_code: str = ""
    seat: str = ""

    @property
    def role(self) -> Role | None:
        """The role of the post he works from."""
        return self.post.role if self.post else None

    @property
    def department_id(self) -> int | None:
        """The department of a department's contact or leader."""
        return self.post.department_id if self.post else None

    @property
    def scope(self) -> Scope:
        """The codes of the post's place and its ancestors."""
        return get_scope(self.place_code) if self.place_code else Scope()

    @property
    def level(self) -> Level | None:
        """The level of the place the post belongs to."""
        levels = (Level.PREFECTURE, Level.COUNTY, Level.TOWN, Level.VILLAGE)
        codes = self.scope.codes
        return levels[len(codes) - 1] if codes else None

    @property
    def programme_id(self) -> int:
        """The programme looked at. Raises `NotFound` where none is set up."""
        if self.programme is None:
            raise NotFound
        return self.programme.id

    def may(self, act: Act) -> bool:
        """Whether any post allows the act somewhere: what a menu shows."""
        return may_somewhere(self.posts, act, self.today)

    def may_here(self, act: Act, scope: Scope) -> bool:
        """Whether the act is allowed to a record of that scope: which buttons are not greyed."""
        return can(self.account, act, scope, self.today)


def desk_of(request: HttpRequest) -> Desk | None:
    """The desk of who is signed in, or None; made once per request."""
    if not request.user.is_authenticated:
        return None
    made: Desk | None = getattr(request, "_desk", None)
    if made is None:
        made = _desk(request, request.user)
        request._desk = made  # type: ignore[attr-defined]
    return made


def _desk(request: HttpRequest, account: Account) -> Desk:
    today = timezone.localdate()
    posts = tuple(post for post in list_posts(account) if post.holds_on(today))
    chosen = request.session.get(POST_IN_SESSION, 0)
    post = posts[chosen] if 0 <= chosen < len(posts) else (posts[0] if posts else None)
    place_code, seat = _seat(post)
    return Desk(account, posts, post, _programme(request), today, place_code, seat)


def _seat(post: PostInForce | None) -> tuple[str, str]:
    """The place code and the name of where the post sits."""
    if post is None:
        return "", ""
    if post.department_id is None:
        return post.place_code, name_of(post.place_code)
    department = get_department(post.department_id)
    return department.place_code, department.name


def _programme(request: HttpRequest) -> ProgrammeRow | None:
    try:
        return get_programme(request.session.get(PROGRAMME_IN_SESSION, ""))
    except NotFound:
        return None
