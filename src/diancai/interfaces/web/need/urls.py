"""Addresses of needs, the review and the demand lists."""

from django.urls import path

from diancai.interfaces.web.need import acts, editions, export, review, views

urlpatterns = [
    path("needs/", views.needs, name="needs"),
    path("needs/export/", export.export_needs, name="export_needs"),
    path("needs/bulk/", acts.bulk, name="bulk_needs"),
    path("needs/<int:need_id>/", views.need, name="need"),
    path("needs/<int:need_id>/edit/", views.edit_need, name="edit_need"),
    path("needs/<int:need_id>/comb/", acts.comb, name="comb_need"),
    path("needs/<int:need_id>/accept/", acts.accept, name="accept_need"),
    path("needs/<int:need_id>/leave-out/", acts.drop, name="leave_out"),
    path("needs/<int:need_id>/merge/", acts.merge, name="merge_need"),
    path("needs/<int:need_id>/unmerge/", acts.unmerge, name="unmerge_need"),
    path("needs/<int:need_id>/split/", acts.split, name="split_need"),
    path("needs/<int:need_id>/undo/", acts.undo, name="undo_need"),
    path("needs/<int:need_id>/proposals/<int:proposal_id>/", acts.answer, name="answer_proposal"),
    path("needs/<int:need_id>/sources/<int:source_id>/part/", acts.part, name="part_source"),
    path("remarks/<int:remark_id>/raise/", acts.raise_by_hand, name="raise_need"),
    path("review/", review.review, name="review"),
    path("review/accept-certain/", acts.accept_all, name="accept_certain"),
    path("demand-lists/", editions.editions, name="demand_lists"),
    path("demand-lists/draft/", editions.draft, name="draft_demand"),
    *editions.DEMAND.urls(),
    path("demand-lists/<int:edition_id>/lines/<int:line_id>/", editions.fill, name="fill_line"),
    path("demand-lists/<int:edition_id>/excel/", export.export_edition, name="demand_excel"),
]
