"""Each look-alike check runs the examples that it carries."""

import pytest

from diancai.engine.figures import read_figures
from diancai.engine.figures.lookalikes import CHECKS, hidden_by
from diancai.engine.figures.page import open_page
from diancai.engine.figures.scan import scan

LOOKS = [(check, text) for check in CHECKS for text in check.looks]
FIGURES = [(check, text) for check in CHECKS for text in check.figures]


@pytest.mark.parametrize(("check", "text"), LOOKS, ids=lambda value: getattr(value, "id", value))
def test_a_look_alike_is_not_taken(check, text):
    assert read_figures(text) == [], check.name


@pytest.mark.parametrize(("check", "text"), FIGURES, ids=lambda value: getattr(value, "id", value))
def test_a_true_figure_beside_it_is_taken(check, text):
    assert read_figures(text), check.name


def test_every_check_has_its_own_id_and_both_kinds_of_examples():
    assert len({check.id for check in CHECKS}) == len(CHECKS)
    assert all(check.looks and check.figures and check.name for check in CHECKS)


def test_the_reason_of_a_hidden_number_is_told():
    page = open_page("“十件实事”评议")
    assert [hidden_by(page, candidate) for candidate in scan(page)] == ["quoted_name"]
