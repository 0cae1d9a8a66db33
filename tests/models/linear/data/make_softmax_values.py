"""Writes softmax.json, reference values of penalised multinomial regressions.

Made with Debian's python3-sklearn 1.4.2, python3-scipy 1.15.3 and
python3-numpy 2.2.4:

    python3 tests/models/linear/data/make_softmax_values.py > tests/models/linear/data/softmax.json

Adding a number to all biases, or a vector to the weights of all classes,
changes no probability, so biases and L1's weights are about their means over
the classes.
"""
import json

import numpy as np
from scipy.optimize import minimize
from scipy.special import log_softmax, softmax
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

def folded(kernel, bias):
    """A classifier of standardised features, [classes, d], as one of the features."""
    kernel = (kernel / scaler.scale_).T
    bias = bias - scaler.mean_ @ kernel
    return {
        "kernel": (kernel - kernel.mean(1, keepdims=True)).ravel().tolist(),
        "bias": (bias - bias.mean()).tolist(),
    }

# The refitting of those who proposed it, where all groups are of one size, so
# that every balanced subset is all images: standardised features, L1.
model = LogisticRegression(
    penalty="l1", solver="saga", C=0.3, multi_class="multinomial",
    tol=1e-10, max_iter=1_000_000, random_state=0,
).fit(scaler.transform(features), labels)
published = {
    "groups": random.permutation(np.arange(n) % 6).tolist(),
    "c": 0.3,
    **folded(model.coef_, model.intercept_),
}

# Refitting where an early and a finished network disagree most: as many images
# of each class as there are, up to a number; classes of equal weight; a
# squared distance from the finished network's layer, biases included.
def drawn_layer():
    kernel = np.round(random.normal(size=(d, classes)) / scales[:, None], 3)
    return kernel, np.round(random.normal(size=classes) - 5 * kernel.sum(0), 3)

early, finished = drawn_layer(), drawn_layer()
outputs = [softmax(features @ kernel + bias, axis=1) for kernel, bias in (early, finished)]
distances = np.abs(outputs[0] - outputs[1]).sum(1) / 2
centre = np.concatenate([
    (finished[0] * scaler.scale_[:, None]).T,
    (finished[1] + scaler.mean_ @ finished[0])[:, None],
], axis=1)
disagreement = {
    "early": {"kernel": early[0].ravel().tolist(), "bias": early[1].tolist()},
    "finished": {"kernel": finished[0].ravel().tolist(), "bias": finished[1].tolist()},
    "c": 0.2,
    "fits": [],
}
for per_class in (10, 31):
    chosen = np.sort(np.concatenate([
        sorted(np.flatnonzero(labels == k), key=lambda i: -distances[i])[:per_class]
        for k in range(classes)
    ]))
    x = np.column_stack([scaler.transform(features)[chosen], np.ones(len(chosen))])
    y = labels[chosen]
    counts = np.bincount(y, minlength=classes)
    own = len(chosen) / classes / counts[y]

    def objective(flat):
        layer = flat.reshape(classes, d + 1)
        logs = log_softmax(x @ layer.T, axis=1)
        off = layer - centre
        value = -0.2 * (own * logs[np.arange(len(y)), y]).sum() + (off ** 2).sum() / 2
        wrong = np.exp(logs) - np.eye(classes)[y]
        return value, (0.2 * (own[:, None] * wrong).T @ x + off).ravel()

    found = minimize(
        objective, centre.ravel(), jac=True, method="BFGS", options={"gtol": 1e-9},
    ).x.reshape(classes, d + 1)
    disagreement["fits"].append({
        "images": per_class * classes,
        "chosen": chosen.tolist(),
        "counts": counts.tolist(),
        **folded(found[:, :d], found[:, d]),
    })
print(json.dumps({
    "dimension": d,
    "classes": classes,
    "inputs": inputs.ravel().tolist(),
    "labels": labels.tolist(),
    "weights": weights.tolist(),
    "fits": fits,
    "refit": refit,
    "published": published,
    "disagreement": disagreement,
}))
