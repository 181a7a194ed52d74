"""A calibrated classifier: scikit-learn's own checks of estimators, its own calibrated
classifier where both do the same, and the laws of folds."""

import pickle
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

sklearn = pytest.importorskip("sklearn", "1.6")

import joblib
from scipy import sparse, special
from sklearn.base import BaseEstimator, ClassifierMixin, clone
from sklearn.calibration import CalibratedClassifierCV as Peer
from sklearn.datasets import make_classification
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.frozen import FrozenEstimator
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import (
    GridSearchCV,
    GroupKFold,
    LeaveOneOut,
    ShuffleSplit,
    StratifiedKFold,
)
from sklearn.naive_bayes import GaussianNB
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC, LinearSVC
from sklearn.tree import DecisionTreeClassifier
from sklearn.utils.estimator_checks import parametrize_with_checks
from threadpoolctl import threadpool_limits

import logitude as lg
from logitude.sklearn import calibration
from logitude.sklearn._methods import METHODS
from logitude.sklearn.calibration import CalibratedClassifierCV

pytestmark = pytest.mark.filterwarnings("ignore::logitude.LogitudeWarning")


@pytest.fixture(autouse=True)
def one_thread():
    """Of scikit-learn's many small fits, those in several threads wait for each other."""
    with threadpool_limits(1):
        yield


# One of each kind: of logits, of probabilities, of scores, of probabilities of two classes,
# bins, both ways from two classes to many, and calibrators with parameters.
METHODS_TO_CHECK = [
    (LogisticRegression(C=1), "sigmoid", True),
    (LogisticRegression(C=1), "temperature", False),
    (GaussianNB(), calibration.VectorScaling(diagonal=0.1, bias=0.1), True),
    (LogisticRegression(C=1), "dirichlet", True),
    (GaussianNB(), "isotonic", True),
    (GaussianNB(), "beta", False),
    (GaussianNB(), "histogram", True),
    (GaussianNB(), "top_label", True),
    (GaussianNB(), lg.OneVsRest(lg.PlattScaling(targets="plain")), True),
]


@parametrize_with_checks(
    [
        CalibratedClassifierCV(estimator, method=method, ensemble=ensemble, cv=3)
        for estimator, method, ensemble in METHODS_TO_CHECK
    ]
)
@pytest.mark.filterwarnings("ignore")
def test_checks_of_scikit_learn(estimator, check):
    check(estimator)


def blobs(classes, rows=600):
    X, y = make_classification(
        rows, 8, n_informative=4, n_classes=classes, flip_y=0.1, random_state=2
    )
    names = np.array(["plum", "fig", "quince", "apple"])[:classes]
    return X, names[y]


# Platt's slope by scikit-learn is within 1e-4 of the minimum's; temperatures by both within
# what its search in ln T tells apart.
@pytest.mark.parametrize(
    "method, tolerance", [("sigmoid", 3e-4), ("isotonic", 1e-12), ("temperature", 1e-6)]
)
@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("ensemble", [False, True])
@pytest.mark.parametrize(
    "classifier", [LogisticRegression(), LinearSVC(random_state=0), GaussianNB()], ids=repr
)
@pytest.mark.parametrize("classes", [2, 3])
def test_against_scikit_learn(classes, classifier, ensemble, weighted, method, tolerance):
    if method == "temperature" and not hasattr(sklearn.calibration, "_TemperatureScaling"):
        pytest.skip("scikit-learn has no temperature scaling before 1.8")
    X, y = blobs(classes)
    weights = np.random.default_rng(3).integers(0, 4, len(y)) if weighted else None
    params = {
        "method": method,
        "cv": StratifiedKFold(4, shuffle=True, random_state=0),
        "ensemble": ensemble,
    }
    ours = CalibratedClassifierCV(classifier, **params).fit(X, y, weights)
    theirs = Peer(classifier, **params).fit(X, y, weights)
    np.testing.assert_array_equal(ours.classes_, theirs.classes_)
    got, expected = ours.predict_proba(X), theirs.predict_proba(X)
    np.testing.assert_allclose(got, expected, atol=tolerance)
    np.testing.assert_allclose(got.sum(axis=1), 1, atol=1e-12)
    np.testing.assert_array_equal(ours.predict(X), ours.classes_[got.argmax(axis=1)])
    assert len(ours.calibrated_classifiers_) == (4 if ensemble else 1)


@pytest.mark.parametrize("classes", [2, 3])
@pytest.mark.parametrize("method", sorted(METHODS))
def test_every_method_makes_probabilities(method, classes):
    X, y = blobs(classes)
    model = CalibratedClassifierCV(GaussianNB(), method=method, cv=3).fit(X, y)
    probs = model.predict_proba(X)
    assert probs.shape == (len(y), classes) and (probs >= 0).all()
    np.testing.assert_allclose(probs.sum(axis=1), 1, atol=1e-12)
    assert model.score(X, y) > 0.6
    again = pickle.loads(pickle.dumps(model))
    np.testing.assert_array_equal(again.predict_proba(X), probs)


