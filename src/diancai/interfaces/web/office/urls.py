"""Addresses around the stages."""

from django.urls import path

from diancai.interfaces.web.office import jobs, ledger, me, people

urlpatterns = [
    path("me/", me.me, name="me"),
    path("me/post/", me.sit, name="sit"),
    path("language/", me.set_language, name="set_language"),
    path("jobs/", jobs.jobs, name="jobs"),
    path("jobs/<int:job_id>/", jobs.job, name="job"),
    path("people/", people.people, name="people"),
    path("people/new/", people.new_account, name="new_account"),
    path("people/<str:username>/", people.account, name="account"),
    path("people/<str:username>/password/", people.new_password, name="new_password"),
    path("people/<str:username>/posts/<int:post_id>/end/", people.end, name="end_post"),
    path("places/", people.places, name="places"),
    path("ledger/", ledger.ledger, name="ledger"),
    path("ledger/verify/", ledger.verdict, name="verdict"),
]
