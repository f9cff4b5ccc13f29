"""Drawing: the same seed draws the same, every blueprint is filled, and no place is likelier than another."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.bank.blueprint import NAMED, Blueprint, named, parse
from harness.bank.draw import draw, new_seed, option_order, shuffled, spread
from harness.domain.content import Domain, Level
from harness.domain.errors import UsageError
from tests.unit.bank.practice import TOPICS, make_question, make_questions

PER_CELL = 6
QUESTIONS = make_questions(PER_CELL // 2)  # two topics of each domain
CELLS = [(domain, level) for domain in Domain for level in Level]
blueprints = st.builds(
    Blueprint,
    st.just("made"),
    st.integers(1, 90),
    st.dictionaries(st.sampled_from(CELLS), st.integers(1, PER_CELL), min_size=1),
)


@given(blueprints, st.text())
def test_every_blueprint_is_filled_without_repeats(blueprint, seed):
    drawn = draw(blueprint, QUESTIONS, TOPICS, seed)
    assert Counter((TOPICS[question.topic], question.level) for question in drawn) == blueprint.cells
    assert len({question.id for question in drawn}) == len(drawn) == blueprint.total


@given(blueprints, st.text(), st.randoms(use_true_random=False))
def test_the_same_seed_draws_the_same_whatever_the_order_of_the_bank(blueprint, seed, random):
    mixed = random.sample(QUESTIONS, len(QUESTIONS))
    assert draw(blueprint, mixed, TOPICS, seed) == draw(blueprint, QUESTIONS, TOPICS, seed)


def test_other_seeds_draw_other_questions():
    blueprint = parse("*:mid=2")
    draws = {tuple(question.id for question in draw(blueprint, QUESTIONS, TOPICS, str(n))) for n in range(50)}
    assert len(draws) == 50
    assert len({id_ for ids in draws for id_ in ids}) == len(Domain) * PER_CELL


def test_a_blueprint_that_the_bank_cannot_fill_names_all_that_is_missing():
    with pytest.raises(UsageError) as raised:
        draw(parse("orm:mid=7,security:junior=6,apis:senior=9"), QUESTIONS, TOPICS, "s")
    message = str(raised.value)
    assert "orm:mid wants 7, and there are 6" in message
    assert "apis:senior wants 9, and there are 6" in message
    assert "security" not in message


def test_topics_share_the_questions_of_a_domain_evenly():
    for seed in range(20):
        drawn = draw(parse("orm:mid=4"), QUESTIONS, TOPICS, str(seed))
        assert Counter(question.topic for question in drawn) == {"orm-1": 2, "orm-2": 2}


def test_any_beginning_of_a_spread_list_holds_as_many_of_one_topic_as_of_another():
    counts = Counter(question.topic for question in spread(QUESTIONS, "s")[: len(TOPICS) * 4])
    assert set(counts.values()) == {4}


def test_the_options_of_a_question_do_not_hang_on_the_other_questions():
    one = make_question()
    assert option_order(one, "s") == option_order(make_question(stem="changed"), "s")
    assert option_order(one, "s") == ("b", "d", "e", "c", "a", "f")  # on every machine, in every version


def test_each_option_stands_as_often_in_each_place():
    """With 3000 seeds, chi-square over the 36 cells has 25 degrees of freedom: 52.6 is its 99.9th percentile."""
    draws = 3000
    counts = Counter(
        (place, option) for n in range(draws) for place, option in enumerate(option_order(make_question(), f"seed {n}"))
    )
    expected = draws / 6
    assert len(counts) == 36
    assert sum((count - expected) ** 2 / expected for count in counts.values()) < 52.6


def test_each_question_comes_first_as_often():
    questions = QUESTIONS[:6]
    counts = Counter(shuffled(questions, f"seed {n}")[0].id for n in range(3000))
    assert sum((counts[question.id] - 500) ** 2 / 500 for question in questions) < 20.5  # 5 degrees, 99.9th


def test_names_that_run_together_are_told_apart():
    first, second = make_question("orm-1", "ab"), make_question("orm-1a", "b")
    assert option_order(first, "s") != option_order(second, "s")


def test_no_two_new_seeds_are_alike():
    assert len({new_seed() for _ in range(100)}) == 100


def test_a_blueprint_is_read_as_it_is_written():
    blueprint = parse("fundamentals:junior=3, orm:mid=2\nsecurity:senior=1")
    assert blueprint.cells == {
        (Domain.FUNDAMENTALS, Level.JUNIOR): 3,
        (Domain.ORM, Level.MID): 2,
        (Domain.SECURITY, Level.SENIOR): 1,
    }
    assert (blueprint.total, blueprint.minutes) == (6, 9)
    assert parse(str(blueprint)) == blueprint


@given(blueprints)
def test_a_written_blueprint_reads_back(blueprint):
    assert parse(str(blueprint), blueprint.name, blueprint.minutes) == blueprint


@pytest.mark.parametrize(
    "text", ["", "orm", "orm:mid", "orm:mid=0", "orm:mid=-1", "orm:expert=1", "sql:mid=1", "orm:mid=x"]
)
def test_what_is_no_blueprint_is_named(text):
    with pytest.raises(UsageError, match="DOMAIN:LEVEL=NUMBER"):
        parse(text)


def test_a_cell_that_is_there_twice_is_refused():
    with pytest.raises(UsageError, match="orm:mid twice"):
        parse("*:mid=1,orm:mid=2")


@given(blueprints, st.integers(1, 40))
def test_a_scaled_blueprint_has_the_count_and_keeps_the_mixture(blueprint, count):
    scaled = blueprint.scaled(count)
    assert scaled.total == count
    for cell, number in blueprint.cells.items():
        assert abs(scaled.cells.get(cell, 0) - number * count / blueprint.total) < 1


def test_the_named_exams_are_what_they_say():
    assert {name: (one.total, one.minutes) for name, one in NAMED.items()} == {
        "junior": (20, 25),
        "mid": (30, 45),
        "senior": (30, 60),
    }
    for blueprint in NAMED.values():
        assert {domain for domain, _ in blueprint.cells} == set(Domain)


def test_an_exam_that_does_not_exist_is_answered_with_those_that_do():
    with pytest.raises(UsageError, match="junior, mid, senior"):
        named("expert")
