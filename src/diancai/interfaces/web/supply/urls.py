"""Addresses of offers and supply lists."""

from django.urls import path

from diancai.interfaces.web.supply import editions, imports, views

urlpatterns = [
    path("offers/", views.offers, name="offers"),
    path("offers/new/", views.new_offer, name="new_offer"),
    path("offers/<int:offer_id>/", views.offer, name="offer"),
    path("offers/<int:offer_id>/edit/", views.edit_offer, name="edit_offer"),
    path("offers/<int:offer_id>/assure/", views.assure, name="assure_offer"),
    path("offers/<int:offer_id>/withdraw/", views.withdraw, name="withdraw_offer"),
    path("offer-imports/", imports.imports, name="offer_imports"),
    path("offer-imports/template/", imports.template, name="offer_template"),
    path("offer-imports/<int:batch_id>/", imports.one_import, name="offer_import"),
    path("offer-imports/<int:batch_id>/commit/", imports.commit, name="commit_offers"),
    path("offer-imports/<int:batch_id>/withdraw/", imports.withdraw, name="withdraw_offers"),
    path("offer-imports/<int:batch_id>/rows/<int:number>/mend/", imports.mend, name="mend_offer_row"),
    path("supply-lists/", editions.editions, name="supply_lists"),
    path("supply-lists/draft/", editions.draft, name="draft_supply"),
    *editions.SUPPLY.urls(),
    path("supply-lists/<int:edition_id>/excel/", editions.download, name="supply_excel"),
]
