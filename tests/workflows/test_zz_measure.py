import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import factories as make
from tests.workflows import firms
@pytest.mark.django_db
def test_q(client):
    case = make.verify(firms.resubmitted())
    client.force_login(make.make_user("approver"))
    with CaptureQueriesContext(connection) as c: r=client.get(f"/meja/kasus/{case.pk}/")
    print("REVIEW approver returned", len(c), len(r.content))
    o=make.make_user("officer"); client.force_login(o)
    for u in ("/meja/","/usaha/",f"/usaha/{case.vendor_id}/",f"/usaha/{case.vendor_id}/?part=work",f"/usaha/{case.vendor_id}/?part=sent",f"/usaha/{case.vendor_id}/?part=history","/surat/","/pesan/"):
        with CaptureQueriesContext(connection) as c: r=client.get(u)
        print(u,len(c),len(r.content))
