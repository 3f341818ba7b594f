"""Starting, watching and ending the processes."""

import signal
import sys
import time
from collections.abc import Sequence
from functools import partial
from multiprocessing import get_context, set_start_method
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from threading import Event, Thread
from typing import Any

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from kstthc_training.config import Config
from kstthc_training.serve.children import READY, Report, prepare_and_work, stop_on_signals, web_application
from kstthc_training.serve.listening import answers, reachable
from kstthc_training.serve.words import greeting

SECONDS_TO_END = 8  # for answers that are being written; what then still runs is cut
PAUSE = 1.0  # seconds before something that ended by itself is started again
FAILED, REFUSED = 1, 2


class Tree:
    """The process that holds the others: pages by Granian, and beside them one that prepares the database and then works."""

    def __init__(self, settings: Config, address: str, *, with_worker: bool, began: float) -> None:
        self._settings, self._address, self._with_worker, self._began = settings, address, with_worker, began
        self._gate, self._gate_key = get_context("spawn").Pipe(duplex=False)
        self._stopping, self._answered = Event(), Event()
        self._granian: Any = None
        self._worker: SpawnProcess | None = None
        self._exit_code = 0

    def run(self) -> int:
        """Serve until a signal says to end; within ten seconds of it nothing is left running."""
        set_start_method("spawn", force=True)
        self._heed_signals()
        keeper = Thread(target=self._keep_worker, daemon=True)
        keeper.start()
        try:
            self._keep_pages()
        finally:
            self._end()
            keeper.join(SECONDS_TO_END)
            if self._worker is not None and self._worker.is_alive():
                self._worker.kill()
        return self._exit_code

    def _heed_signals(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, lambda *_: self._end())

    def _end(self) -> None:
        self._stopping.set()
        if self._granian is not None:
            self._granian.signal_handler_interrupt()
        if self._worker is not None and self._worker.is_alive():
            self._worker.terminate()

    def _keep_pages(self) -> None:
        while not self._stopping.is_set():
            self._granian = self._new_granian()
            try:
                self._granian.serve(target_loader=partial(web_application, self._settings, self._gate), wrap_loader=False)
            except SystemExit:  # its processes end again and again
                if not self._answered.is_set():
                    self._fail("Chương trình không trả lời được; lý do ở trên.", FAILED)
            self._stopping.wait(PAUSE)

    def _new_granian(self) -> Any:
        granian = Granian(
            "kstthc_training",
            address=self._address,
            port=self._settings.port,
            interface=Interfaces.WSGI,
            workers=self._settings.web_workers,
            blocking_threads=self._settings.web_threads,
            respawn_failed_workers=True,
            workers_kill_timeout=SECONDS_TO_END,
            websockets=False,
            log_level=LogLevels.warning,
        )
        granian.on_startup(self._take_signals_back)
        return granian

    def _take_signals_back(self) -> None:
        """Granian would reload when the terminal closes, and does not know the worker."""
        self._heed_signals()
        if self._stopping.is_set():
            self._end()

    def _keep_worker(self) -> None:
        while not self._stopping.is_set():
            report, says = get_context("spawn").Pipe(duplex=False)
            self._worker = get_context("spawn").Process(
                target=prepare_and_work, args=(self._settings, says, self._with_worker), name="worker"
            )
            self._worker.start()
            says.close()
            if self._stopping.is_set():
                self._worker.terminate()
            is_prepared = self._hear(report)
            self._worker.join()
            if is_prepared and not self._with_worker:
                return
            self._stopping.wait(PAUSE)

    def _hear(self, report: Connection) -> bool:
        try:
            heard: Report = report.recv()
        except EOFError:
            heard = ("lost", "Không chuẩn bị được cơ sở dữ liệu; lý do ở trên.")
        if heard[0] == READY:
            self._open(heard[1])
        elif not self._gate_key.closed and not self._stopping.is_set():
            self._fail(heard[1], FAILED if heard[0] == "lost" else REFUSED)
        return heard[0] == READY

    def _open(self, accounts: Sequence[tuple[str, str, str]]) -> None:
        if not self._gate_key.closed:
            self._gate_key.close()
            Thread(target=self._greet, args=(accounts,), daemon=True).start()

    def _greet(self, accounts: Sequence[tuple[str, str, str]]) -> None:
        while not answers(reachable(self._address).strip("[]"), self._settings.port):
            if self._stopping.wait(0.02):
                return
        self._answered.set()
        print(greeting(self._settings, accounts, time.monotonic() - self._began), flush=True)

    def _fail(self, why: str, exit_code: int) -> None:
        print(why, file=sys.stderr, flush=True)
        self._exit_code = exit_code
        self._end()


def work_alone(settings: Config) -> int:
    """Be the worker and nothing else, in this process, until a signal says to end."""
    from kstthc_training.outbox.worker import work
    from kstthc_training.serve.preparation import NotPrepared, prepared_application

    stopping = stop_on_signals()
    try:
        app, _ = prepared_application(settings)
    except NotPrepared as refusal:
        print(refusal, file=sys.stderr)
        return REFUSED
    print("Tiến trình nền đang chạy. Dừng: Ctrl-C.", flush=True)
    work(app, stopping)
    return 0
