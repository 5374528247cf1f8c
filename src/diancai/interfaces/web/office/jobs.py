"""Background jobs: what runs, how far it is, what came of it. May be left and found again."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from diancai.ground.errors import NotFound
from diancai.ground.people.who_may import Act
from diancai.ground.work.actions import retry
from diancai.ground.work.queries import JobRow, get_job, list_jobs
from diancai.interfaces.web.desk import Desk
from diancai.interfaces.web.enter import enter_signed_in
from diancai.interfaces.web.showing import done, show, way_back

ENDED = ("done", "failed")


@enter_signed_in()
def jobs(request: HttpRequest, desk: Desk) -> HttpResponse:
    """My jobs; the administrator sees all."""
    return show(request, "office/jobs.html", {"jobs": [job for job in list_jobs() if _sees(desk, job)]})


@enter_signed_in()
def job(request: HttpRequest, desk: Desk, job_id: int) -> HttpResponse:
    """One job. Asked for by its own bar (htmx) only the bar comes back; it stops asking when the job has ended."""
    row = get_job(job_id)
    if not _sees(desk, row):
        raise NotFound
    is_bar = request.headers.get("HX-Target") == "job-bar"
    template = "office/job_bar.html" if is_bar else "office/job.html"
    has_ended = row.state in ENDED
    answer = show(request, template, {"job": row, "has_ended": has_ended, "back": way_back(request, reverse("jobs"))})
    if is_bar and has_ended and request.path not in request.headers.get("HX-Current-URL", ""):
        # The bar stands on the page of what the job works on, which now shows what came of it: an import its rows.
        answer.headers["HX-Refresh"] = "true"
    return answer


@enter_signed_in(methods=("POST",))
def again(request: HttpRequest, desk: Desk, job_id: int) -> HttpResponse:
    """Try a failed job once more; for whoever asked for it, and the administrator."""
    row = get_job(job_id)
    if not _sees(desk, row):
        raise NotFound
    retry(by=desk.account, at=timezone.now(), job_id=row.id)
    next_ = way_back(request, reverse("jobs"))
    return done(request, _("已重新排队。"), f"{reverse('job', args=[job_id])}?{urlencode({'next': next_})}")


def _sees(desk: Desk, row: JobRow) -> bool:
    return desk.may(Act.MANAGE_PEOPLE) or row.asked_by_id == desk.account.pk
