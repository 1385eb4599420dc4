"""The queue with its workers, its broker and its database killed for real: nothing lost, nothing done twice."""

import dataclasses
import os
import random
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

import psutil
import psycopg
import pytest

from tests import tcp
from tests.chaos import history
from workbench.runner import paths, postgres, valkey
from workbench.runner.supervisor import _privileged

TREES = 3
DEADLINE = 150  # it ends as soon as all is done
FROZEN = 6  # seconds: longer than a lease
EFFECTS = "select key, count(e.id) from chaos_job j left join chaos_effect e on e.job_id = j.id group by key"


@dataclass(frozen=True)
class Plan:
    """How much is asked of a desk, and when its servers die, in seconds after the start."""

    jobs: int  # each makes another: twice as many effects
    asking: int  # seconds over which the jobs are asked for
    broker_dies: int
    database_dies: int
    peace: int


class Desk:
    """Servers, workers, clock and client of one run, each of which can be killed."""

    hosts = ["one"]  # the machines on which workers run

    def __init__(self, var):
        self.var = var
        self.children = {}
        self.kills = dict.fromkeys(["child", "frozen", "tree", "broker", "database"], 0)
        self.frozen = []
        self.environment = {
            **os.environ,
            "WORKBENCH_VAR": str(var),
            "DATABASE_URL": self.database_url(),
            "REDIS_URL": self.redis_url(),
            "DJANGO_SETTINGS_MODULE": "tests.chaos.settings",
            "CHAOS_HISTORY": str(var / "history"),
            "CELERY_SKIP_CHECKS": "1",  # of a house without its upper floors
            "PYTHONWARNINGS": "ignore",
        }

    def database_url(self):
        return paths.database_url(self.var)

    def redis_url(self):
        return paths.redis_url(self.var)

    def database(self, settings):
        postgres.prepare(self.var)
        return postgres.program(self.var, settings)

    def create_database(self):
        postgres.create_database(self.var)

    def broker(self, *options):
        valkey.prepare(self.var)
        program = valkey.program(self.var)
        return dataclasses.replace(program, command=[*program.command, *options])

    def broker_answers(self):
        return valkey.is_ready(self.var)

    def start_server(self, program, is_ready):
        command = [*_privileged(program), *program.command]
        self._spawn(program.name, command, env=program.environment, cwd=program.folder)
        while not is_ready():
            sleep(0.05)

    def start_database(self):
        # A killed server may lose what the kernel has not written, not what it promised to keep: commits wait.
        self.start_server(self.database({"fsync": "off"}), lambda: postgres.is_ready(self.var))

    def start_broker(self):
        """Start a broker that forgets everything when it is killed."""
        self.start_server(self.broker("--appendonly", "no"), self.broker_answers)

    def start_python(self, name, *arguments, host="one"):
        folder = {"WORKBENCH_VAR": str(self.var / host)}
        self._spawn(name, [sys.executable, *arguments], env=self.environment | folder, cwd=paths.ROOT)

    def start_worker(self, number):
        options = ["--pool=prefork", "--concurrency=2", "--loglevel=WARNING", f"--hostname=tree{number}@chaos"]
        quick = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
        command = ["-m", "celery", "--quiet", "--app=tests.chaos.celery", "worker", *options, *quick]
        self.start_python(f"tree{number}", *command, host=self.hosts[number % len(self.hosts)])

    def start_clocks(self):
        """Start a clock on each machine: one is enough, and more must do no harm."""
        for host in self.hosts:
            command = ["-m", "celery", "--quiet", "--app=tests.chaos.celery", "beat", "--pidfile="]
            self.start_python(f"clock-{host}", *command, host=host)

    def _spawn(self, name, command, **how):
        with (self.var / f"{name}.log").open("ab") as log:
            self.children[name] = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, **how
            )

    def kill(self, name):
        """Kill a program with all it has started, none of which gets to know."""
        with suppress(psutil.NoSuchProcess):
            leader = psutil.Process(self.children[name].pid)
            for process in [leader, *leader.children(recursive=True)]:
                with suppress(psutil.NoSuchProcess):
                    process.kill()
        self.children.pop(name).wait()

    def mend(self):
        """Start workers that have ended anew, as the supervisor does: Celery ends when its pool dies at its start."""
        for number in range(TREES):
            if self.children[f"tree{number}"].poll() is not None:
                self.kill(f"tree{number}")
                self.start_worker(number)

    def harm_a_worker(self):
        """Kill or freeze one process of a pool, or sometimes kill a worker with its whole pool."""
        number = random.randrange(TREES)
        pool = psutil.Process(self.children[f"tree{number}"].pid).children()
        frozen = {process for _since, process in self.frozen}
        awake = [process for process in pool if process not in frozen]
        if not awake:  # or it is still starting
            return
        harm = random.choices(["child", "frozen", "tree"], [7, 4, 2 if awake == pool else 0])[0]
        self.kills[harm] += 1
        if harm == "tree":
            self.kill(f"tree{number}")
            self.start_worker(number)
        elif harm == "child":
            random.choice(awake).kill()
        else:
            at_work = history.at_work(self.var / "history")
            process = random.choice([process for process in awake if process.pid in at_work] or awake)
            process.suspend()
            self.frozen.append((monotonic(), process))

    def thaw(self):
        """Let go on what was frozen for longer than a lease, and finds its row taken by another."""
        for since, process in list(self.frozen):
            if monotonic() - since > FROZEN:
                self.frozen.remove((since, process))
                with suppress(psutil.NoSuchProcess):
                    process.resume()

    def kill_the_broker(self):
        self.kill("valkey")
        self.kills["broker"] += 1
        sleep(1)
        self.start_broker()

    def kill_the_database(self):
        self.kill("postgres")
        self.kills["database"] += 1
        sleep(1)
        self.start_database()

    def ask(self, question):
        with psycopg.connect(self.database_url().replace("postgres://", "postgresql://")) as connection:
            return connection.execute(question).fetchall()


