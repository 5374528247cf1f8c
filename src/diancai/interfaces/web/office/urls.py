"""Addresses around the stages."""

from django.urls import path

from diancai.interfaces.web.office import jobs, ledger, me, people, stations

urlpatterns = [
    path("me/", me.me, name="me"),
    path("me/post/", me.sit, name="sit"),
    path("me/programme/", me.look_at, name="look_at"),
    path("language/", me.set_language, name="set_language"),
    path("jobs/", jobs.jobs, name="jobs"),
    path("jobs/<int:job_id>/", jobs.job, name="job"),
    path("jobs/<int:job_id>/again/", jobs.again, name="retry_job"),
    path("people/", people.people, name="people"),
    path("people/new/", people.new_account, name="new_account"),
    path("people/<str:username>/", people.account, name="account"),
    path("people/<str:username>/password/", people.new_password, name="new_password"),
    path("people/<str:username>/close/", people.close, name="close_account"),
    path("people/<str:username>/reopen/", people.reopen, name="reopen_account"),
    path("people/<str:username>/posts/<int:post_id>/end/", people.end, name="end_post"),
    path("stations/", stations.station, name="station"),
    path("stations/<str:place_code>/teams/", stations.new_team, name="new_team"),
    path("stations/<str:place_code>/teams/<int:team_id>/members/", stations.new_member, name="new_member"),
    path("places/", people.places, name="places"),
    path("ledger/", ledger.ledger, name="ledger"),
    path("ledger/verify/", ledger.verdict, name="verdict"),
]
