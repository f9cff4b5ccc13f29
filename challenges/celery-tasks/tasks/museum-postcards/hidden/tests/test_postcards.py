"""Judges app and worker by HTTP, by what the print house has logged, and by what stands in our Redis.

A test is in the middle of a task for certain: the print house holds a call until the test lets it go. Where something
must not happen, a right solution never lets it; the waiting only gives a wrong one the time to show its mistake.
"""

import base64
import json
import re
import time
from uuid import uuid4

import pytest

LOG, PLAN = "/tmp/press.log", "/tmp/press.plan"
DISK_LOG, DISK_STATE = "/tmp/disk.log", "/tmp/disk.state"
SOON = 15  # seconds, here and below: more than the brief allows
A_CALL_LATER = 30
ALL_CALLS = 45
AFTER_A_KILL = 30
REDELIVERY = 2  # seconds
MOST_CALLS = 5
CENTS = 120


class Press:
    """What the print house was asked and has printed, and what it is to do."""

    def __init__(self, files):
        self._files = files

    def plan(self, words):
        """A word for the first call, the second and so on."""
        self._files.write(PLAN, words.encode())

    def _lines(self):
        try:
            text = self._files.read(LOG).decode()
        except FileNotFoundError:
            return []
        return [json.loads(line) for line in text.splitlines(keepends=True) if line.endswith("\n")]

    @property
    def calls(self):
        return [line for line in self._lines() if "called" in line]

    @property
    def printed(self):
        """The references of the cards that were printed."""
        return {line["printed"] for line in self._lines() if "printed" in line}


class Visitor:
    """A member of the museum, who joins on creation, and their postcards."""

    def __init__(self, client, seed):
        self.client = client
        self._seed = seed
        response = client.post("/members", json={"name": seed.name()})
        assert response.status_code == 201
        self.id = response.json["id"]

    def card(self):
        """What a new postcard says."""
        return {"member": self.id, "recipient": self._seed.name(), "text": self._seed.title()}

    def send(self, card=None):
        """A postcard that is taken; gives its id."""
        response = self.client.post("/postcards", json=card or self.card())
        assert response.status_code == 202
        return response.json["id"]

    def show(self, postcard):
        response = self.client.get(f"/postcards/{postcard}")
        assert response.status_code == 200
        return response.json

    def status(self, postcard):
        return self.show(postcard)["status"]

    @property
    def charged(self):
        """The postcards that were charged."""
        response = self.client.get(f"/members/{self.id}")
        assert response.status_code == 200
        assert all(charge["cents"] == CENTS for charge in response.json["charges"])
        return [charge["postcard"] for charge in response.json["charges"]]


class Queue:
    """The messages that wait in Redis, whatever the queue is called."""

    def __init__(self, redis):
        self._redis = redis

    def _keys(self, kind):
        keys = self._redis.execute("KEYS", "*")
        return [key for key in keys if self._redis.execute("TYPE", key) == kind]

    @property
    def messages(self):
        """``(key, message)`` of each that no worker has taken."""
        return [(key, item) for key in self._keys(b"list") for item in self._redis.execute("LRANGE", key, 0, -1)]

    @property
    def taken(self):
        """How many a worker has taken and not acknowledged."""
        return sum(self._redis.execute("HLEN", key) for key in self._keys(b"hash") if key.endswith(b"unacked"))

    def deliver_again(self, messages):
        """Puts copies of messages into their queues, as after a broken connection."""
        for key, item in messages:
            message = json.loads(item)
            message["properties"]["delivery_tag"] = str(uuid4())
            self._redis.execute("LPUSH", key, json.dumps(message))


@pytest.fixture(autouse=True)
def steered(environment):
    """Every app and worker of a test logs its calls, and can be held up."""
    environment.update(PRESS_LOG=LOG, PRESS_PLAN=PLAN, DISK_LOG=DISK_LOG, DISK_STATE=DISK_STATE)


@pytest.fixture
def press(files):
    return Press(files)


