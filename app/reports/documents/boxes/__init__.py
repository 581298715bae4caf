"""Boxed forms (서식): shaded names beside boxes, filled in by the program or left empty for the hand.

A paper opens a `BoxedForm` on its flow and puts one block below the other. With `by_hand` the very same calls draw
the empty form: each box has room to write in, choices stand unticked, and no box says a word for «empty».

    flow = open_paper(facts.letterhead, PORTRAIT)
    form = form_of(flow, facts)
    with form.block("대상 가구") as rows:
        rows.pair("관리번호", facts.number, "대표자", facts.name)
        rows.wide("주소", facts.address)
        rows.choice("방법", facts.ways)               # ■ 내방  □ 전화  □ 방문
        rows.prose("상담 내용", facts.told, lines=6)  # flows over pages; six empty lines by hand
    form.listing("제공 서비스", columns, rows, hand_rows=4)  # head again on every page
    form.signing((Signer("작성자", "최은서"), Signer("대상자", "김순자", facts.signature)))
    return close_paper(flow, facts, subject=facts.number)

The 결재란 belongs to the letterhead (`approvals`). Facts of such a paper extend `rules.boxed.FormFacts`.
"""

from app.reports.documents.boxes.form import BoxedForm, Rows, form_of
from app.reports.documents.boxes.household import put_household
from app.reports.documents.boxes.signing import Signer, put_signing, strokes_of

__all__ = ["BoxedForm", "Rows", "Signer", "form_of", "put_household", "put_signing", "strokes_of"]