@pytest.mark.parametrize("classes", [2, 3])
def test_what_calibrators_are_given(classes):
    """By hand, of a fitted classifier: each kind of calibrator with what it takes."""
    X, y = blobs(classes)
    classifier = LinearDiscriminantAnalysis().fit(X[:300], y[:300])
    held, labels = X[300:], np.searchsorted(classifier.classes_, y[300:])
    values, probs = classifier.decision_function(held), classifier.predict_proba(held)
    logits = np.stack([-values / 2, values / 2], 1) if classes == 2 else values

    def calibrated(method):
        model = CalibratedClassifierCV(FrozenEstimator(classifier), method=method)
        return model.fit(held, y[300:]).predict_proba(held)

    expected = lg.VectorScaling().fit(logits, labels).predict_proba(logits)
    np.testing.assert_allclose(calibrated("vector"), expected, rtol=1e-12)
    expected = lg.DirichletCalibration().fit(probs, labels).predict_proba(probs)
    np.testing.assert_allclose(calibrated("dirichlet"), expected, rtol=1e-12)
    if classes == 2:
        p = lg.BetaCalibration().fit(probs[:, 1], labels).predict_proba(probs[:, 1])
        expected = np.stack([1 - p, p], 1)
    else:
        of_all = lg.OneVsRest(lg.BetaCalibration()).fit(probs, labels)
        expected = of_all.predict_proba(probs)
    np.testing.assert_allclose(calibrated("beta"), expected, rtol=1e-12)
    np.testing.assert_array_equal(calibrated(lg.BetaCalibration()), calibrated("beta"))


def test_probabilities_of_what_has_only_decision_values():
    X, y = blobs(3)
    classifier = LinearSVC(random_state=0).fit(X, y)
    probs = special.softmax(classifier.decision_function(X), axis=1)
    labels = np.searchsorted(classifier.classes_, y)
    model = CalibratedClassifierCV(FrozenEstimator(classifier), method="dirichlet").fit(X, y)
    expected = lg.DirichletCalibration().fit(probs, labels).predict_proba(probs)
    np.testing.assert_allclose(model.predict_proba(X), expected, rtol=1e-9)


def test_logits_of_what_has_only_probabilities():
    """Zeros are held at the precision of double numbers."""
    X, y = blobs(3)
    tree = DecisionTreeClassifier(max_depth=5, random_state=0).fit(X[:300], y[:300])
    held, labels = X[300:], np.searchsorted(tree.classes_, y[300:])
    logits = np.log(np.maximum(tree.predict_proba(held), np.finfo(float).eps))
    model = CalibratedClassifierCV(FrozenEstimator(tree), method="temperature").fit(held, y[300:])
    scaling = model.calibrated_classifiers_[0].calibrator
    assert scaling.temperature_ == lg.TemperatureScaling().fit(logits, labels).temperature_ > 1


def test_fitted_estimators_stay_as_they_are():
    X, y = blobs(3)
    fitted = LogisticRegression().fit(X[:300], y[:300])
    before = fitted.coef_.copy()
    for ensemble, pairs in (("auto", 1), (False, 1), (True, 5)):
        model = CalibratedClassifierCV(FrozenEstimator(fitted), ensemble=ensemble)
        model.fit(X[300:], y[300:], sample_weight=np.ones(300))
        assert len(model.calibrated_classifiers_) == pairs
    np.testing.assert_array_equal(fitted.coef_, before)


def test_a_fitted_estimator_may_know_more_classes_than_the_held_out_rows():
    X, y = blobs(3)
    fitted, held = LogisticRegression().fit(X, y), y != "fig"
    model = CalibratedClassifierCV(FrozenEstimator(fitted), method="temperature")
    assert model.fit(X[held], y[held]).predict_proba(X).shape == (len(y), 3)
    np.testing.assert_array_equal(model.classes_, fitted.classes_)