@pytest.fixture
def queue(redis):
    return Queue(redis)


@pytest.fixture
def visitor(client, seed):
    return Visitor(client, seed)


@pytest.fixture
def soon(eventually):
    return lambda condition, seconds=SOON: eventually(condition, seconds=seconds)


@pytest.mark.check("done-by-the-worker", concept="thread-or-queue")
def test_nothing_is_done_without_a_worker(visitor, press, queue, start, soon, eventually, symptom):
    """Without a worker a postcard waits in Redis and nothing is printed; a worker that comes later prints it."""
    postcard = visitor.send()
    assert not eventually(lambda: press.calls, seconds=2), symptom("done-in-the-app")
    assert visitor.status(postcard) == "waiting"
    assert visitor.show(postcard)["tracking"] is None
    assert queue.messages, symptom("nothing-in-redis")
    start("worker")
    assert soon(lambda: visitor.status(postcard) == "printed")


@pytest.mark.check("printed-and-charged", concept="task-context")
def test_postcards_are_printed_as_they_were_written(visitor, seed, press, start, soon):
    """The worker has each postcard printed with its recipient and text, and charges it to its member once."""
    start("worker")
    cards = [visitor.card() for _ in range(seed.integer(2, 3))]
    other = Visitor(visitor.client, seed)
    postcards = [visitor.send(card) for card in cards]
    assert soon(lambda: all(visitor.status(postcard) == "printed" for postcard in postcards))
    written = {(card["recipient"], card["text"]) for card in cards}
    assert {(call["recipient"], call["text"]) for call in press.calls} == written
    assert len(press.printed) == len(cards)
    tracking = [visitor.show(postcard)["tracking"] for postcard in postcards]
    assert all(tracking)
    assert len(set(tracking)) == len(cards)
    assert sorted(visitor.charged) == sorted(postcards)
    assert other.charged == []


@pytest.mark.check("answer-at-once", concept="eager-testing")
def test_the_answer_does_not_wait_for_the_work(live, seed, press, start, at_once, eventually, soon, symptom):
    """A postcard is taken while the print house still works on it, and is waiting until it is printed."""
    visitor = Visitor(live().client(), seed)
    press.plan("hold")
    start("worker")
    answered = []

    def send():
        postcard = visitor.send()
        answered.append(postcard)
        return postcard

    def let_go_if_it_waits():
        try:
            assert soon(lambda: press.calls)
            return not eventually(lambda: answered, seconds=5)
        finally:
            if not answered:
                press.plan("print")

    postcard, waited = at_once(send, let_go_if_it_waits)
    assert not waited, symptom("answer-waits")
    assert visitor.status(postcard) == "waiting"
    assert visitor.charged == []
    press.plan("print")
    assert soon(lambda: visitor.status(postcard) == "printed")


@pytest.mark.check("others-go-on", concept="queues-and-workers")
def test_one_call_holds_up_nobody(live, seed, press, start, soon, symptom):
    """While the print house works on one postcard, others are taken, changed, printed and charged."""
    visitor = Visitor(live().client(), seed)
    press.plan("hold print")
    start("worker")
    slow = visitor.send()
    assert soon(lambda: press.calls)
    card = visitor.card()
    response = in_time(lambda: visitor.client.post("/postcards", json=card))
    assert response is not None, symptom("writes-are-blocked")
    assert response.status_code == 202, symptom("writes-are-blocked")
    quick = response.json["id"]
    change = in_time(lambda: visitor.client.patch(f"/postcards/{slow}", json={"text": seed.title()}))
    assert change is not None, symptom("writes-are-blocked")
    assert change.status_code == 200, symptom("writes-are-blocked")
    assert soon(lambda: visitor.status(quick) == "printed")
    assert visitor.charged == [quick]
    assert visitor.status(slow) == "waiting"
    press.plan("print")
    assert soon(lambda: visitor.status(slow) == "printed")


