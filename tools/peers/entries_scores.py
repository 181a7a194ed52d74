"""Row transforms, and scores of whole rows: accuracy, likelihoods, Brier, ranks."""

from __future__ import annotations

from .entry import Entry

ROWS = "random, wide, ties, digits, single"
NO_TIES = "random, wide, digits, single"
NO_ZEROS = "random, wide, digits, single"

F32_RESULT = "torchmetrics divides counts in f32"
F32 = "both sides get f32; the peer adds up in f32"
NEAR_ONE = (
    "loses the logarithms of probabilities near 1, down to no digit at all; relative to 1 "
    "both are equal"
)
CLIPPED = (
    "clips probabilities to 2^-52 .. 1 - 2^-52, so that no row costs more than 36; ours with "
    "`eps=2**-52` is equal"
)
CLIPPED_LOGITS = (
    "softmax, then clipped to 2^-52 .. 1 - 2^-52: no row costs more than 36. From logits "
    "nothing is clipped"
)

SK_NLL = "sk.log_loss(y, special.softmax(x, axis=1), labels=range(C))"
UNCLIPPED = "random, wide, ties, single"

FAMILIES = {
    "Softmax and its relatives": [
        Entry("lg.softmax(x[:9])", "special.softmax(x[:9], axis=1)", ROWS),
        Entry("lg.softmax(x[:9])", "torch.softmax(x[:9], dim=1)", ROWS),
        Entry("lg.softmax(x[:9])", "F.softmax(x[:9], dim=1)", "random"),
        Entry("lg.softmax(x[:9], scale=0.5)", "torch.softmax(x[:9] / 2, dim=1)", ROWS),
        *(
            entry
            for peer in ("special.log_softmax(x[:9], axis=1)", "F.log_softmax(x[:9], dim=1)")
            for entry in (
                Entry("lg.log_softmax(x[:9])", peer, ROWS, scale=1.0),
                Entry(
                    "lg.log_softmax(x[:9])",
                    peer,
                    "ties, digits",
                    wrong=NEAR_ONE,
                    truth="truths.log_softmax(x[:9])",
                ),
            )
        ),
        Entry("lg.logsumexp(x[:9])", "special.logsumexp(x[:9], axis=1)", ROWS),
        Entry("lg.logsumexp(x[:9])", "torch.logsumexp(x[:9], dim=1)", ROWS),
    ],
    "Accuracy": [
        Entry("lg.top_k_accuracy(x, y)", "sk.accuracy_score(y, x.argmax(axis=1))", ROWS),
        Entry(
            "lg.top_k_accuracy(x, y, weights=w)",
            "sk.accuracy_score(y, x.argmax(axis=1), sample_weight=w)",
            ROWS,
        ),
        Entry(
            "lg.top_k_accuracy(x, y)",
            'tm.multiclass_accuracy(x, y, C, average="micro")',
            NO_TIES,
            coarse=F32_RESULT,
            rtol=1e-7,
        ),
        Entry(
            "lg.top_k_accuracy(x, y)",
            "te.multiclass_accuracy(x, y)",
            ROWS,
            coarse="torcheval divides counts in f32",
            rtol=1e-7,
        ),
        Entry(
            "lg.top_k_accuracy(x, y, k=3)",
            "sk.top_k_accuracy_score(y, x, k=3, labels=range(C))",
            NO_TIES,
        ),
        Entry(
            "lg.top_k_accuracy(x, y, k=3, weights=w)",
            "sk.top_k_accuracy_score(y, x, k=3, sample_weight=w, labels=range(C))",
            NO_TIES,
        ),
        Entry(
            "lg.top_k_accuracy(x, y, k=2)",
            "sk.top_k_accuracy_score(y, x, k=2, labels=range(C))",
            "ties",
            why="scikit-learn puts the higher index of equal scores first; ours the lower, as "
            "numpy's and torch's `argmax`",
        ),
        Entry(
            "lg.top_k_accuracy(x, y, k=3)",
            'tm.multiclass_accuracy(x, y, C, average="micro", top_k=3)',
            NO_TIES,
            coarse=F32_RESULT,
            rtol=1e-7,
        ),
        Entry(
            "lg.top_k_accuracy(x, y, k=3)",
            "te.multiclass_accuracy(x, y, k=3)",
            NO_TIES,
            coarse="torcheval divides counts in f32",
            rtol=1e-7,
        ),
        Entry(
            "lg.top_k_accuracy(x, y, k=2)",
            "te.multiclass_accuracy(x, y, k=2)",
            "ties",
            why="torcheval puts the label first among equals: a constant model is right "
            "always. Ours goes by index",
        ),
    ],
    "Negative log-likelihood, from logits": [
        Entry("lg.nll(x, y)", "F.cross_entropy(x, y)", ROWS),
        Entry("lg.nll(x, y)", SK_NLL, UNCLIPPED),
        Entry(
            "lg.nll(x, y, weights=w)",
            SK_NLL.replace("labels", "sample_weight=w, labels"),
            UNCLIPPED,
        ),
        Entry("lg.nll(x, y)", SK_NLL, "digits", why=CLIPPED_LOGITS),
        Entry(
            "lg.nll(x.astype(np.float32), y)",
            "F.cross_entropy(x.float(), y)",
            ROWS,
            coarse=F32,
            rtol=2e-6,
        ),
        Entry(
            "lg.nll(x.astype(np.float32), y)",
            "sk.log_loss(y, special.softmax(x.astype(np.float32), axis=1), labels=range(C))",
            "mistaken",
            wrong="clips f32 at 1.2e-7: no mistake costs more than 16, however sure",
            truth="truths.nll(x.astype(np.float32), y)",
            rtol=1e-6,
        ),
        Entry("np.exp(lg.nll(x, y))", "text.perplexity(x[None], y[None])", ROWS),
    ],
    "Log loss, from probabilities": [
        Entry("lg.log_loss(p, y)", "sk.log_loss(y, p, labels=range(C))", NO_ZEROS),
        Entry(
            "lg.log_loss(p, y, weights=w)",
            "sk.log_loss(y, p, sample_weight=w, labels=range(C))",
            NO_ZEROS,
        ),
        Entry("lg.log_loss(p, y, eps=2**-52)", "sk.log_loss(y, p, labels=range(C))", ROWS),
        Entry("lg.log_loss(p, y)", "sk.log_loss(y, p, labels=range(C))", "ties", why=CLIPPED),
        Entry("lg.log_loss(p, y)", "F.nll_loss(p.log(), y)", ROWS),
        Entry(
            "lg.log_loss(p.astype(np.float32), y)",
            "F.nll_loss(p.float().log(), y)",
            ROWS,
            coarse=F32,
            rtol=2e-6,
        ),
        Entry(
            "lg.log_loss(p.astype(np.float32), y)",
            "sk.log_loss(y, p.astype(np.float32), labels=range(C))",
            "digits",
            wrong="clips f32 at 1.2e-7, and so hides mistakes",
            truth="truths.log_loss(p.astype(np.float32), y)",
        ),
        Entry(
            "lg.log_loss(p / 2, y, renormalize=True)",
            "sk.log_loss(y, p, labels=range(C))",
            NO_ZEROS,
        ),
    ],
    "Brier, spherical and ranked probability score": [
        Entry(
            "lg.brier(p, y)",
            "sk.brier_score_loss(y, p, labels=range(C), scale_by_half=False)",
            ROWS,
        ),
        Entry(
            "lg.brier(p, y, weights=w)",
            "sk.brier_score_loss(y, p, sample_weight=w, labels=range(C), scale_by_half=False)",
            ROWS,
        ),
        Entry(
            "lg.brier(np.c_[1 - p, p], y) / 2",
            "sk.brier_score_loss(y, p)",
            "events, edges, hits, one digit, never",
        ),
        Entry(
            "lg.brier(p, y)",
            "tu.BrierScore(C)(p, y)",
            ROWS,
            coarse="torch-uncertainty adds up in f32",
            rtol=1e-6,
        ),
        Entry(
            "lg.spherical_score(p, y)",
            "np.mean(p[np.arange(len(y)), y] / np.linalg.norm(p, axis=1))",
            ROWS,
        ),
        Entry(
            "lg.ranked_probability_score(p, y)",
            "np.mean(scoringrules.rps_score(y + 1, p))",
            ROWS,
        ),
        Entry(
            "lg.ranked_probability_score(p, y, normalize=True)",
            "np.mean(scoringrules.rps_score(y + 1, p)) / (C - 1)",
            ROWS,
        ),
        Entry(
            "lg.ranked_probability_score(np.c_[1 - p, p], y)",
            "np.mean(scoringrules.brier_score(y, p))",
            "events, edges, hits, one digit, never",
        ),
    ],
    "Everything in one pass, from logits": [
        Entry("lg.evaluate(x, y).accuracy", "sk.accuracy_score(y, x.argmax(axis=1))", ROWS),
        Entry(
            "lg.Evaluation().update(x, y).accuracy(3)",
            "sk.top_k_accuracy_score(y, x, k=3, labels=range(C))",
            NO_TIES,
        ),
        Entry(
            "lg.Evaluation(classes=C).update(x, y).classes()['hits']",
            "sk.multilabel_confusion_matrix(y, x.argmax(axis=1), labels=range(C))[:, 1, 1]",
            ROWS,
        ),
        Entry("lg.evaluate(x, y).nll", "F.cross_entropy(x, y)", ROWS),
        Entry("lg.evaluate(x, y).perplexity", "text.perplexity(x[None], y[None])", ROWS),
        Entry(
            "lg.evaluate(x, y, w).brier",
            "sk.brier_score_loss(y, special.softmax(x, axis=1), sample_weight=w, "
            "labels=range(C), scale_by_half=False)",
            ROWS,
        ),
        Entry(
            "lg.evaluate(x, y).confidence",
            "special.softmax(x, axis=1).max(axis=1).mean()",
            ROWS,
        ),
        Entry(
            "lg.evaluate(x, y).entropy",
            "stats.entropy(special.softmax(x, axis=1), axis=1).mean()",
            ROWS,
        ),
        Entry(
            "lg.evaluate(x, y).ece, lg.evaluate(x, y).rms",
            "ucal.get_ece(special.softmax(x, axis=1), y), ucal.lower_bound_scaling_ce("
            "special.softmax(x, axis=1), y, p=2, debias=False, "
            'binning_scheme=ucal.get_equal_prob_bins, mode="top-label")',
            ROWS,
        ),
        Entry(
            'lg.evaluate(p, y, bins=10, input="probabilities").ece',
            "ucal.get_ece(p, y, num_bins=10)",
            ROWS,
        ),
    ],
}
