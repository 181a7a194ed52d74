"""Which families are fuzzed together: each group is a program of its own, with a corpus of
its own in c_tests/fuzz/corpus. A family that stands in no group is an error."""

from __future__ import annotations

from typing import Any

GROUPS: dict[str, str] = {
    # The slowest are first, so that none goes on alone.
    "fits": """temperature ensemble_temperature ca_temperature vector_scaling matrix_scaling
        dirichlet prior_shift saerens""",
    "distillation": """kd dkd nkd kl_div js_div uskd info_nce decoupled_softmax dro_kl
        dro_temperature contrastive_dro tau_cross_entropy ca_features""",
    "transforms": """softmax softmax_mask log_softmax logsumexp softmax_cols log_softmax_cols
        logsumexp_cols sigmoid log_sigmoid softplus logit spherical_softmax taylor_softmax
        gumbel_softmax temperature_rows temperature_net tempnet mix_labels zipf_targets
        soft_label soft_label_regions uskd_targets top_label""",
    "gradients": """softmax_grad log_softmax_grad logsumexp_grad attention_weights budget entmax
        entmax15 normmax sparsemax soft_topk""",
    "losses": """loss binary_cross_entropy cross_entropy entmax_loss entmax15_loss
        sparsemax_loss soft_topk_loss entropy renyi_entropy focal hinge squared_error
        spherical_loss taylor_loss z_loss pinball pairwise_reward dpo""",
    "metrics": """accuracy nll brier log_loss spherical rps binary brier_decomposition coverage
        evaluate evaluate_rows""",
    "counts": """class_counts confusion association multilabel mcnemar likelihood_ratios
        interval inverse_propensity agreement icc regression reliability""",
    "curves": """roc_curve det_curve precision_recall_curve average_precision auroc
        binned_auroc streaming_auroc multiclass_auroc multilabel_auroc operating_point delong
        risk_coverage""",
    "correlation": """pearson spearman kendall somers weighted_tau xi rank mann_whitney
        ks_two_sample concordance_index""",
    "ranking": "ranking label_ranking matching xmc csr labels bootstrap",
    "calibration": """ece_top_label ece_binary ece_classwise ece_equal_mass ace mmce smooth_ece
        ks_calibration hosmer_lemeshow calibration_slope""",
    "models": """isotonic histogram_binning bbq scaling_binning spline venn_abers platt beta
        model""",
    "reductions": "reduction one_vs_rest top_label_calibration conformal conformal_scores conformal_sets",
    "searches": """temperature_search temperature_loss logistic_search logistic_loss
        matrix_search matrix_loss ca_loss""",
    "states": "state extsum spherical_layer spherical_family types status version cpu ctx",
}


def group_of(family: str) -> str:
    found = [name for name, families in GROUPS.items() if family in families.split()]
    if len(found) != 1:
        raise SystemExit(f"{family}: in {len(found)} groups of tools/fuzz/groups.py")
    return found[0]


def functions(table: dict[str, Any], group: str) -> list[dict[str, Any]]:
    """The functions of a group, in the order of the table."""
    return [entry for entry in table["functions"] if group_of(entry["family"]) == group]
