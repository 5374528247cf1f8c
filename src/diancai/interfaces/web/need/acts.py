"""Buttons of the review: each posts to one address, calls one act and returns to where the reviewer was."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from diancai.ground.errors import Refusal
from diancai.ground.paging import whole_numbers
from diancai.ground.people.who_may import Act
from diancai.interfaces.web.asking import Asked, asked
from diancai.interfaces.web.desk import Desk
from diancai.interfaces.web.enter import enter
from diancai.interfaces.web.showing import done, refused, told, way_back
from diancai.stages.need.actions import (
    accept_certain,
    accept_need,
    answer_proposal,
    comb_need,
    leave_out,
    merge_needs,
    part_source,
    raise_need,
    split_need,
    undo_last,
    undo_merge,
)

POST = ("POST",)


def _act(request: HttpRequest, text: str, need_id: int, act: Callable[[], object]) -> HttpResponse:
    """Do it, say so with an undo, go back; a refusal is told on the same page."""
    address = way_back(request, reverse("need", args=[need_id]))
    try:
        act()
    except Refusal as refusal:
        return refused(request, refusal, address)
    return done(request, text, address, undo=reverse("undo_need", args=[need_id]))


@enter(Act.COMB_NEED, methods=POST)
def comb(request: HttpRequest, desk: Desk, need_id: int) -> HttpResponse:
    """The town passes it on to the county office."""
    revision = asked(request).number("revision")
    return _act(
        request,
        _("已梳理，转旗县审核。"),
        need_id,
        lambda: comb_need(by=desk.account, at=timezone.now(), need_id=need_id, revision=revision),
    )


@enter(Act.REVIEW_NEED, methods=POST)
def accept(request: HttpRequest, desk: Desk, need_id: int) -> HttpResponse:
    """The county office takes it for the list."""
    revision = asked(request).number("revision")
    return _act(
        request,
        _("已审定。"),
        need_id,
        lambda: accept_need(by=desk.account, at=timezone.now(), need_id=need_id, revision=revision),
    )


@enter(Act.COMB_NEED, Act.REVIEW_NEED, methods=POST)
def drop(request: HttpRequest, desk: Desk, need_id: int) -> HttpResponse:
    """Not for the list, with a reason."""
    reason = asked(request).text("reason")
    return _act(
        request,
        _("不列入，原因已记。"),
        need_id,
        lambda: leave_out(by=desk.account, at=timezone.now(), need_id=need_id, reason=reason),
    )


@enter(Act.COMB_NEED, Act.REVIEW_NEED, methods=POST)
def merge(request: HttpRequest, desk: Desk, need_id: int) -> HttpResponse:
    """Join this need to another one: a link, undone for ever."""
    form = asked(request)
    into, reason = form.number("into") or 0, form.text("reason") or _("同一件事")
    return _act(
        request,
        _("已并入。"),
        need_id,
        lambda: merge_needs(by=desk.account, at=timezone.now(), into_id=into, need_id=need_id, reason=reason),
    )


@enter(Act.COMB_NEED, Act.REVIEW_NEED, methods=POST)
def answer(request: HttpRequest, desk: Desk, need_id: int, proposal_id: int) -> HttpResponse:
    """Answer a proposal to merge: one thing, or two."""
    form = asked(request)
    join = form.text("join") == "1"
    return _act(
        request,
        _("已并入。") if join else _("记下了：不是一件事。"),
        need_id,
        lambda: answer_proposal(
            by=desk.account, at=timezone.now(), proposal_id=proposal_id, join=join, reason=form.text("reason")
        ),
    )


@enter(Act.COMB_NEED, Act.REVIEW_NEED, methods=POST)
def unmerge(request: HttpRequest, desk: Desk, need_id: int) -> HttpResponse:
    """Bring a merged need back as one of its own."""
    return _act(
        request,
        _("已拆回，单独成条。"),
        need_id,
        lambda: undo_merge(by=desk.account, at=timezone.now(), need_id=need_id),
    )


@enter(Act.COMB_NEED, Act.REVIEW_NEED, methods=POST)
def part(request: HttpRequest, desk: Desk, need_id: int, source_id: int) -> HttpResponse:
    """One remark's share leaves the need."""
    reason = asked(request).text("reason") or _("不是同一件事")
    return _act(
        request,
        _("已拆出，单独成条。"),
        need_id,
        lambda: part_source(by=desk.account, at=timezone.now(), source_id=source_id, reason=reason),
    )


