"""What reads alike, and what does not: renamed, moved, commented, handed out, common, thought out apart."""

from __future__ import annotations

import itertools
import statistics

import pytest

from harness.content.library import default_root
from harness.content.trees import read_tree
from harness.likeness import Submitted, compare
from harness.likeness.reading import is_code

SHOP = '''\
from flask import Blueprint, abort, jsonify, request

shop = Blueprint("shop", __name__)


@shop.post("/baskets/<int:number>/items")
def add_item(number):
    """Adds one."""
    basket = find_basket(number) or abort(404)
    amount = int(request.json.get("amount", 1))
    if amount < 1 or amount > basket.room:
        return jsonify(error="too many"), 422
    for item in basket.items:
        if item.name == request.json["name"]:
            item.amount += amount
            break
    else:
        basket.items.append(Item(request.json["name"], amount))
    return jsonify(total=sum(item.amount * item.price for item in basket.items)), 201
'''
PRICES = """\
def price_of(basket, day):
    rebate = 0.1 if day.weekday() in (5, 6) else 0
    whole = sum(item.price * item.amount for item in basket.items if not item.free)
    if whole > 100 and basket.owner.is_member:
        rebate += 0.05
    while rebate > 0.12:
        rebate -= 0.01
    return round(whole * (1 - rebate), 2)
"""
OTHER = """\
class Register:
    def __init__(self, path):
        self.lines = [line.split(";") for line in open(path) if line.strip()]

    def find(self, name):
        try:
            return next(amount for known, amount in self.lines if known.lower() == name.lower())
        except StopIteration:
            raise LookupError(name) from None

    @property
    def largest(self):
        return max(self.lines, key=lambda one: (float(one[1]), one[0]), default=None)
"""


def likeness(one: dict[str, str], other: dict[str, str], **handed_out: str) -> tuple[float, float]:
    """How much of each is in the other; (0, 0) where that is too little to be shown."""
    told = {f"{name}.py": text for name, text in handed_out.items()}
    found = compare(told, [Submitted(1, 1, one), Submitted(2, 2, other)])
    return (found.pairs[0].one_share, found.pairs[0].other_share) if found.pairs else (0.0, 0.0)


def test_renamed_reworded_and_commented_code_is_the_same():
    renamed = SHOP.replace("basket", "cart").replace("amount", "count").replace('"too many"', "'that is too much'")
    renamed = renamed.replace("    for item", "    # look for it first\n\n    for item").replace("422", "400")
    assert likeness({"app.py": SHOP}, {"shop/pages.py": renamed}) == (100.0, 100.0)


def test_code_that_was_moved_is_found():
    one, other = {"app.py": SHOP + "\n\n" + PRICES}, {"a.py": PRICES, "b.py": SHOP}
    assert min(likeness(one, other)) > 95


def test_what_was_thought_out_apart_has_nothing_in_common():
    assert likeness({"app.py": SHOP}, {"app.py": OTHER}) == (0.0, 0.0)


def test_what_was_handed_out_does_not_count():
    assert likeness({"app.py": SHOP + PRICES}, {"app.py": SHOP + OTHER}, starter=SHOP) == (0.0, 0.0)
    one, other = likeness({"app.py": SHOP + PRICES}, {"app.py": SHOP + PRICES + OTHER}, starter=SHOP)
    assert one == 100.0
    assert 30 < other < 70


def test_each_side_has_a_share_of_its_own():
    one, other = likeness({"app.py": PRICES}, {"app.py": PRICES, "more.py": SHOP + OTHER})
    assert one == 100.0
    assert other < 50


def test_who_wrote_too_little_is_counted_and_not_compared():
    little = "\n".join(SHOP.splitlines()[:5])
    found = compare({}, [Submitted(1, 1, {"a.py": little}), Submitted(2, 2, {"a.py": SHOP}), Submitted(3, 3, {})])
    assert (found.people, found.too_little, found.pairs) == (1, 2, ())
    assert sum(found.bars) == 0


def test_passages_name_their_lines_on_both_sides():
    found = compare({}, [Submitted(1, 1, {"app.py": PRICES + SHOP}), Submitted(2, 2, {"x.py": OTHER + SHOP})])
    (passage,) = found.pairs[0].passages
    before = PRICES.count("\n"), OTHER.count("\n")
    assert (passage.one.path, passage.other.path) == ("app.py", "x.py")
    assert passage.one.first - before[0] == passage.other.first - before[1]
    assert passage.one.first in (before[0], before[0] + 1)  # both files' last line ends in a bracket
    assert passage.one.last == (PRICES + SHOP).count("\n")
    assert passage.wording > 90