def in_time(ask):
    """What ``ask()`` gives, or None where no answer comes: a write can wait for a lock longer than a client does."""
    try:
        return ask()
    except TimeoutError:
        return None


@pytest.mark.check("private-messages", concept="task-message")
def test_redis_learns_nothing_of_a_postcard(visitor, redis, queue, start, soon, symptom):
    """Messages are JSON, and neither a recipient nor a text is ever sent to Redis."""
    cards = [visitor.card() for _ in range(2)]
    postcards = [visitor.send(card) for card in cards]
    start("worker")
    assert soon(lambda: all(visitor.status(postcard) == "printed" for postcard in postcards))
    sent = "\n".join(readable(part) for command in redis.commands for part in command)
    assert "python-serialize" not in sent, symptom("pickled-object")
    for card in cards:
        assert card["text"] not in sent, symptom("content-in-message")
        assert card["recipient"] not in sent, symptom("content-in-message")


def readable(text):
    """``text``, and what is in its parts that are in base64."""
    parts = [text]
    for found in re.findall(r"[A-Za-z0-9+/]{8,}={0,2}", text):
        try:
            parts.append(base64.b64decode(found).decode("latin-1"))
        except ValueError:
            continue
    return "\n".join(parts)


@pytest.mark.check("current-text", concept="task-message")
def test_what_was_changed_is_printed(visitor, seed, press, start, soon, symptom):
    """A postcard that was changed while it waited is printed as it is when the work begins."""
    card = visitor.card()
    postcard = visitor.send(card)
    text = seed.title()
    assert visitor.client.patch(f"/postcards/{postcard}", json={"text": text}).status_code == 200
    start("worker")
    assert soon(lambda: visitor.status(postcard) == "printed")
    printed = {call["text"] for call in press.calls}
    assert card["text"] not in printed, symptom("old-text")
    assert printed == {text}
    late = visitor.client.patch(f"/postcards/{postcard}", json={"text": seed.title()})
    assert late.status_code == 409, "a printed postcard is not changed any more"


@pytest.mark.check("after-the-commit", concept="enqueue-after-commit")
def test_the_message_follows_the_row(live, seed, files, queue, at_once, soon, symptom):
    """While the database still commits the new postcard, no message of it is in Redis; afterwards there is one."""
    visitor = Visitor(live().client(), seed)

    def look():
        try:
            assert soon(lambda: has_lines(files, DISK_LOG))
            return queue.messages
        finally:
            files.write(DISK_STATE, b"go")

    files.write(DISK_STATE, b"hold")
    _, early = at_once(visitor.send, look)
    assert not early, symptom("sent-before-the-commit")
    assert queue.messages, symptom("nothing-in-redis")


def has_lines(files, path):
    try:
        return bool(files.read(path))
    except FileNotFoundError:
        return False


@pytest.mark.check("broker-away", concept="broker-away")
def test_redis_is_away(live, seed, redis, press, start, soon, symptom):
    """While Redis is away a postcard is refused with 503, and is not printed when Redis is back."""
    visitor = Visitor(live().client(), seed)
    lost, card = visitor.card(), visitor.card()
    redis.cut()
    status = visitor.client.post("/postcards", json=lost).status_code
    assert status != 500, symptom("error-when-sending")
    assert status == 503, symptom("not-refused")
    redis.mend()
    start("worker")
    assert soon(lambda: visitor.client.post("/postcards", json=card).status_code == 202)
    assert soon(lambda: visitor.charged)
    assert {call["recipient"] for call in press.calls} == {card["recipient"]}
    assert len(visitor.charged) == 1


