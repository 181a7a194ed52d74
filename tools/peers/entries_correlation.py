"""How two columns go together, and errors of predictions of numbers."""

from __future__ import annotations

from .entry import Entry

ALL = "columns, few columns, levels, few levels"
UNTIED = "columns, few columns"

FAMILIES = {
    "Correlation of two columns": [
        Entry("lg.pearsonr(x, z)[0]", "stats.pearsonr(x, z)[0]", ALL + ", far, constant"),
        Entry("lg.pearsonr(x, z)[1]", "stats.pearsonr(x, z)[1]", ALL, rtol=1e-10,
              coarse="of a correlation that is rounded, many digits of 1 - r"),
        Entry("lg.pearsonr(x, z, report=True)[5:7]",
              "tuple(stats.pearsonr(x, z).confidence_interval())", ALL),
        Entry("lg.pearsonr(x, z)[0]", "np.corrcoef(x, z)[0, 1]", ALL + ", far"),
        Entry("[lg.pearsonr(x, z, v, report=True)[i] for i in (9, 11, 10)]",
              "np.cov(x, z, fweights=v.astype(int))[[0, 0, 1], [0, 1, 1]]", ALL),
        Entry("lg.pearsonr(x, z, report=True)[12:14]", "tuple(stats.linregress(x, z))[:2]", ALL),
        Entry("lg.pearsonr(x, z)[0]", "reg.pearson_corrcoef(x, z)", ALL),
        Entry("(lambda made: 2 * made.covariance / (made.variance_x + made.variance_y + "
              "(made.mean_x - made.mean_y)**2))(lg.pearsonr(x, z, report=True))",
              "reg.concordance_corrcoef(x, z)", ALL),
        Entry("lg.concordance_corrcoef(x, z)", "reg.concordance_corrcoef(x, z)", ALL,
              why="torchmetrics divides variances by n - 1, Lin by n"),
    ],
    "Correlation of ranks": [
        *(Entry(f"lg.rankdata(x, '{method}')", f"stats.rankdata(x, '{method}')", ALL + ", constant")
          for method in ("average", "min", "max", "dense", "ordinal")),
        Entry("lg.spearmanr(x, z)[0]", "stats.spearmanr(x, z)[0]", ALL + ", far, constant"),
        Entry("lg.spearmanr(x, z)[1]", "stats.spearmanr(x, z)[1]", ALL, rtol=1e-10,
              coarse="of a correlation that is rounded, many digits of 1 - r"),
        Entry("lg.spearmanr(x, z)[0]", "reg.spearman_corrcoef(x, z)", ALL, rtol=1e-5,
              coarse="torchmetrics adds 1e-6 to the product of deviations"),
        Entry("lg.kendalltau(x, z)", "tuple(stats.kendalltau(x, z))", ALL + ", far, constant"),
        Entry("lg.kendalltau(x, z, variant='c')", "tuple(stats.kendalltau(x, z, variant='c'))",
              ALL),
        *(Entry(f"lg.kendalltau(x, z, variant='{v}')[0]",
                f"reg.kendall_rank_corrcoef(x, z, variant='{v}')", ALL, rtol=1e-6,
                coarse="torchmetrics computes in f32")
          for v in "bc"),
        *(Entry(f"lg.weightedtau(x, z, {rank}, additive={additive})",
                f"stats.weightedtau(x, z, {rank}, None, {additive})[0]", ALL)
          for rank in (True, None, False) for additive in (True, False)),
        Entry("lg.somersd(x, z)",
              "(lambda made: (made.statistic, made.pvalue))(stats.somersd(x, z))",
              ALL + ", constant"),
        Entry("lg.chatterjeexi(x, z)", "tuple(stats.chatterjeexi(x, z))", UNTIED, rtol=1e-11,
              coarse="variances of ranks in both, by sums that cancel"),
        Entry("lg.chatterjeexi(x, z, y_continuous=True)",
              "tuple(stats.chatterjeexi(x, z, y_continuous=True))", UNTIED),
        Entry("lg.chatterjeexi(x, z)[0]", "stats.chatterjeexi(x, z)[0]", "levels, few levels",
              why="where x are equal, scipy takes one order of rows, ours is the mean over all"),
        Entry("lg.concordance_index(z, x)", "(stats.somersd(z, x).statistic + 1) / 2", ALL),
        Entry("lg.concordance_index(e, x)", "sk.roc_auc_score(e, x)", ALL),
    ],
    "Errors of predictions": [
        *(
            Entry(f"lg.{name}(z, x, sample_weight=v)", f"sk.{name}(z, x, sample_weight=v)", on)
            for name, on in (
                ("r2_score", ALL + ", far"),
                ("explained_variance_score", ALL),
                ("mean_squared_error", ALL + ", constant"),
                ("root_mean_squared_error", ALL),
                ("mean_absolute_error", ALL),
                ("mean_absolute_percentage_error", ALL),
            )
        ),
        Entry("lg.max_error(z, x)", "sk.max_error(z, x)", ALL + ", far"),
        Entry("[lg.mean_pinball_loss(z, x, alpha=a) for a in (0.1, 0.5, 0.9)]",
              "[sk.mean_pinball_loss(z, x, alpha=a) for a in (0.1, 0.5, 0.9)]", ALL),
        Entry("lg.r2_score(z, x, predictors=3)", "reg.r2_score(x, z, adjusted=3)", ALL),
        Entry("lg.explained_variance_score(x, z)", "sk.explained_variance_score(x, z)",
              "constant",
              why="of a constant y, scikit-learn gives 0 or 1, ours is NaN"),
    ],
}
