"""Rows per second of the list import up to the database, stage by stage, beside bare csv.reader in the same run.

Run from the root: `.venv/bin/python tests/benchmarks/list_parsing.py [rows]`. Prints figures, asserts nothing.
"""

from __future__ import annotations

import csv
import io
import random
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

from app.core.tables.reading import read_table
from app.core.tables.rows import Table
from app.core.tables.writing import write_xlsx
from app.discoveries.rules import CrisisCodes, Reference, crisis_codes_from, judge_list

ROUNDS = 5
SEED = Path(__file__).parents[2] / "seed_data"
HEADING = (
    "연번", "성명", "생년월일", "성별", "전화번호", "행정동", "도로명주소", "상세주소", "위기정보", "체납개월수",
    "이전발굴횟수", "비고",
)  # fmt: skip
SURNAMES, SYLLABLES = "김이박최정강조윤장임한오서신권황안송류홍", "가나다라마바사아자차하거너더러머버서어영순희수진"
BIRTHS = ("%Y-%m-%d", "%Y.%m.%d", "%Y%m%d", "%Y. %m. %d.")
Result = TypeVar("Result")


def invented_list(rows: int, codes: CrisisCodes) -> list[tuple[str, ...]]:
    """So many people, all different, one in a hundred of them unreadable; the same ones on every run."""
    chance = random.Random(2026)
    labels = [code.label for code in codes.codes]
    return [HEADING, *(_person(number, chance, labels) for number in range(1, rows + 1))]


def _person(number: int, chance: random.Random, labels: list[str]) -> tuple[str, ...]:
    born_on = date(chance.randint(1930, 2000), chance.randint(1, 12), chance.randint(1, 28))
    months = "석달" if number % 100 == 0 else str(chance.randint(0, 14))
    return (
        str(number), chance.choice(SURNAMES) + "".join(chance.choices(SYLLABLES, k=2)),
        born_on.strftime(chance.choice(BIRTHS)), chance.choice("남여"),
        f"010-0{chance.randint(100, 999)}-{chance.randint(1000, 9999)}", chance.choice(("가람동", "나래동", "다솜동")),
        f"한빛구 다솜로{chance.randint(1, 30)}번길 {chance.randint(1, 200)}",
        f"{chance.randint(101, 111)}동 {chance.randint(101, 1999)}호",
        ", ".join(chance.sample(labels, chance.randint(1, 4))), months, str(chance.randint(0, 8)), "",
    )  # fmt: skip


def timed(name: str, rows: int, work: Callable[[], Result]) -> Result:
    """Print the best of some rounds in rows per second of processor time (other processes share the machine)."""
    best = float("inf")
    for _ in range(ROUNDS):
        started = time.process_time()
        result = work()
        best = min(best, time.process_time() - started)
    print(f"{name:<42}{rows / best:>12,.0f} rows/s{best * 1e6 / rows:>9.1f} µs/row")
    return result


def main() -> None:
    """Measure each stage on the same list."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 30_000
    codes = crisis_codes_from((SEED / "crisis_codes.json").read_text("utf-8"))
    reference = Reference(today=date(2026, 11, 22), dongs=("가람동", "나래동", "다솜동"), crises=codes)
    listed = invented_list(rows, codes)
    out = io.StringIO(newline="")
    csv.writer(out).writerows(listed)
    text, cp949, xlsx = out.getvalue(), out.getvalue().encode("cp949"), write_xlsx(listed, sheet="6차")
    timed("csv.reader alone", rows, lambda: list(csv.reader(io.StringIO(text, newline=""))))
    table: Table = timed("read_table, CSV in CP949", rows, lambda: read_table(cp949))
    timed("read_table, XLSX (measured, then read)", rows, lambda: read_table(xlsx))
    timed("judge_list", rows, lambda: judge_list(table.rows, reference))
    timed("CSV to result", rows, lambda: judge_list(read_table(cp949).rows, reference))
    timed("XLSX to result", rows, lambda: judge_list(read_table(xlsx).rows, reference))
    print(*judge_list(table.rows, reference).summary(), sep="\n")


if __name__ == "__main__":
    main()