class DeskOfMachines(Desk):
    """Workers and clocks on two machines, which share nothing but servers that they reach over TCP."""

    hosts = ["one", "two"]

    def __init__(self, var):
        (self.address,) = tcp.addresses(1)
        super().__init__(var)

    def database_url(self):
        return tcp.database_url(self.address)

    def redis_url(self):
        return tcp.redis_url(self.address)

    def database(self, settings):
        return tcp.database(self.var, self.address, settings)

    def create_database(self):
        tcp.create_database(self.var)

    def broker(self, *options):
        return tcp.broker(self.var, self.address, *options)

    def broker_answers(self):
        return tcp.broker_answers(self.address)


@contextmanager
def desk_at_work(desk, plan):
    var = desk.var
    try:
        desk.start_database()
        desk.start_broker()
        desk.create_database()
        command = [sys.executable, "manage.py", "migrate", "--run-syncdb", "--skip-checks", "--verbosity=0"]
        subprocess.run(command, env=desk.environment, cwd=paths.ROOT, check=True)
        for number in range(TREES):
            desk.start_worker(number)
        desk.start_clocks()
        desk.start_python("client", "-m", "tests.chaos.client", str(plan.jobs), str(plan.asking))
        while not (var / "history").exists() or ("ok", "job-0") not in history.read(var / "history"):
            sleep(0.1)
        yield desk
    finally:
        for name in list(desk.children):
            desk.kill(name)


def torment(desk, plan, start):
    """Harm a worker every half second, and kill the broker once and the database once."""
    waiting = [(plan.broker_dies, desk.kill_the_broker), (plan.database_dies, desk.kill_the_database)]
    while (now := monotonic() - start) < plan.peace:
        if waiting and now > waiting[0][0]:
            waiting.pop(0)[1]()
        desk.harm_a_worker()
        desk.thaw()
        desk.mend()
        sleep(random.uniform(0.3, 0.8))


def await_the_last_job(desk, plan, start):
    done = "select count(*) from chaos_job where due_at is null and leased_until is null"
    while desk.ask(done) != [(2 * plan.jobs,)] and monotonic() - start < DEADLINE:
        desk.mend()
        desk.thaw()
        sleep(0.2)
    return monotonic() - start


@pytest.fixture
def var():
    """A data folder whose path is short enough for sockets, unlike those of pytest."""
    folder = Path(tempfile.mkdtemp(prefix="workbench-chaos-"))
    yield folder
    shutil.rmtree(paths.socket_folder(folder), ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.long
@pytest.mark.parametrize(
    ("kind", "plan"),
    [
        (Desk, Plan(jobs=300, asking=12, broker_dies=4, database_dies=9, peace=16)),
        (DeskOfMachines, Plan(jobs=160, asking=6, broker_dies=3, database_dies=6, peace=10)),
    ],
)
def test_work_survives_the_death_of_workers_broker_and_database(kind, plan, var, capsys):
    random.seed(20241130)  # what happens first; what it hits depends on the machine

    with desk_at_work(kind(var), plan) as desk:
        start = monotonic()
        torment(desk, plan, start)
        seconds = await_the_last_job(desk, plan, start)
        jobs = dict(desk.ask(EFFECTS))
        troubles = desk.ask("select key, trouble from chaos_job where trouble <> '' or due_at is not null")

    done = history.read(var / "history")
    asked = {key for what, key in done if what == "asked"}
    expected = asked | {f"{key}-next" for key in asked}
    cut_off = sum(number for (what, _), number in done.items() if what == "invoke") - 2 * plan.jobs
    with capsys.disabled():
        sys.stdout.write(f" {figures(jobs, expected, done, seconds)} {desk.kills} steps cut off: {cut_off} ")
    assert (len(asked), jobs.keys(), troubles) == (plan.jobs, expected, [])
    assert set(jobs.values()) == {1}
    assert {n for (what, _key), n in done.items() if what == "ok"} == {1}
    assert cut_off > 0


def figures(jobs, expected, done, seconds):
    return {
        "jobs": len(expected),
        "seconds": round(seconds, 1),
        "messages": done["message", ""],
        "lost": sum(jobs.get(key, 0) == 0 for key in expected),
        "doubled": sum(effects > 1 for effects in jobs.values()),
    }
