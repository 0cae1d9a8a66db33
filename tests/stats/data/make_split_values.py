"""Writes split.json, reference values of calibration and agreement.

Made with Debian's python3-sklearn 1.4.2, python3-scipy 1.15.3 and
python3-numpy 2.2.4:

    python3 tests/stats/data/make_split_values.py > tests/stats/data/split.json
"""
import json

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import expit
from sklearn.calibration import calibration_curve
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import cohen_kappa_score, jaccard_score, roc_auc_score

random = np.random.default_rng(7)
n = 120
positive = random.random(n) < 0.4
# One decimal, so that some scores are equal.
scores = np.round(random.normal(size=n) * 1.5 + 1.2 * positive - 0.6, 1)


def loss(factor):
    return np.sum(np.logaddexp(0, -np.where(positive, 1, -1) * factor * scores))


temperature = minimize_scalar(loss, bounds=(0, 10), method="bounded", options={"xatol": 1e-12})
isotonic = IsotonicRegression(out_of_bounds="clip").fit(scores, positive)
places = [-9, -2.05, -0.71, 0, 0.33, 1.48, 9]
fine = random.normal(size=n)
observed, predicted = calibration_curve(positive, expit(fine), n_bins=8, strategy="quantile")
second = np.where(random.random(n) < 0.8, positive, ~positive)
inputs = random.normal(size=(n, 3)) + 0.8 * positive[:, None]
fits = []
for penalty in (1, 25):
    model = LogisticRegression(C=1 / penalty, tol=1e-12, max_iter=100000).fit(inputs, positive)
    fits.append({"penalty": penalty, "weights": model.coef_[0].tolist(), "intercept": model.intercept_[0]})

# DeLong, DeLong and Clarke-Pearson (1988), by its definition.
psi = (scores[positive][:, None] > scores[~positive]) + 0.5 * (scores[positive][:, None] == scores[~positive])
delong = np.sqrt(psi.mean(1).var(ddof=1) / positive.sum() + psi.mean(0).var(ddof=1) / (~positive).sum())

print(json.dumps({
    "positive": positive.tolist(),
    "scores": scores.tolist(),
    "auroc": roc_auc_score(positive, scores),
    "aurocError": delong,
    "inverseTemperature": temperature.x,
    "isotonic": [[p, v] for p, v in zip(places, isotonic.predict(places).tolist())],
    "probabilities": expit(fine).tolist(),
    "reliability": [list(pair) for pair in zip(predicted.tolist(), observed.tolist())],
    "second": second.tolist(),
    "kappa": cohen_kappa_score(positive, second),
    "jaccard": jaccard_score(positive, second),
    "inputs": inputs.ravel().tolist(),
    "fits": fits,
}))