@enter(Act.COMB_NEED, Act.REVIEW_NEED, methods=POST)
def split(request: HttpRequest, desk: Desk, need_id: int) -> HttpResponse:
    """Several things in one: one line of the form is one need."""
    form = asked(request)
    parts = [{"content": line.strip()} for line in form.text("parts").splitlines() if line.strip()]
    return _act(
        request,
        _("已拆开。"),
        need_id,
        lambda: split_need(
            by=desk.account, at=timezone.now(), need_id=need_id, parts=parts, revision=form.number("revision")
        ),
    )


@enter(Act.COMB_NEED, Act.REVIEW_NEED, methods=POST)
def undo(request: HttpRequest, desk: Desk, need_id: int) -> HttpResponse:
    """Take the last step back."""
    address = way_back(request, reverse("need", args=[need_id]))
    try:
        undo_last(by=desk.account, at=timezone.now(), need_id=need_id)
    except Refusal as refusal:
        return refused(request, refusal, address)
    return done(request, _("已撤销上一步。"), address)


@enter(Act.COMB_NEED, methods=POST)
def raise_by_hand(request: HttpRequest, desk: Desk, remark_id: int) -> HttpResponse:
    """One more thing in a remark that the engine did not see: it waits for review like the others."""
    form = asked(request)
    address = way_back(request, reverse("remark", args=[remark_id]))
    try:
        row = raise_need(
            by=desk.account,
            at=timezone.now(),
            remark_id=remark_id,
            content=form.text("content"),
            strand=form.text("strand"),
        )
    except Refusal as refusal:
        return refused(request, refusal, address)
    return done(request, _("已加一条需求“%(content)s”，排进待审。") % {"content": row.content}, address)


@enter(Act.REVIEW_NEED, methods=POST)
def bulk(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Accept the ticked needs, or leave them out with one reason; those that refuse are told and stay as they were."""
    form = asked(request)
    ticked = whole_numbers(request.POST.getlist("ticked"))
    drops, reason, at = form.text("bulk") == "leave_out", form.text("reason"), timezone.now()
    count, refusals = 0, []
    for need_id in ticked:
        try:
            if drops:
                leave_out(by=desk.account, at=at, need_id=need_id, reason=reason)
            else:
                accept_need(by=desk.account, at=at, need_id=need_id)
            count += 1
        except Refusal as refusal:
            refusals.append(told(refusal))
    address = way_back(request, reverse("needs"))
    for why in dict.fromkeys(refusals):
        messages.error(request, _("有 %(count)s 条没有办成：%(why)s") % {"count": refusals.count(why), "why": why})
    if not count:
        return HttpResponseRedirect(address)
    text = _("%(count)s 条不列入，原因已记。") if drops else _("已审定 %(count)s 条。")
    return done(request, text % {"count": count}, address)


@enter(Act.REVIEW_NEED, methods=POST)
def accept_all(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Accept every need that the engine is sure of and that has no open proposal."""
    form = asked(request)
    address = reverse("review")
    try:
        count = accept_certain(
            by=desk.account,
            at=timezone.now(),
            programme_id=desk.programme_id,
            place_code=_place(form, desk),
            most_doubt=form.number("most_doubt") or 0,
        )
    except Refusal as refusal:
        return refused(request, refusal, address)
    return done(request, _("已审定 %(count)s 条把握大的需求。") % {"count": count}, address)


def _place(form: Asked, desk: Desk) -> str:
    return form.text("place") or desk.place_code
