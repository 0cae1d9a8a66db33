"""Writes logistic_regression.json: one fixed problem of logistic regression
without intercept whose points span two of four dimensions, solved by SciPy.

Run: python3 tests/models/data/logistic_regression.py
"""
import json
from pathlib import Path

import numpy as np
import scipy
from scipy.optimize import root
from scipy.special import expit

random = np.random.default_rng(41)
n, d, k = 12, 4, 2
X = np.round(random.normal(size=(n, k)) @ random.normal(size=(k, d)), 3)
# Rounding leaves the plane; project back on two directions.
U, s, Vt = np.linalg.svd(X, full_matrices=False)
X = (U[:, :k] * s[:k]) @ Vt[:k]
y = np.where(random.random(n) < expit(X @ [0.6, -0.4, 0.2, 0.5]), 1, -1)
w0 = np.array([1.5, -2.0, 0.25, 3.0])

U, s, Vt = np.linalg.svd(X, full_matrices=False)
B = Vt[:k]  # [k, d]
Z = X @ B.T


def gradient(v):
    return -Z.T @ (y * expit(-y * (Z @ v)))


def hessian(v):
    p = expit(Z @ v)
    return Z.T @ (Z * (p * (1 - p))[:, None])


solution = root(gradient, np.zeros(k), jac=hessian, tol=1e-15)
assert np.linalg.norm(gradient(solution.x)) < 1e-14
w = B.T @ solution.x
loss = np.logaddexp(0, -y * (X @ w)).sum()
path = Path(__file__).with_suffix(".json")
path.write_text(json.dumps({
    "scipy": scipy.__version__,
    "numpy": np.__version__,
    "inputs": X.tolist(),
    "labels": y.tolist(),
    "start": w0.tolist(),
    "norm": s[0],
    "minimum": w.tolist(),
    "limit": (w + w0 - B.T @ (B @ w0)).tolist(),
}, indent=1) + "\n")
print(scipy.__version__, loss, np.linalg.norm(w), hessian(solution.x))
