"""`python -m kstthc_training.serve`: what is asked for, and the plain words when it cannot be done."""

import argparse
import sys
from collections.abc import Sequence
from time import monotonic

from kstthc_training import config
from kstthc_training.serve.listening import NotListening, listening_address
from kstthc_training.serve.tree import Tree, work_alone

REFUSED = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until told to end; 0 after an ordinary end, 2 when settings or address are refused, 1 after a failure."""
    began = monotonic()
    wanted = _parser().parse_args(arguments)
    try:
        settings = config.load()
        settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        address = None if wanted.worker_only else listening_address(settings.host, settings.port)
    except (config.SettingsRefused, NotListening) as refusal:
        print(refusal, file=sys.stderr)
        return REFUSED
    except OSError as error:
        print(f"Không dùng được {error.filename}: {error.strerror}.", file=sys.stderr)
        return REFUSED
    if address is None:
        return work_alone(settings)
    return Tree(settings, address, with_worker=not wanted.no_worker, began=began).run()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m kstthc_training.serve",
        description="Chạy Lịch họp: các tiến trình trả lời trang và tiến trình nền (gửi thư, làm việc để sau).",
    )
    parts = parser.add_mutually_exclusive_group()
    parts.add_argument("--no-worker", action="store_true", help="chỉ trả lời trang; tiến trình nền chạy ở máy khác")
    parts.add_argument("--worker-only", action="store_true", help="chỉ chạy tiến trình nền")
    return parser
