"""Addresses of orders."""

from django.urls import path

from diancai.interfaces.web.order import acting, acts, boards, bulk, presence, views

urlpatterns = [
    path("day/", boards.day, name="day"),
    path("board/", boards.board, name="board"),
    path("board/presence/", presence.presences, name="presences"),
    path("orders/", views.orders, name="orders"),
    path("orders/export/", views.export, name="export_orders"),
    path("orders/bulk/dispatch/", bulk.dispatch_ticked, name="dispatch_ticked"),
    path("orders/bulk/urge/", bulk.urge_ticked, name="urge_ticked"),
    path("orders/for-need/<int:need_id>/", acts.place, name="place_order"),
    path("orders/<int:order_id>/", views.order, name="order"),
    path("orders/<int:order_id>/acts/<slug:act>/", acting.act, name="order_act"),
    path("orders/<int:order_id>/acts/<slug:act>/<int:about>/", acting.act, name="order_act_on"),
    path("orders/<int:order_id>/presence/", presence.presence, name="presence"),
    path("orders/<int:order_id>/dispatch/", acts.dispatch, name="dispatch_order"),
    path("orders/<int:order_id>/close/", acts.close, name="close_order"),
    path("orders/<int:order_id>/plan/", acts.plan, name="plan_order"),
    path("orders/<int:order_id>/withdraw/", acts.withdraw, name="withdraw_order"),
    path("orders/<int:order_id>/parts/<int:assignment_id>/accept/", acts.accept, name="accept_part"),
    path("orders/<int:order_id>/parts/<int:assignment_id>/return/", acts.give_back, name="return_part"),
    path("orders/<int:order_id>/parts/<int:assignment_id>/start/", acts.start, name="start_part"),
    path("orders/<int:order_id>/parts/<int:assignment_id>/complete/", acts.complete, name="complete_part"),
    path("orders/<int:order_id>/parts/<int:assignment_id>/recall/", acts.recall, name="recall_part"),
]
