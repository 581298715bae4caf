"""제공기관: look one up, keep the entries, take a list in."""

from __future__ import annotations

from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for

from app.access.permissions import Permission
from app.core import clock
from app.core.errors import RuleBroken, StaleRecord
from app.core.tables.reading import read_table
from app.core.tables.rows import TableLimits
from app.extensions import db
from app.providers import queries, service
from app.providers.forms import ProviderForm, ProviderListForm, provider_filter
from app.providers.models import Provider
from app.providers.rules import NeedItem, ProviderKind, read_providers
from app.providers.views.blueprint import blueprint, provider_from_url
from app.web.security import current_identity, requires

LIMITS = TableLimits(max_bytes=2_000_000, max_unpacked_bytes=20_000_000, max_rows=5_000, max_cells=200_000)
MOST_SHOWN = 200


@blueprint.get("/providers")
@requires(Permission.SEE_PROVIDERS)
def list_providers() -> Any:
    """Who can help, narrowed by what is typed, by kind and by need."""
    wanted = provider_filter(request.args)
    found = queries.list_providers(db.session, current_identity().district_id, wanted)
    return render_template(
        "providers/list.html", providers=found[:MOST_SHOWN], found=len(found), wanted=wanted, kinds=list(ProviderKind),
        needs=list(NeedItem),
    )  # fmt: skip


@blueprint.route("/providers/new", methods=["GET", "POST"])
@requires(Permission.KEEP_PROVIDERS)
def add_provider() -> Any:
    """Put somebody into the directory."""
    form = ProviderForm(data={"kind": ProviderKind.PRIVATE.value})
    if form.validate_on_submit() and form.carries_out(
        lambda: service.add_provider(db.session, form.to_details(), actor=current_identity(), now=clock.now())
    ):
        flash("제공기관을 등록했습니다.", "ok")
        return redirect(url_for("providers.list_providers"))
    return make_response(render_template("providers/entry.html", form=form, provider=None), form.status)


@blueprint.route("/providers/<int:provider_id>", methods=["GET", "POST"])
@requires(Permission.KEEP_PROVIDERS, provider_from_url)
def change_provider(provider: Provider) -> Any:
    """One entry, to be put right."""
    form = ProviderForm(data=_written(provider))
    if form.validate_on_submit() and form.carries_out(lambda: _change(provider, form)):
        flash("고쳤습니다.", "ok")
        return redirect(url_for("providers.list_providers"))
    if isinstance(form.broken, StaleRecord):
        form.open_again(provider.version, clock.now())
    return make_response(render_template("providers/entry.html", form=form, provider=provider), form.status)


def _change(provider: Provider, form: ProviderForm) -> None:
    service.change_provider(
        db.session, provider, form.to_details(), version=form.opened_version, actor=current_identity(), now=clock.now()
    )


def _written(provider: Provider) -> dict[str, Any]:
    plain = {name: getattr(provider, name) for name in ("name", "needs", "phone", "fax", "address", "contact", "note")}
    return plain | {
        "kind": provider.kind.value, "services": ", ".join(provider.services), "version": str(provider.version)
    }  # fmt: skip


@blueprint.post("/providers/<int:provider_id>/end")
@requires(Permission.KEEP_PROVIDERS, provider_from_url)
def end_provider(provider: Provider) -> Any:
    """Take an entry out; the news says how to take that back."""
    service.end_provider(db.session, provider, actor=current_identity(), now=clock.now())
    undo = url_for("providers.restore_provider", provider_id=provider.id)
    flash({"text": f"{provider.name}: 목록에서 뺐습니다.", "undo_url": undo, "version": ""}, "ok")  # type: ignore[arg-type]
    return redirect(url_for("providers.list_providers"))


@blueprint.post("/providers/<int:provider_id>/restore")
@requires(Permission.KEEP_PROVIDERS, provider_from_url)
def restore_provider(provider: Provider) -> Any:
    """Bring an entry back."""
    try:
        service.restore_provider(db.session, provider, actor=current_identity(), now=clock.now())
        flash("목록에 다시 넣었습니다.", "ok")
    except RuleBroken as broken:
        flash(broken.text, "warn")
    return redirect(url_for("providers.list_providers"))


@blueprint.route("/providers/import", methods=["GET", "POST"])
@requires(Permission.KEEP_PROVIDERS)
def import_providers() -> Any:
    """A list of providers out of a file; what could not be taken is named row by row."""
    form = ProviderListForm()
    imported = None
    if form.validate_on_submit() and form.carries_out(lambda: _import(form)):
        imported = form.outcome
    page = render_template("providers/import.html", form=form, imported=imported)
    return make_response(page, form.status)


def _import(form: ProviderListForm) -> Any:
    rows = read_providers(read_table(form.file.data.read(), limits=LIMITS))
    return service.import_providers(db.session, rows, actor=current_identity(), now=clock.now())