def test_every_line_that_counts_as_shared_is_in_a_passage():
    one, other = {"a.py": SHOP + PRICES + SHOP}, {"b.py": OTHER + SHOP}
    found = compare({}, [Submitted(1, 1, one), Submitted(2, 2, other)]).pairs[0]
    lines = {line for passage in found.passages for line in range(passage.one.first, passage.one.last + 1)}
    first, last = SHOP.count("\n"), (SHOP + PRICES).count("\n")
    assert {3, first, last + 3} <= lines
    assert len(lines) < (SHOP + PRICES + SHOP).count("\n")


def test_wording_tells_a_copy_from_the_same_shape():
    renamed = PRICES.replace("basket", "shopping").replace("rebate", "discount").replace("whole", "everything")
    pairs = compare({}, [Submitted(1, 1, {"a.py": PRICES}), Submitted(2, 2, {"a.py": renamed})]).pairs
    assert 50 < pairs[0].passages[0].wording < 95


def test_how_many_others_have_a_passage():
    people = [Submitted(number, number, {"app.py": PRICES}) for number in range(4)]
    people.append(Submitted(4, 5, {"app.py": OTHER}))
    found = compare({}, people)
    assert {passage.others for pair in found.pairs for passage in pair.passages} == {2}
    assert found.bars == (4, 0, 0, 0, 0, 0, 0, 0, 0, 6)


def test_one_persons_submissions_are_never_compared_with_each_other_and_the_most_alike_count():
    found = compare({}, [Submitted(1, 1, {"a.py": PRICES}), Submitted(1, 2, {"a.py": OTHER}),
                         Submitted(2, 3, {"a.py": PRICES})])  # fmt: skip
    assert [(pair.one, pair.other) for pair in found.pairs] == [(1, 3)]
    assert sum(found.bars) == 1


def test_templates_are_compared_by_their_words():
    page = "{% for line in lines %}<li class='{{ line.kind }}'>{{ line.name }} {{ line.price | round(2) }}</li>"
    page += "{% else %}none{% endfor %}\n"
    rows = "".join(page.replace("li", tag) for tag in ("li", "td", "dd"))
    assert likeness({"t/a.html": rows}, {"t/b.html": rows}) == (100.0, 100.0)
    form = "<form method=post><label>Name <input name=name required></label><button>Keep it</button></form>\n" * 3
    assert likeness({"t/a.html": rows}, {"t/b.html": form}) == (0.0, 0.0)


@pytest.mark.parametrize(
    "text", ["def (:\n  'never closed\n", "\x00\x01" * 40, "x = " + "(" * 500, "'" * 999, "\n" * 99]
)
def test_broken_code_is_read_as_far_as_it_goes(text):
    assert compare({}, [Submitted(1, 1, {"a.py": text + PRICES}), Submitted(2, 2, {"a.py": PRICES})]).people >= 1


def test_what_repeats_itself_does_not_take_long():
    rows = {"a.py": "x = [\n" + "    (1, 2, 3),\n" * 3_000 + "]\n"}
    assert compare({}, [Submitted(1, 1, rows), Submitted(2, 2, dict(rows))]).pairs[0].one_share == 100.0


def test_our_references_tell_copies_from_solutions_of_their_own():
    """Each task's solution against others that were thought out apart, and against variants made from it."""
    apart, derived = [], []
    for reference in sorted((default_root() / "reference").glob("*/*"))[:12]:
        task = default_root() / "challenges" / reference.parent.name / "tasks" / reference.name / "public"
        handed_out = {
            f"{part}/{path}": text for part in ("starter", "tests") for path, text in code(task / part).items()
        }
        whole = [reference / "solution", *sorted((reference / "equivalents").glob("*"))]
        wrong = [one for one in sorted((reference / "wrong").glob("*")) if one.is_dir()][:2]
        for one, other in itertools.combinations(whole, 2):
            apart.append(max(likeness_of(handed_out, one, other)))
        derived += [max(likeness_of(handed_out, whole[0], one)) for one in wrong]
    assert statistics.median(apart) < 15
    assert statistics.median(derived) > 80


def code(folder) -> dict[str, str]:
    found = read_tree(folder) if folder.is_dir() else {}
    return {path: data.decode() for path, data in found.items() if is_code(path)}


def likeness_of(handed_out, one, other) -> tuple[float, float]:
    found = compare(handed_out, [Submitted(1, 1, code(one)), Submitted(2, 2, code(other))])
    return (found.pairs[0].one_share, found.pairs[0].other_share) if found.pairs else (0.0, 0.0)
