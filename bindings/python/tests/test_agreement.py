"""Agreement of raters and association, against published values and definitions."""

import itertools
import math
import pickle

import numpy as np
import pytest

import logitude as lg

NAN = math.nan

# K. Krippendorff (2011), and K. L. Gwet's handbook: items x raters.
KRIPPENDORFF = np.array(
    [
        [1, 1, NAN, 1], [2, 2, 3, 2], [3, 3, 3, 3], [3, 3, 3, 3], [2, 2, 2, 2], [1, 2, 3, 4],
        [4, 4, 4, 4], [1, 1, 2, 1], [2, 2, 2, 2], [NAN, 5, 5, 5], [NAN, NAN, 1, 1],
        [NAN, NAN, 3, NAN],
    ]
)  # fmt: skip
SHROUT_FLEISS = np.array(
    [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
)
# statsmodels' example, from Wikipedia: items x categories.
COUNTS = np.array(
    [
        [0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1],
        [7, 7, 0, 0, 0], [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7],
    ]
)  # fmt: skip


@pytest.mark.parametrize(
    "level, alpha", [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)]
)
def test_krippendorffs_example(level, alpha):
    assert lg.krippendorff_alpha(KRIPPENDORFF, level) == pytest.approx(alpha, abs=5.1e-4)
    masked = np.ma.masked_invalid(KRIPPENDORFF)
    assert lg.krippendorff_alpha(masked, level) == lg.krippendorff_alpha(KRIPPENDORFF, level)


def test_gwets_example():
    for function, value, error in [
        (lg.gwet_ac, 0.775444068127, 0.142949950641),
        (lg.scott_pi, 0.761169275422, 0.153019203469),
        (lg.krippendorff_alpha, 0.743421052632, 0.145573886985),
        (lg.brennan_prediger, 0.772727272727, 0.144716619899),
    ]:
        report = function(KRIPPENDORFF, report=True)
        assert report.value == pytest.approx(value, abs=5.1e-13)
        assert report.std_error == pytest.approx(error, abs=5.1e-13)
        assert report.low < report.value < report.high
        assert function(KRIPPENDORFF) == report.value


def test_labels_of_any_kind():
    names = np.array([["a", "b", None], ["b", "b", "b"], ["c", None, "c"]], dtype=object)
    codes = np.array([[0, 1, NAN], [1, 1, 1], [2, NAN, 2]])
    assert lg.krippendorff_alpha(names) == lg.krippendorff_alpha(codes)
    assert lg.gwet_ac(names) == lg.gwet_ac(codes, categories=[0, 1, 2])
    # Categories that no one named are alike by chance too.
    assert lg.brennan_prediger(names, categories=list("abcd")) > lg.brennan_prediger(names)
    with pytest.raises(lg.LogitudeError, match="none of the categories"):
        lg.gwet_ac(names, categories=["a", "b"])


def test_weights_as_an_array_and_by_name():
    values = np.arange(1.0, 6.0)
    apart = np.abs(values[:, None] - values) / 4
    by_array = lg.gwet_ac(KRIPPENDORFF, 1 - apart**2, report=True)
    by_name = lg.gwet_ac(KRIPPENDORFF, "quadratic", report=True)
    assert by_array == pytest.approx(by_name, abs=1e-14)
    assert lg.gwet_ac(KRIPPENDORFF, np.eye(5)) == pytest.approx(lg.gwet_ac(KRIPPENDORFF))
    with pytest.raises(lg.LogitudeError):
        lg.gwet_ac(KRIPPENDORFF, np.eye(4))
    with pytest.raises(lg.LogitudeError):
        lg.gwet_ac(KRIPPENDORFF, "cubic")


def test_fleiss():
    assert lg.fleiss_kappa(COUNTS) == pytest.approx(0.210, abs=5.1e-4)
    report = lg.fleiss_kappa(COUNTS, report=True)
    assert (report.items, report.raters) == (10, 14)
    assert report.observed == pytest.approx(0.378, abs=5.1e-4)
    assert report.expected == pytest.approx(0.213, abs=5.1e-4)
    pairs = (COUNTS * (COUNTS - 1)).sum() / (14 * 13 * 10)
    assert lg.randolph_kappa(COUNTS) == pytest.approx((pairs - 0.2) / 0.8, abs=1e-14)
    assert report.free_marginal == lg.fleiss_kappa(COUNTS, "randolph")
    raters = np.array([np.repeat(np.arange(5), row) for row in COUNTS])
    assert lg.fleiss_kappa(raters, form="ratings") == report.kappa
    assert lg.fleiss_kappa(COUNTS.astype(float)) == report.kappa


