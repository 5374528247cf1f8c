"""Addresses of remarks, pasted chats and imports."""

from django.urls import path

from diancai.interfaces.web.remark import chat, imports, views

urlpatterns = [
    path("remarks/", views.remarks, name="remarks"),
    path("remarks/new/", views.new_remark, name="new_remark"),
    path("remarks/<int:remark_id>/", views.remark, name="remark"),
    path("remarks/<int:remark_id>/reveal/", views.reveal_remark, name="reveal_remark"),
    path("remarks/<int:remark_id>/withdraw/", views.withdraw, name="withdraw_remark"),
    path("remarks/<int:remark_id>/divert/", views.divert, name="divert_remark"),
    path("remarks/<int:remark_id>/give-back/", views.give_back, name="return_remark"),
    path("remarks/<int:remark_id>/photos/<int:photo_id>/", views.photo, name="remark_photo"),
    path("chat/", chat.chat, name="chat"),
    path("imports/", imports.imports, name="imports"),
    path("imports/template/", imports.template, name="remark_template"),
    path("imports/<int:batch_id>/", imports.one_import, name="import"),
    path("imports/<int:batch_id>/commit/", imports.commit, name="commit_import"),
    path("imports/<int:batch_id>/withdraw/", imports.withdraw, name="withdraw_import"),
    path("imports/<int:batch_id>/rows/<int:number>/mend/", imports.mend, name="mend_row"),
    path("imports/<int:batch_id>/rows/<int:number>/skip/", imports.skip, name="skip_row"),
]
