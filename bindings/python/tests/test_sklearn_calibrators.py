"""Calibrators as estimators of scikit-learn: beside the calibrators themselves, and by
scikit-learn's checks, of which it is said which fail and why."""

import inspect
import pickle

import numpy as np
import pytest

sklearn = pytest.importorskip("sklearn", "1.6")

from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer
from sklearn.utils.estimator_checks import check_estimator
from sklearn.utils.fixes import parse_version, sp_version

import logitude as lg
from logitude._calibrator import Calibrator
from logitude.sklearn import calibration
from logitude.sklearn._estimators import OfRows, OfScore, unfitted
from logitude.sklearn._takes import takes

pytestmark = pytest.mark.filterwarnings("ignore::logitude.LogitudeWarning")

OTHERS = ("CalibratedClassifierCV", "calibration_curve")
CLASSES = [getattr(calibration, name) for name in calibration.__all__ if name not in OTHERS]
OF_ROWS = [made for made in CLASSES if issubclass(made, OfRows)]
OF_ROWS.remove(calibration.ConformalClassifier)  # which makes sets
OF_SCORE = [made for made in CLASSES if issubclass(made, OfScore)]

WIDTH = "X has a column for each class: the check's is of another width"
NOT_LOGITS = "columns of X are the classes' own scores: blobs are not told apart by the highest"
HELD = "a class is predicted where its column is highest, whether or not it was in y"
INFINITE = "30 columns for 15 rows: the minimum is at infinity, and rounding says where to stop"
ONE_AXIS = "X of one axis is asked for by the tag, and then indexed as if it had two"
ONE_SCORE = "X is one score a row: the check's has more columns"
MEANT = "scores of shape (n,) are taken, for they are one number a row"
RANGE = "X holds probabilities: the check's numbers are above 1"


def named(reason, *names):
    return {f"check_{name}": reason for name in names}


OF_LOGITS = {
    **named(WIDTH, "estimators_overwrite_params", "estimators_fit_returns_self"),
    **named(WIDTH, "readonly_memmap_input", "classifiers_classes"),
    **named(NOT_LOGITS, "classifiers_train"),
}
NOT_PROBABILITIES = named(
    RANGE,
    *("estimators_overwrite_params", "dont_overwrite_parameters", "estimators_fit_returns_self"),
    *("readonly_memmap_input", "n_features_in_after_fitting", "estimators_dtypes"),
    *("sample_weights_pandas_series", "sample_weights_not_an_array", "sample_weights_shape"),
    *("sample_weights_not_overwritten", "pipeline_consistency", "estimators_pickle"),
    *("f_contiguous_array_estimator", "classifier_data_not_an_array", "classifiers_train"),
    *("methods_sample_order_invariance", "methods_subset_invariance", "fit2d_1sample"),
    *("dict_unchanged", "fit_idempotent", "fit_check_is_fitted", "n_features_in"),
    *("fit2d_predict1d", "classifiers_classes"),
)
OF_ONE_SCORE = {
    **named(ONE_SCORE, "sample_weights_shape", "sample_weights_not_overwritten"),
    **named(ONE_SCORE, "sample_weight_equivalence_on_dense_data"),
    **named(NOT_LOGITS, "classifiers_train"),
    **named(MEANT, "fit1d"),
    **named(ONE_AXIS, "dont_overwrite_parameters", "n_features_in_after_fitting", "dtype_object"),
    **named(ONE_AXIS, "estimator_sparse_array", "f_contiguous_array_estimator"),
    **named(ONE_AXIS, "methods_sample_order_invariance", "methods_subset_invariance"),
    **named(ONE_AXIS, "fit2d_1sample", "fit2d_1feature", "dict_unchanged", "n_features_in"),
    **named(ONE_AXIS, "fit2d_predict1d"),
}
if sp_version < parse_version("1.15"):  # which cannot make a sparse table of one axis
    OF_ONE_SCORE.update(named(ONE_AXIS, "estimator_sparse_tag"))
OF_ONE_PROBABILITY = {
    name: reason
    for name, reason in {**NOT_PROBABILITIES, **OF_ONE_SCORE}.items()
    if name not in ("check_fit1d", "check_classifiers_classes")
}
OWN = {
    "TemperatureScaling": named(HELD, "classifiers_one_label"),
    "CATemperatureScaling": named(HELD, "classifiers_one_label"),
    "EnsembleTemperatureScaling": named(HELD, "classifiers_one_label"),
    "ConformalClassifier": named(HELD, "classifiers_one_label"),
    "SaerensPriors": {
        **named(HELD, "classifiers_one_label"),
        **named(RANGE, "non_transformer_estimators_n_iter"),
    },
    "TopLabel": named(HELD, "classifiers_one_label"),
    "VectorScaling": named(INFINITE, "sample_weight_equivalence_on_dense_data"),
    "MatrixScaling": named(INFINITE, "sample_weight_equivalence_on_dense_data"),
    "DirichletCalibration": named(RANGE, "non_transformer_estimators_n_iter"),
    "BetaCalibration": named(RANGE, "non_transformer_estimators_n_iter"),
}