def test_a_state_merges():
    whole = lg.RaterAgreement(5, raters=14).update_counts(COUNTS)
    parts = [lg.RaterAgreement(5, raters=14).update_counts(COUNTS[i::3]) for i in range(3)]
    merged = parts[2] + parts[0] + parts[1]
    assert merged.to_bytes() == whole.to_bytes()
    assert pickle.loads(pickle.dumps(whole)).fleiss() == whole.fleiss()
    assert whole.fleiss().kappa == lg.fleiss_kappa(COUNTS)
    assert whole.categories()["ratings"].tolist() == COUNTS.sum(axis=0).tolist()
    assert whole.report("gwet").value == lg.gwet_ac(COUNTS, form="counts")
    assert repr(whole) == "RaterAgreement(categories=5)"


def test_a_mean_of_pairs():
    """Alpha by its definition, of random ratings."""
    rng = np.random.default_rng(5)
    ratings = rng.integers(0, 4, (30, 3)).astype(float)
    ratings[rng.random((30, 3)) < 0.2] = NAN
    units = [unit[~np.isnan(unit)] for unit in ratings]
    units = [unit for unit in units if len(unit) > 1]
    everything = np.concatenate(units)

    def off(values):
        return sum((a - b) ** 2 for a, b in itertools.permutations(values, 2))

    observed = sum(off(unit) / (len(unit) - 1) for unit in units)
    alpha = 1 - observed / (off(everything) / (len(everything) - 1))
    assert lg.krippendorff_alpha(ratings, "interval") == pytest.approx(alpha, abs=1e-12)


def test_what_has_no_agreement():
    for ratings in [np.ones((4, 3)), np.full((2, 2), NAN), np.zeros((0, 3)), [[1, NAN], [NAN, 2]]]:
        with pytest.warns(lg.LogitudeWarning):
            assert math.isnan(lg.krippendorff_alpha(ratings))
    assert lg.gwet_ac(np.ones((4, 3)), categories=[0, 1]) == 1
    with pytest.raises(lg.LogitudeError):
        lg.krippendorff_alpha([1, 2, 3])
    with pytest.raises(lg.LogitudeError):
        lg.RaterAgreement(3, raters=2).update([[0, 1, 2]])


@pytest.mark.parametrize("dtype", [np.int64, np.float64, np.float32, np.float16])
def test_intraclass_correlation(dtype):
    made = lg.intraclass_corr(SHROUT_FLEISS.astype(dtype))
    names = ["icc1", "icc2", "icc3", "icc1k", "icc2k", "icc3k"]
    assert [round(getattr(made, name).icc, 2) for name in names] == [
        0.17, 0.29, 0.71, 0.44, 0.62, 0.91,
    ]  # fmt: skip
    assert made.icc3.df2 == 15 and made.icc3.p_value == pytest.approx(0.000135, abs=5.1e-7)
    assert (made.icc2.low, made.icc2.high) == pytest.approx((0.02, 0.76), abs=5.1e-3)
    turned = np.asfortranarray(SHROUT_FLEISS.astype(dtype)[::-1])
    assert lg.intraclass_corr(turned) == made
    with pytest.warns(lg.LogitudeWarning):
        assert lg.intraclass_corr(np.full((2, 2), NAN)).nan_items == 2
    with pytest.raises(lg.LogitudeError):
        lg.intraclass_corr(SHROUT_FLEISS, confidence=1.0)


def test_association():
    x = np.array(list("aabbccccab"))
    y = np.array([1, 1, 5, 5, 1, 7, 7, 7, 1, 5])
    table = np.array([[(x == a)[y == b].sum() for b in np.unique(y)] for a in np.unique(x)])
    chance = np.outer(table.sum(axis=1), table.sum(axis=0)) / 10
    square = ((table - chance) ** 2 / chance).sum() / 10
    report = lg.association(x, y)
    assert report.phi == pytest.approx(math.sqrt(square), abs=1e-12)
    assert lg.cramers_v(x, y) == pytest.approx(math.sqrt(square / 2), abs=1e-12)
    assert lg.cramers_v(x, y) == lg.tschuprows_t(x, y)
    assert lg.cramers_v(x, y, bias_correction=True) < lg.cramers_v(x, y)
    assert lg.pearsons_contingency_coefficient(x, y) == pytest.approx(
        math.sqrt(square / (1 + square)), abs=1e-12
    )
    twice = lg.association(np.tile(x, 2), np.tile(y, 2))
    assert lg.association(x, y, sample_weight=np.full(10, 2.0)) == pytest.approx(twice)


def test_theils_u_has_a_direction():
    x, y = [0, 0, 1, 1, 2, 2], [0, 0, 1, 1, 1, 1]
    assert lg.theils_u(y, x) == pytest.approx(1, abs=1e-14)
    assert 0.5 < lg.theils_u(x, y) < 0.6
    assert lg.theils_u(x, np.zeros(6)) == 0
    with pytest.warns(lg.LogitudeWarning):
        assert math.isnan(lg.cramers_v(x, np.zeros(6)))
    with pytest.raises(lg.LogitudeError):
        lg.cramers_v(x, y[:3])
