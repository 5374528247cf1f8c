"""Addresses of orders."""

from django.urls import path

from diancai.interfaces.web.order import acts, views

urlpatterns = [
    path("board/", views.board, name="board"),
    path("orders/", views.orders, name="orders"),
    path("orders/export/", views.export, name="export_orders"),
    path("orders/for-need/<int:need_id>/", acts.place, name="place_order"),
    path("orders/<int:order_id>/", views.order, name="order"),
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
