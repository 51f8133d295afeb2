"""Boosted trees, fitted and written as the numbers that the program reads."""

from __future__ import annotations

from typing import Any

import lightgbm
import numpy as np

ROUNDS, LEAVES, STEP = 60, 15, 0.15
MANY_ROUNDS, MANY_LEAVES = 130, 31
"""For the steps between stretches, which need more."""
_BODY_KEPT = 0.4
"""Share of the lines of body text that the kinds are learnt from: there are many, and most are plain."""


def fit(rows: Any, answers: Any, rounds: int = ROUNDS, leaves: int = LEAVES, weights: Any = None) -> Any:
    """Return a classifier fitted to rows of signs and their answers; the same on every machine and run."""
    model = lightgbm.LGBMClassifier(
        n_estimators=rounds,
        num_leaves=leaves,
        learning_rate=STEP,
        min_child_samples=40,
        subsample=0.8,
        subsample_freq=1,
        colsample_bytree=0.5,
        max_bin=63,
        n_jobs=1,
        deterministic=True,
        force_row_wise=True,
        random_state=1,
        verbose=-1,
    )
    return model.fit(rows, answers, sample_weight=weights)


def fit_kinds(rows: Any, kinds: Any) -> Any:
    """Return a classifier of the kinds of lines; plain body text counts as much as if all of it were learnt from."""
    drawn = np.random.default_rng(1).random(len(kinds)) < _BODY_KEPT
    kept = (kinds != 0) | drawn
    return fit(rows[kept], kinds[kept], weights=np.where(kinds[kept] == 0, 1 / _BODY_KEPT, 1.0))


def chances(model: Any, rows: Any) -> Any:
    """Return the chance that each row is what was asked for."""
    return model.predict_proba(rows)[:, 1] if len(rows) else np.zeros(0)


def sums_of(model: Any, classes: int = 1) -> list[dict[str, Any]]:
    """Return the trees of a model as flat tables, one a class."""
    trees = model.booster_.dump_model()["tree_info"]
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