@pytest.mark.check("tried-again", concept="retries")
def test_an_unavailable_print_house_is_asked_again(make_app, seed, environment, press, start, soon, symptom):
    """After a call that failed the postcard goes on waiting, and is printed at the next call, after the pause."""
    environment["RETRY_SECONDS"] = "2"
    visitor = Visitor(make_app().test_client(), seed)
    press.plan("down print")
    start("worker")
    postcard = visitor.send()
    seen = set()

    def is_settled():
        seen.add(visitor.status(postcard))
        return seen & {"printed", "failed"}

    soon(is_settled, A_CALL_LATER)
    if "failed" in seen:
        assert not soon(lambda: len(press.calls) > 1), symptom("failed-but-tried-again")
        pytest.fail(symptom("failed-at-once"))
    assert seen == {"waiting", "printed"}, symptom("not-tried-again")
    first, second = (call["at"] for call in press.calls)
    assert second - first > 1.8, symptom("no-pause")
    assert visitor.charged == [postcard]


@pytest.mark.check("given-up", concept="retries")
def test_a_postcard_is_given_up(visitor, press, start, soon, symptom):
    """After the last of the allowed calls the postcard has failed; it is not charged."""
    press.plan("down")
    start("worker")
    postcard = visitor.send()
    soon(lambda: visitor.status(postcard) != "waiting" or len(press.calls) > MOST_CALLS + 1, ALL_CALLS)
    assert len(press.calls) <= MOST_CALLS + 1, symptom("calls-without-end")
    assert len(press.calls) <= MOST_CALLS, symptom("too-many-calls")
    assert visitor.status(postcard) == "failed", symptom("not-given-up")
    assert len(press.calls) == MOST_CALLS, symptom("too-few-calls")
    assert visitor.show(postcard)["tracking"] is None
    assert visitor.charged == []


@pytest.mark.check("refused", concept="retries")
def test_a_refusal_is_final(visitor, press, start, soon, symptom):
    """A postcard that the print house refuses has failed after one call; it is not charged."""
    press.plan("refuse")
    start("worker")
    postcard = visitor.send()
    soon(lambda: visitor.status(postcard) == "failed" or len(press.calls) > 1)
    assert len(press.calls) == 1, symptom("refusal-tried-again")
    assert visitor.status(postcard) == "failed"
    assert visitor.charged == []


@pytest.mark.check("free-in-the-pause", concept="retries")
def test_a_pause_keeps_no_process(make_app, seed, environment, press, start, soon, symptom):
    """While more postcards than the worker has processes wait for their next call, another one is printed."""
    environment["RETRY_SECONDS"] = "60"
    visitor = Visitor(make_app().test_client(), seed)
    press.plan("down down print")
    start("worker")
    paused = [visitor.send() for _ in range(2)]
    assert soon(lambda: len(press.calls) == len(paused))
    postcard = visitor.send()
    assert soon(lambda: visitor.status(postcard) == "printed"), symptom("worker-is-asleep")
    assert [visitor.status(one) for one in paused] == ["waiting", "waiting"]


@pytest.mark.check("call-without-end", concept="time-limits")
def test_a_call_that_does_not_end(make_app, seed, environment, press, start, soon, symptom):
    """A call that takes longer than it may is given up, and counts as one that failed: it is made again."""
    environment["PRESS_SECONDS"] = "2"
    visitor = Visitor(make_app().test_client(), seed)
    press.plan("hold print")
    start("worker")
    postcard = visitor.send()
    soon(lambda: visitor.status(postcard) != "waiting", A_CALL_LATER)
    assert visitor.status(postcard) != "failed", symptom("given-up-at-once")
    assert visitor.status(postcard) == "printed", symptom("call-goes-on")
    assert visitor.charged == [postcard]


@pytest.mark.check("delivered-again", concept="idempotence")
def test_a_message_comes_again(visitor, press, queue, start, soon, symptom):
    """A message that comes again after its postcard was printed changes nothing."""
    postcard = visitor.send()
    messages = queue.messages
    assert messages, symptom("nothing-in-redis")
    worker = start("worker")
    assert soon(lambda: visitor.status(postcard) == "printed")
    before = visitor.show(postcard)
    queue.deliver_again(messages)
    later = visitor.send()  # it stands behind the copy: when it is printed, the worker has had both
    assert soon(lambda: visitor.status(later) == "printed")
    worker.signal("TERM")  # it ends what it has begun
    worker.wait(SOON)
    assert len(press.printed) == 2, symptom("printed-twice")
    assert sorted(visitor.charged) == sorted([postcard, later]), symptom("charged-twice")
    assert visitor.show(postcard) == before