def test_a_class_that_a_fold_has_not_seen():
    X, y = blobs(3)
    lone = np.flatnonzero(y == "fig")[:1]
    rows = np.concatenate([lone, np.flatnonzero(y != "fig")])
    X, y = X[rows], y[rows]
    half = len(y) // 2
    folds = [(np.arange(half), np.arange(half, len(y))), (np.arange(half, len(y)), np.arange(half))]
    both = CalibratedClassifierCV(LogisticRegression(), cv=folds).fit(X, y)
    probs = both.calibrated_classifiers_[1].predict_proba(X)
    assert (probs[:, list(both.classes_).index("fig")] == 0).all()
    np.testing.assert_allclose(both.predict_proba(X).sum(axis=1), 1, atol=1e-12)
    one = CalibratedClassifierCV(LogisticRegression(), cv=folds, ensemble=False).fit(X, y)
    # Only the first fold's estimator knows all classes.
    by_hand = LogisticRegression().fit(X[:half], y[:half]).decision_function(X[half:])
    labels = np.searchsorted(one.classes_, y[half:])
    expected = lg.OneVsRest(lg.PlattScaling()).fit(by_hand, labels)
    got = one.calibrated_classifiers_[0].calibrator
    np.testing.assert_array_equal(got.predict_proba(by_hand), expected.predict_proba(by_hand))
    with pytest.raises(ValueError, match="no fold of cv has all classes"):
        CalibratedClassifierCV(LogisticRegression(), cv=folds[1:], ensemble=False).fit(X, y)


def test_an_estimator_of_one_class():
    X = np.arange(8.0).reshape(-1, 1)
    y = np.array([0, 0, 0, 0, 1, 1, 1, 1])
    folds = [([0, 1, 2], [3, 4]), ([0, 1, 6, 7], [2, 3, 4, 5])]
    model = CalibratedClassifierCV(DecisionTreeClassifier(), cv=folds).fit(X, y)
    expected = np.tile([1.0, 0.0], (8, 1))
    np.testing.assert_array_equal(model.calibrated_classifiers_[0].predict_proba(X), expected)


def test_classes_in_any_order():
    class Reversed(LogisticRegression):
        def fit(self, X, y, sample_weight=None):
            super().fit(X, y, sample_weight)
            self.classes_ = self.classes_[::-1].copy()
            return self

        def decision_function(self, X):
            values = super().decision_function(X)
            return -values if values.ndim == 1 else values[:, ::-1]

    for classes in (2, 3):
        X, y = blobs(classes)
        for method in ("temperature", "isotonic"):
            model = CalibratedClassifierCV(Reversed(), method=method, cv=3).fit(X, y)
            expected = clone(model).set_params(estimator=LogisticRegression()).fit(X, y)
            np.testing.assert_allclose(
                model.predict_proba(X), expected.predict_proba(X), atol=1e-9
            )


def test_parts_may_overlap():
    X, y = blobs(2)
    cv = ShuffleSplit(3, random_state=0)
    model = CalibratedClassifierCV(LogisticRegression(), cv=cv, ensemble=False).fit(X, y)
    said = [
        LogisticRegression().fit(X[train], y[train]).decision_function(X[test])
        for train, test in cv.split(X)
    ]
    labels = np.concatenate([y[test] == "plum" for _, test in cv.split(X)])
    scaling = lg.PlattScaling().fit(np.concatenate(said), labels)
    assert model.calibrated_classifiers_[0].calibrator.a_ == scaling.a_


@pytest.mark.parametrize("n_jobs", [None, 2])
def test_jobs_sparse_tables_and_pipelines(n_jobs):
    X, y = blobs(3)
    inner = make_pipeline(StandardScaler(with_mean=False), LogisticRegression())
    dense = CalibratedClassifierCV(inner, method="vector", cv=3).fit(X, y)
    with joblib.parallel_backend("threading"):
        model = clone(dense).set_params(n_jobs=n_jobs).fit(sparse.csr_matrix(X), y)
    got = model.predict_proba(sparse.csr_matrix(X))
    np.testing.assert_allclose(got, dense.predict_proba(X), atol=1e-4)


def test_frames_and_their_names():
    pandas = pytest.importorskip("pandas")
    X, y = blobs(3)
    frame = pandas.DataFrame(X, columns=list("abcdefgh"))
    model = CalibratedClassifierCV(LogisticRegression(), cv=3).fit(frame, pandas.Series(y))
    assert model.n_features_in_ == 8 and list(model.feature_names_in_) == list("abcdefgh")
    plain = CalibratedClassifierCV(LogisticRegression(), cv=3).fit(X, y)
    np.testing.assert_array_equal(model.predict_proba(frame), plain.predict_proba(X))


@pytest.mark.parametrize("of", [lg, calibration])
def test_search_over_parameters_of_the_calibrator(of):
    X, y = blobs(2)
    y = (y == "fig").astype(int)
    model = CalibratedClassifierCV(LogisticRegression(), method=of.HistogramBinning(), cv=3)
    search = GridSearchCV(model, {"method__bins": [1, 20]}, scoring="neg_brier_score", cv=2)
    assert search.fit(X, y).best_params_ == {"method__bins": 20}
    nested = clone(model).set_params(method=calibration.OneVsRest(of.HistogramBinning()))
    nested.set_params(method__binary__bins=3, estimator__C=0.5).fit(X, y)
    assert nested.method.binary.bins == 3 and nested.estimator.C == 0.5


