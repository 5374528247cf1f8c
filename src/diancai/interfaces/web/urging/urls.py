"""Addresses of urging."""

from django.urls import path

from diancai.interfaces.web.urging import acts, letters, views

urlpatterns = [
    path("urging/", views.units, name="urging"),
    path("urging/parts/", views.parts, name="urging_parts"),
    path("urging/sent/", views.sent, name="urges"),
    path("urging/remind/", acts.remind_many, name="remind"),
    path("urging/answer/", acts.answer, name="answer_urges"),
    path("urging/draft/", acts.draft, name="draft_letter"),
    path("urging/<int:urge_id>/word/", letters.reminder_word, name="reminder_word"),
    path("letters/", letters.letters, name="letters"),
    path("letters/<int:letter_id>/", letters.letter, name="letter"),
    path("letters/<int:letter_id>/word/", letters.word, name="letter_word"),
    path("letters/<int:letter_id>/excel/", letters.excel_lines, name="letter_excel"),
    path("letters/<int:letter_id>/scan/", letters.scan, name="letter_scan"),
    path("letters/<int:letter_id>/send/", letters.send, name="send_letter"),
    path("letters/<int:letter_id>/withdraw/", acts.withdraw, name="withdraw_letter"),
]