def expected_failed_checks(estimator):
    probabilities = takes(unfitted(estimator)) == "probabilities"
    if isinstance(estimator, OfScore):
        shared = OF_ONE_PROBABILITY if probabilities else OF_ONE_SCORE
    else:
        shared = NOT_PROBABILITIES if probabilities else OF_LOGITS
    return {**shared, **OWN.get(type(estimator).__name__, {})}


@pytest.mark.parametrize("made", CLASSES, ids=lambda made: made.__name__)
@pytest.mark.filterwarnings("ignore")
def test_checks_of_scikit_learn(made):
    """Those pass that are not expected to fail, and those fail that are."""
    results = check_estimator(made(), on_skip=None, on_fail=None)
    failed = {result["check_name"] for result in results if result["status"] == "failed"}
    assert failed == set(expected_failed_checks(made()))


def subclasses(base):
    for made in base.__subclasses__():
        yield made
        yield from subclasses(made)


def test_every_calibrator_is_there():
    public = {c.__name__ for c in subclasses(Calibrator) if hasattr(lg, c.__name__)}
    assert public == {made.__name__ for made in CLASSES}


@pytest.mark.parametrize("made", CLASSES, ids=lambda made: made.__name__)
def test_parameters_are_those_of_the_calibrator(made):
    native = getattr(lg, made.__name__)
    assert made().get_params() == native().get_params()
    assert [*inspect.signature(made).parameters] == [*inspect.signature(native).parameters]
    assert made.__doc__ and "X holds" in " ".join(made.__doc__.split())
    with pytest.raises(TypeError):
        made(nothing=1)


@pytest.fixture
def rows(scored):
    """What calibrators of rows take, labels with names, and the labels' numbers."""
    logits, labels, weights = scored
    names = np.array([f"class {c}" for c in range(7)])
    return {"logits": logits, "probabilities": lg.softmax(logits)}, names[labels], labels, weights


@pytest.mark.parametrize("made", OF_ROWS, ids=lambda made: made.__name__)
@pytest.mark.parametrize("weighted", [False, True])
def test_rows(made, weighted, rows):
    tables, y, labels, weights = rows
    weights = weights if weighted else None
    X = tables["probabilities" if takes(unfitted(made())) == "probabilities" else "logits"]
    model = made().fit(X, y, sample_weight=weights)
    native = getattr(lg, made.__name__)()
    if made is calibration.SaerensPriors:
        native.fit(X, weights)
    else:
        native.fit(X, labels, weights)
    expected = native.predict_proba(X)
    np.testing.assert_array_equal(model.predict_proba(X), expected)
    np.testing.assert_array_equal(model.predict(X), model.classes_[expected.argmax(1)])
    assert list(model.classes_) == [f"class {c}" for c in range(7)]
    assert model.n_features_in_ == 7 and model.nll_after_ == native.nll_after_
    assert model.calibrator_.to_bytes() == native.to_bytes()
    for again in (pickle.loads(pickle.dumps(model)), clone(model).fit(X, y, weights)):
        np.testing.assert_array_equal(again.predict_proba(X), expected)
        assert again.status_ == native.status_


@pytest.mark.parametrize("made", OF_SCORE, ids=lambda made: made.__name__)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_one_score(made, dtype, rng):
    scores = rng.uniform(size=300).astype(dtype)
    labels = (rng.uniform(size=300) < scores**2).astype(int)
    y, weights = np.array(["no", "yes"])[labels], rng.uniform(size=300)
    native = getattr(lg, made.__name__)().fit(scores, labels, weights)
    p = native.predict_proba(scores)
    for X in (scores, scores.reshape(-1, 1), list(scores.astype(float))):
        model = made().fit(X, y, weights)
        probs = model.predict_proba(X)
        np.testing.assert_allclose(probs, np.stack([1 - p, p], axis=1), rtol=1e-6, atol=1e-7)
        assert list(model.classes_) == ["no", "yes"] and model.n_features_in_ == 1
    assert made().fit(scores, y).predict_proba(scores).dtype == dtype
    assert set(model.predict(scores)) <= {"no", "yes"}
    again = pickle.loads(pickle.dumps(model))
    np.testing.assert_array_equal(again.predict_proba(scores), model.predict_proba(scores))


def test_attributes_of_the_calibrator(scored):
    logits, labels, _ = scored
    model = calibration.TemperatureScaling()
    assert not hasattr(model, "temperature_") and not hasattr(model, "nll_after_")
    with pytest.raises(NotFittedError):
        model.predict(logits)
    native = lg.TemperatureScaling().fit(logits, labels)
    assert model.fit(logits, labels).temperature_ == native.temperature_
    with pytest.raises(AttributeError, match="'TemperatureScaling' object has no .*'slope_'"):
        model.slope_
    interval = calibration.VennAbers().fit(logits[:, 0], labels == 0).predict_interval(logits[:, 0])
    expected = lg.VennAbers().fit(logits[:, 0], labels == 0).predict_interval(logits[:, 0])
    np.testing.assert_array_equal(interval, expected)


