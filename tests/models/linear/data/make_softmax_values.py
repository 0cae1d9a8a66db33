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
print(json.dumps({
    "dimension": d,
    "classes": classes,
    "inputs": inputs.ravel().tolist(),
    "labels": labels.tolist(),
    "weights": weights.tolist(),
    "fits": fits,
}))
