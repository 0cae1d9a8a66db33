"""Values of NumPy and SciPy for tests of what is found of a shift.

    python3 make_asked_values.py > asked.json
"""
import json

import numpy as np
from scipy import stats

rng = np.random.default_rng(1)
n, d = 24, 3
x = rng.normal(size=(n, d)).astype(np.float32)
strata = np.arange(n) % 2
x[:, 0] += strata
y = np.where(rng.random(n) < 0.4, 1.0, -1.0) + x[:, 1]
folds = np.arange(n) % 3
penalty = 1.5


def cross_ridge(strata):
    """Least squares with a penalty on standardised x, both about class means of the other folds, by direct solution."""
    z = (x.astype(np.float64) - x.mean(0, dtype=np.float64)) / x.astype(np.float64).std(0)
    out = np.zeros(n)
    for fold in set(folds):
        train = folds != fold
        about, target = z.copy(), y.copy()
        for c in set(strata):
            here = train & (strata == c)
            about[strata == c] -= z[here].mean(0)
            target[strata == c] -= y[here].mean()
        gram = about[train].T @ about[train] + penalty * np.eye(d)
        weights = np.linalg.solve(gram, about[train].T @ target[train])
        out[~train] = z[~train] @ weights
    return out.tolist()


a, b = [30, 12, 8, 0], [18, 20, 15, 0]
chi = stats.chi2_contingency(np.array([a[:3], b[:3]]), correction=False)

scores = rng.normal(size=40)
shifted = (rng.random(40) < 0.5).astype(int)
classes = rng.integers(0, 3, size=40)
areas, weights = [], []
for c in range(3):
    p = scores[(classes == c) & (shifted == 1)]
    q = scores[(classes == c) & (shifted == 0)]
    areas.append(stats.mannwhitneyu(p, q).statistic / (len(p) * len(q)))
    weights.append(len(p) * len(q) / (len(p) + len(q)))

# One-sided Clopper-Pearson ends of 40 of 100 and of 0 of 100 at 97.5%.
print(json.dumps({
    "versions": {"numpy": np.__version__},
    "ridge": {
        "x": x.ravel().tolist(), "y": y.tolist(), "folds": folds.tolist(),
        "strata": strata.tolist(), "penalty": penalty,
        "plain": cross_ridge(np.zeros(n, dtype=int)), "within": cross_ridge(strata),
    },
    "labels": {"a": a, "b": b, "chi": chi.statistic},
    "area": {
        "scores": scores.tolist(), "shifted": shifted.tolist(),
        "classes": classes.tolist(), "area": float(np.average(areas, weights=weights)),
    },
    "ends": {"low40": stats.beta.ppf(0.025, 40, 61), "high0": stats.beta.ppf(0.975, 1, 100)},
}))
