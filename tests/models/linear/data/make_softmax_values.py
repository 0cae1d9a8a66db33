"""Writes softmax.json, reference values of penalised multinomial regressions.

Made with Debian's python3-sklearn 1.4.2 and python3-numpy 2.2.4:

    python3 tests/models/linear/data/make_softmax_values.py > tests/models/linear/data/softmax.json

Adding a number to all biases, or a vector to the weights of all classes,
changes no probability, so biases and L1's weights are about their means over
the classes.
"""
import json

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

random = np.random.default_rng(21)
n, d, classes = 90, 5, 3
labels = random.integers(classes, size=n)
means = random.normal(size=(classes, d))
inputs = np.round(random.normal(size=(n, d)) + 0.8 * means[labels], 3)
weights = np.round(random.uniform(0.1, 3, size=n), 3)
fits = []
for penalty, solver in (("l1", "saga"), ("l2", "lbfgs")):
    for c in (0.03, 0.2, 2):
        for weighted in (False, True):
            model = LogisticRegression(
                penalty=penalty, solver=solver, C=c, multi_class="multinomial",
                tol=1e-10, max_iter=1_000_000, random_state=0,
            ).fit(inputs, labels, weights if weighted else None)
            fits.append({
                "kind": penalty,
                "c": c,
                "weighted": weighted,
                "kernel": (model.coef_ - model.coef_.mean(0)).T.ravel().tolist(),
                "bias": (model.intercept_ - model.intercept_.mean()).tolist(),
            })

# The paper's refitting: standardised features, L2, weights N / (G n_g), folded
# back to the features as they were.
scales = np.array([1, 10, 0.1, 3, 1])
features = np.round(5 + scales * inputs, 3)
groups = random.choice(4, size=n, p=[0.55, 0.25, 0.15, 0.05])
sizes = np.bincount(groups, minlength=4)
scaler = StandardScaler().fit(features)
model = LogisticRegression(C=0.2, tol=1e-10, max_iter=1_000_000).fit(
    scaler.transform(features), labels, n / (4 * sizes[groups]),
)
kernel = (model.coef_ / scaler.scale_).T
bias = model.intercept_ - scaler.mean_ @ kernel
refit = {
    "features": features.ravel().tolist(),
    "groups": groups.tolist(),
    "kernel": (kernel - kernel.mean(1, keepdims=True)).ravel().tolist(),
    "bias": (bias - bias.mean()).tolist(),
}
print(json.dumps({
    "dimension": d,
    "classes": classes,
    "inputs": inputs.ravel().tolist(),
    "labels": labels.tolist(),
    "weights": weights.tolist(),
    "fits": fits,
    "refit": refit,
}))
