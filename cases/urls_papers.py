"""Addresses of papers, included by the addresses of the cases room."""

from django.urls import path

from cases.views import papers

urlpatterns = [
    path("cases/<str:number>/papers/new/", papers.issue, name="issue"),
    path("cases/<str:number>/papers/new/pages/", papers.issue_pages, name="issue_pages"),
    path("cases/<str:number>/papers/<uuid:key>/", papers.document, name="document"),
    path("cases/<str:number>/papers/<uuid:key>/pages/", papers.document_pages, name="document_pages"),
    path("cases/<str:number>/papers/<uuid:key>/again/", papers.document_render, name="document_render"),
    path("cases/<str:number>/papers/<uuid:key>/<str:kind>", papers.document_file, name="document_file"),
    path("cases/<str:number>/services/<uuid:key>/", papers.serve, name="serve"),
    path("cases/<str:number>/services/<uuid:key>/return/", papers.service_return, name="service_return"),
    path("cases/<str:number>/services/<uuid:key>/proof/", papers.service_proof, name="service_proof"),
]
