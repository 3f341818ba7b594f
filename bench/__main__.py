"""`python -m bench`: the whole run, a table on the screen and the figures in a file."""

import argparse
import json
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.letters import LETTERS, lost_or_changed, measure_letters
from bench.measuring import measure_province
from bench.processes import ROOT
from bench.report import table

KEPT = ROOT / "bench" / "results.json"
BIG = 100


def main() -> int:
    """Measure the small and the big province; 1 when seats were oversold, a letter was lost, or a row answered wrongly."""
    wanted = _arguments()
    began = time.perf_counter()
    results: dict[str, Any] = {"at": time.strftime("%Y-%m-%d %H:%M"), "provinces": {}}
    for name, scale in (("small", 1), ("big", wanted.scale)):
        folder = Path(tempfile.mkdtemp(prefix=f"bench-{name}-"))
        try:
            results["provinces"][name] = measure_province(folder, scale, say=_say)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    _say(f"sending {LETTERS} letters …")
    results["letters"] = measure_letters()
    results["seconds"] = round(time.perf_counter() - began)
    wanted.json.write_text(json.dumps(results, indent=1, ensure_ascii=False), encoding="utf-8")
    base = json.loads(wanted.base.read_text(encoding="utf-8")) if wanted.base else None
    print(table(results, base))
    print(f"\nFigures: {wanted.json}")
    wrong = [*lost_or_changed(results["letters"])]
    wrong += [words for province in results["provinces"].values() for words in province["race"]["wrong"]]
    return 1 if wrong else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measures the running product.")
    parser.add_argument("--base", type=Path, help="figures of an earlier run to compare with")
    parser.add_argument("--json", type=Path, default=KEPT, help="where the figures go (%(default)s)")
    parser.add_argument("--scale", type=int, default=BIG, help="size of the big province (%(default)s)")
    return parser.parse_args()


def _say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