def test_parameters_reach_the_calibrator(scored):
    logits, labels, _ = scored
    model = calibration.TemperatureScaling(t_max=1.25)
    with pytest.warns(lg.LogitudeWarning, match="LGT_AT_BOUND") as caught:
        model.fit(logits, labels)
    assert caught[0].filename == __file__
    assert model.temperature_ == 1.25 and model.status_ == "LGT_AT_BOUND"
    assert model.set_params(t_max=100.0).fit(logits, labels).temperature_ > 1.25
    nested = calibration.OneVsRest(binary=calibration.PlattScaling())
    nested.set_params(binary__targets="plain").fit(logits, labels)
    expected = lg.OneVsRest(lg.PlattScaling(targets="plain")).fit(logits, labels)
    np.testing.assert_array_equal(nested.predict_proba(logits), expected.predict_proba(logits))


@pytest.mark.parametrize("dtype", [np.int64, np.float64])
def test_numbers_of_columns_need_not_all_be_labels(dtype, scored):
    logits, labels, _ = scored
    some = (labels != 2) & (labels != 6)
    model = calibration.TemperatureScaling().fit(logits[some], labels[some].astype(dtype))
    np.testing.assert_array_equal(model.classes_, np.arange(7))
    expected = lg.TemperatureScaling().fit(logits[some], labels[some])
    assert model.temperature_ == expected.temperature_


def test_priors_of_unlabelled_rows(scored):
    probs = lg.softmax(scored[0])
    model = calibration.SaerensPriors().fit(probs)
    np.testing.assert_array_equal(model.classes_, np.arange(7))
    np.testing.assert_array_equal(model.priors_, lg.SaerensPriors().fit(probs).priors_)


def test_sets(rows):
    tables, y, labels, _ = rows
    X, u = tables["logits"], np.linspace(0, 1, len(y))
    model = calibration.ConformalClassifier(method="aps", alpha=0.2).fit(X, y, u=u)
    native = lg.ConformalClassifier("aps", 0.2).fit(X, labels, u)
    np.testing.assert_array_equal(model.predict_set(X, u=u), native.predict_set(X, u))
    np.testing.assert_array_equal(model.predict(X), model.classes_[X.argmax(axis=1)])
    assert model.thresholds_ == native.thresholds_ and not hasattr(model, "predict_proba")


def test_pipelines_and_searches(rows):
    tables, y, labels, _ = rows
    steps = FunctionTransformer(np.log), calibration.TemperatureScaling()
    piped = make_pipeline(*steps).fit(tables["probabilities"], y)
    expected = lg.TemperatureScaling().fit(tables["logits"], labels)
    np.testing.assert_allclose(piped[-1].temperature_, expected.temperature_, rtol=1e-6)
    scores, right = tables["probabilities"].max(1), tables["logits"].argmax(1) == labels
    search = GridSearchCV(
        calibration.HistogramBinning(), {"bins": [1, 10]}, scoring="neg_brier_score", cv=3
    )
    search.fit(scores.reshape(-1, 1), right, sample_weight=np.ones(len(y)))
    assert search.best_params_ == {"bins": 10}


SCORES, TWO = np.linspace(0, 1, 8), [0, 0, 1, 0, 1, 0, 1, 1]


@pytest.mark.parametrize(
    "model, X, y, match",
    [
        (calibration.TemperatureScaling(), np.eye(3), list("abb"), r"3 feature.*2 classes: \['a'"),
        (calibration.TemperatureScaling(), np.eye(3)[:, :2], [1, 2, 3], "2 feature.*3 classes"),
        (calibration.TemperatureScaling(), np.eye(3), [0.5, 1, 2], "continuous"),
        (calibration.TemperatureScaling(), [[np.nan, 1]], [1], "NaN"),
        (calibration.PlattScaling(), SCORES, [0] * 8, "y has 1 class"),
        (calibration.PlattScaling(), SCORES, range(8), "Only binary classification"),
        (calibration.PlattScaling(), np.eye(8), TWO, "X has 8 columns.*one score a row"),
        (calibration.BetaCalibration(), 3 * SCORES, TWO, "X holds 1.2.*takes probabilities"),
        (calibration.BetaCalibration(), -SCORES, TWO, "Negative values.*X holds -0.1"),
        (calibration.HistogramBinning(bins=0), SCORES, TWO, "LGT_E"),
        (calibration.HistogramBinning(strategy="none"), SCORES, TWO, "strategy is one of"),
    ],
)
def test_what_is_refused(model, X, y, match):
    with pytest.raises(ValueError, match=match):
        model.fit(X, list(y))


def test_weights_that_are_refused():
    for weights, match in (([0] * 8, "zero"), ([-1] * 8, "[Nn]egative"), ([1] * 7, "shape")):
        with pytest.raises(ValueError, match=match):
            calibration.PlattScaling().fit(SCORES, TWO, weights)
