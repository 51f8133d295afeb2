"""Boosted trees, fitted and written as the numbers that the program reads."""

from __future__ import annotations

from typing import Any

import lightgbm
import numpy as np

ROUNDS, LEAVES, STEP = 60, 15, 0.15
MANY_ROUNDS, MANY_LEAVES = 130, 31
"""For the steps between stretches, which need more."""
AGAIN_ROUNDS, AGAIN_STEP = 90, 0.1
"""For the second look at the kinds, which has fewer lines and more that is doubtful."""
FEWEST_DOUBTS, DRAWN = 1.0, 1.0
"""How much doubt (p (1 - p), summed over its rows) a leaf needs, and how far it is drawn to nothing."""
_BODY_KEPT = 0.4
"""Share of the lines of body text that the kinds are learnt from: there are many, and most are plain."""

_OTHERS_KEPT = 0.5
"""Share of the steps that are not taken that the steps are learnt from: of a dozen that are asked about one is."""


def fit(
    rows: Any, answers: Any, rounds: int = ROUNDS, leaves: int = LEAVES, weights: Any = None, step: float = STEP
) -> Any:
    """Return trees fitted to rows of signs and their answers; the same on every machine and run.

    A leaf needs some rows of both answers, and what it says is drawn to nothing: without that a leaf of rows that are
    all but sure asks for ever larger numbers, and the sum runs away.
    """
    many = int(answers.max()) + 1 if len(answers) else 2
    options = {
        "objective": "multiclass" if many > 2 else "binary",
        "num_leaves": leaves,
        "learning_rate": step,
        "min_data_in_leaf": 40,
        "min_sum_hessian_in_leaf": FEWEST_DOUBTS,
        "lambda_l2": DRAWN,
        "bagging_fraction": 0.8,
        "bagging_freq": 1,
        "feature_fraction": 0.5,
        "max_bin": 63,
        "num_threads": 1,
        "deterministic": True,
        "force_row_wise": True,
        "seed": 1,
        "verbose": -1,
    } | ({"num_class": many} if many > 2 else {})
    return lightgbm.train(options, lightgbm.Dataset(rows, label=answers, weight=weights), rounds)


def fit_kinds(rows: Any, kinds: Any, rounds: int = ROUNDS, leaves: int = LEAVES, step: float = STEP) -> Any:
    """Return trees of the kinds of lines; plain body text counts as much as if all of it were learnt from."""
    drawn = np.random.default_rng(1).random(len(kinds)) < _BODY_KEPT
    kept = (kinds != 0) | drawn
    weights = np.where(kinds[kept] == 0, 1 / _BODY_KEPT, 1.0)
    return fit(rows[kept], kinds[kept], rounds, leaves, weights, step)


def fit_headings(rows: Any, kinds: Any) -> Any:
    """Return trees of the second look at the kinds."""
    return fit_kinds(rows, kinds, AGAIN_ROUNDS, MANY_LEAVES, AGAIN_STEP)


def fit_steps(rows: Any, answers: Any) -> Any:
    """Return trees of the steps between stretches; those not taken count as much as if all were learnt from."""
    kept = (answers != 0) | (np.random.default_rng(1).random(len(answers)) < _OTHERS_KEPT)
    weights = np.where(answers[kept] == 0, 1 / _OTHERS_KEPT, 1.0)
    return fit(rows[kept], answers[kept], MANY_ROUNDS, MANY_LEAVES, weights)


def chances(model: Any, rows: Any) -> Any:
    """Return the chance that each row is what was asked for, or the chances of its kinds."""
    return model.predict(rows, num_threads=1) if len(rows) else np.zeros(0)


def sums_of(model: Any, classes: int = 1) -> list[dict[str, Any]]:
    """Return the trees of a model as flat tables, one a class."""
    trees = model.dump_model()["tree_info"]
    return [_flat(trees[k::classes]) for k in range(classes)]


def _flat(trees: Any) -> dict[str, Any]:
    table: dict[str, Any] = {name: [] for name in ("roots", "sign", "limit", "low", "high", "leaves")}
    for tree in trees:
        table["roots"].append(_add(table, tree["tree_structure"]))
    return table


def _add(table: dict[str, Any], node: Any) -> int:
    """Add a node with all below it; its number, below 0 for a leaf."""
    if "leaf_value" in node:
        table["leaves"].append(round(node["leaf_value"], 4))
        return -len(table["leaves"])
    number = len(table["sign"])
    table["sign"].append(node["split_feature"])
    table["limit"].append(float(f"{node['threshold']:.7g}"))
    table["low"].append(0)
    table["high"].append(0)
    table["low"][number] = _add(table, node["left_child"])
    table["high"][number] = _add(table, node["right_child"])
    return number
