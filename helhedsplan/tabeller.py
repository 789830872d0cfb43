"""Tables of a page: ordered and turned by what stands in the address."""

from django_tables2 import RequestConfig, Table


def vis(request, tabel: Table, pr_side: int) -> Table:
    """Order and page a table as the address says (`?sort=`, `?page=`). What names no column that can be ordered is as
    if it were not there, and how many stand on a page is the page's own to say."""
    kendte = {navn for navn, kolonne in tabel.columns.items() if kolonne.orderable}
    if not {navn.removeprefix("-") for navn in request.GET.getlist(tabel.prefixed_order_by_field)} <= kendte:
        tabel.order_by_field = "uden-orden"  # no address has that
    tabel.per_page_field = "uden-antal"
    RequestConfig(request, paginate={"per_page": pr_side}).configure(tabel)
    return tabel