@pytest.mark.check("twice-at-once", concept="idempotence")
def test_two_processes_have_one_postcard(visitor, press, queue, start, eventually, soon, symptom):
    """A message that comes twice at the same time has its postcard printed once and charged once."""
    press.plan("hold")
    postcard = visitor.send()
    messages = queue.messages
    assert messages, symptom("nothing-in-redis")
    queue.deliver_again(messages)
    worker = start("worker")
    assert soon(lambda: press.calls)
    eventually(lambda: len(press.calls) > 1, seconds=6)
    press.plan("print")
    assert soon(lambda: visitor.status(postcard) == "printed")
    soon(lambda: not queue.messages)
    worker.signal("TERM")
    worker.wait(SOON)
    assert len(press.printed) == 1, symptom("printed-twice")
    assert visitor.charged == [postcard], symptom("charged-twice")


@pytest.fixture
def midway(press, queue, soon, eventually):
    """Waits until a call goes on, and a worker that acknowledges early has done so; gives how many it holds."""

    def wait():
        assert soon(lambda: press.calls)
        eventually(lambda: not queue.taken, seconds=1)
        return queue.taken

    return wait


@pytest.fixture
def killed(make_app, seed, environment, press, queue, start, soon, midway):
    """``killed(plan)``: a worker is killed in the middle of its call; gives visitor, postcard, what is kept."""

    def kill(words):
        environment["REDELIVERY_SECONDS"] = str(REDELIVERY)
        visitor = Visitor(make_app().test_client(), seed)
        press.plan(words)
        worker = start("worker")
        postcard = visitor.send()
        midway()
        if words == "print-hold":
            assert soon(lambda: press.printed)
        worker.signal("KILL", group=True)
        assert worker.wait(SOON) is not None
        kept = queue.taken + len(queue.messages)
        press.plan("print")
        time.sleep(REDELIVERY + 1)  # the brief's own time has to pass: more of it does no harm
        return visitor, postcard, kept

    return kill


@pytest.mark.check("worker-killed", concept="acknowledgement")
def test_a_worker_is_killed(killed, press, queue, start, soon, symptom):
    """A postcard whose worker was killed in the middle of its call is printed by the next worker, and charged once."""
    visitor, postcard, kept = killed("hold")
    start("worker")
    if not soon(lambda: visitor.status(postcard) == "printed"):
        assert kept, symptom("message-gone")
        assert not queue.taken, symptom("not-delivered-again")
        pytest.fail(symptom("left-lying"))
    assert len(press.printed) == 1
    assert visitor.charged == [postcard]


@pytest.mark.check("killed-after-printing", concept="idempotence")
def test_a_worker_is_killed_after_printing(killed, press, start, soon, symptom):
    """A postcard that was printed when its worker was killed is not printed again, and is charged once."""
    visitor, postcard, _ = killed("print-hold")
    start("worker")
    assert soon(lambda: visitor.status(postcard) == "printed"), symptom("left-lying")
    assert len(press.printed) == 1, symptom("printed-twice")
    assert visitor.charged == [postcard], symptom("charged-twice")


@pytest.mark.check("process-killed", concept="acknowledgement")
def test_a_process_of_the_worker_is_killed(visitor, press, queue, start, soon, midway, symptom):
    """When the process that makes the call is killed, the worker has the postcard printed all the same."""
    press.plan("hold")
    start("worker")
    postcard = visitor.send()
    kept = midway()
    press.plan("die print")
    if not soon(lambda: visitor.status(postcard) == "printed", AFTER_A_KILL):
        assert kept, symptom("message-gone")
        pytest.fail(symptom("loss-not-noticed" if queue.taken else "lost-with-its-process"))
    assert len(press.printed) == 1
    assert visitor.charged == [postcard]