class Recorder(ClassifierMixin, BaseEstimator):
    """A classifier that remembers what its fit was given."""

    def fit(self, X, y, sample_weight=None, note=None):
        self.classes_, self.weights_, self.note_ = np.unique(y), sample_weight, note
        return self

    def decision_function(self, X):
        return X[:, 0]


def test_weights_and_parameters_of_a_fit_are_cut_to_the_folds():
    X, y = blobs(2)
    weights, note = np.arange(600) % 7.0, np.arange(600)
    model = CalibratedClassifierCV(Recorder(), cv=3)
    model.fit(X, y, sample_weight=weights, note=note)
    for pair, (train, test) in zip(model.calibrated_classifiers_, StratifiedKFold(3).split(X, y)):
        np.testing.assert_array_equal(pair.estimator.weights_, weights[train])
        np.testing.assert_array_equal(pair.estimator.note_, note[train])
        alone = lg.PlattScaling().fit(X[test, 0], y[test] == "plum", weights[test])
        assert pair.calibrator.a_ == alone.a_
    model.fit(X, y, note="same for all")
    assert model.calibrated_classifiers_[0].estimator.note_ == "same for all"


def test_metadata_routing():
    X, y = blobs(2)
    weights, groups = np.arange(600) % 7.0, np.arange(600) % 5
    with sklearn.config_context(enable_metadata_routing=True):
        inner = Recorder().set_fit_request(sample_weight=False, note=True)
        model = CalibratedClassifierCV(inner, cv=GroupKFold(5))
        model.fit(X, y, sample_weight=weights, note=groups, groups=groups)
        for pair in model.calibrated_classifiers_:
            assert pair.estimator.weights_ is None and len(set(pair.estimator.note_)) == 4
        with pytest.raises(TypeError, match="unexpected argument"):
            model.fit(X, y, other=groups)
        default = CalibratedClassifierCV(cv=3).fit(X, y, sample_weight=weights)
    outside = CalibratedClassifierCV(cv=3).fit(X, y, sample_weight=weights)
    np.testing.assert_array_equal(default.predict_proba(X), outside.predict_proba(X))


def test_an_estimator_without_weights_is_warned_of():
    X, y = blobs(2)

    class Plain(Recorder):
        def fit(self, X, y):
            return super().fit(X, y)

    with pytest.warns(UserWarning, match="Plain takes no sample_weight") as caught:
        CalibratedClassifierCV(Plain(), cv=3).fit(X, y, sample_weight=np.ones(600))
    assert caught[0].filename == __file__


@pytest.mark.parametrize(
    "params, kind, match",
    [
        ({"method": "softmax"}, ValueError, "method is a calibrator or one of .*'softmax'"),
        ({"method": 3}, TypeError, "method is a calibrator or the name of one, not 3"),
        ({"method": lg.ConformalClassifier()}, ValueError, "sets, not probabilities"),
        ({"method": calibration.SaerensPriors()}, ValueError, "rows asked about"),
        ({"method": lg.OneVsRest("platt")}, TypeError, "binary is a calibrator of two .*'platt'"),
        ({"ensemble": "yes"}, ValueError, "ensemble is True, False or \"auto\", not 'yes'"),
        ({"cv": LeaveOneOut()}, ValueError, "cv is LeaveOneOut"),
        ({"estimator": StandardScaler()}, Exception, "StandardScaler"),
        (
            {"estimator": SVC(decision_function_shape="ovo")},
            ValueError,
            r"decision_function of the estimator has the shape \(150, 6\).* 4 classes",
        ),
    ],
)
def test_what_is_refused(params, kind, match):
    X, y = blobs(4)
    model = CalibratedClassifierCV(LogisticRegression(), cv=4).set_params(**params)
    with pytest.raises(kind, match=match):
        model.fit(X, y)


@pytest.mark.parametrize("weights, match", [([0.0] * 60, "zero"), ([-1.0] * 60, "[Nn]egative")])
def test_weights_that_are_refused(weights, match):
    X, y = blobs(2, 60)
    with pytest.raises(ValueError, match=match):
        CalibratedClassifierCV(LogisticRegression()).fit(X, y, sample_weight=weights)


def test_scikit_learn_is_imported_only_where_it_is_used():
    code = "import sys, logitude.sklearn; assert 'sklearn' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
    code = (
        "import sys\nsys.modules['sklearn'] = None\n"
        "try: import logitude.sklearn.calibration\n"
        "except ImportError as e: assert 'logitude[sklearn]' in str(e)\n"
        "else: sys.exit(1)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_page_names_every_method():
    page = Path(__file__).parents[3] / "docs" / "sklearn.md"
    text = page.read_text(encoding="utf-8")
    assert all(f'`"{name}"`' in text for name in METHODS)
