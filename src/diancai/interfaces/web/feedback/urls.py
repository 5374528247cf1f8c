"""Addresses of follow-ups, of the residents' door and of village replies."""

from django.urls import path

from diancai.interfaces.web.feedback import acts, resident, views, village

urlpatterns = [
    path("follow-ups/", views.follow_ups, name="follow_ups"),
    path("follow-ups/<int:follow_up_id>/", views.follow_up, name="follow_up"),
    path("follow-ups/<int:follow_up_id>/try/", acts.note_try, name="note_try"),
    path("follow-ups/<int:follow_up_id>/answer/", acts.take_answer, name="take_answer"),
    path("orders/<int:order_id>/slip/", acts.print_slip, name="print_answer_slip"),
    path("answer-slips/<int:slip_id>/end/", acts.end, name="end_answer_slip"),
    path("village-replies/", village.replies, name="village_replies"),
    path("village-replies/<slug:place_code>/<slug:month>/", village.reply, name="village_reply"),
    path("village-replies/<slug:place_code>/<slug:month>/word/", village.word, name="village_reply_word"),
    path("a/", resident.door, name="answer_door"),
    path("a/<slug:code>/", resident.answer, name="answer"),
]
