"""Writes scipy.json, the reference values of the statistics tests.

Made with Debian's python3-scipy 1.15.3 and python3-numpy 2.2.4:

    python3 tests/stats/data/make_scipy_values.py > tests/stats/data/scipy.json
"""
import json

import numpy as np
import scipy
from scipy import stats
from scipy.special import expit, logit
from scipy.stats import binomtest, norm, t

probabilities = [1e-9, 1e-4, 0.001, 0.025, 0.1, 0.3, 0.5, 0.5932, 0.7, 0.9, 0.975, 0.999, 0.9999]
scaled = [-5.0, -2.5, -1.0, -0.1, 0.0, 0.25, 1.0, 3.0]
levels = [0.5, 0.8, 0.9, 0.95, 0.99]
degrees = [1, 2, 3.7, 16, 33, 76, 1000]

x = [0.452, 0.507, 0.534, 0.561, 0.583, 0.597, 0.612, 0.631, 0.648]
y = [0.311, 0.352, 0.381, 0.398, 0.431, 0.436, 0.449, 0.474, 0.489]
models = [[0.741, 0.612], [0.748, 0.607], [0.752, 0.629]]
sizes = [10000, 10000]
scales = {
    "probit": (norm.ppf, norm.cdf),
    "logit": (logit, expit),
    "linear": (lambda p: np.asarray(p), lambda z: np.asarray(z)),
}


def line(forward, inverse):
    tx, ty = forward(np.array(x)), forward(np.array(y))
    fit = stats.linregress(tx, ty)
    n = len(x)
    residuals = ty - fit.slope * tx - fit.intercept
    s = np.sqrt(np.sum(residuals**2) / (n - 2))
    authors = np.std(ty) * np.sqrt((1 - fit.rvalue**2) * (n - 1) / (n - 2))
    sxx = np.sum((tx - tx.mean()) ** 2)
    out = {
        "slope": fit.slope, "intercept": fit.intercept, "r2": fit.rvalue**2, "s": s,
        "sAuthors": authors, "xMean": tx.mean(), "sxx": sxx, "models": [],
    }
    for reference, shifted in models:
        z = forward(reference)
        middle = fit.slope * z + fit.intercept
        row = {"er": shifted - inverse(middle)}
        for name, error in (("textbook", s), ("authors", authors)):
            half = t.ppf(0.975, n - 2) * error * np.sqrt(1 / n + (z - tx.mean()) ** 2 / sxx)
            row[name] = [shifted - inverse(middle + half), shifted - inverse(middle - half)]
        out["models"].append(row)
    return out


def monte_carlo():
    """Standard deviations of the mean ER by simulation: what first-order propagation approximates."""
    rng = np.random.default_rng(0)
    tx, ty = norm.ppf(x), norm.ppf(y)
    fit = stats.linregress(tx, ty)
    n = len(x)
    s = np.sqrt(np.sum((ty - fit.slope * tx - fit.intercept) ** 2) / (n - 2))
    refs, shifts = np.array(models).T
    draws = 200000
    noise = rng.normal(size=(draws, n)) * s + fit.slope * tx + fit.intercept
    d = tx - tx.mean()
    slopes = noise @ d / np.sum(d**2)
    intercepts = noise.mean(1) - slopes * tx.mean()
    er = shifts - norm.cdf(slopes[:, None] * norm.ppf(refs) + intercepts[:, None])
    # One common standard normal draw for all models: the same images test them all.
    u, v = rng.normal(size=(2, draws, 1))
    r = refs + u * np.sqrt(refs * (1 - refs) / sizes[0])
    w = shifts + v * np.sqrt(shifts * (1 - shifts) / sizes[1])
    sampled = w - norm.cdf(fit.slope * norm.ppf(r) + fit.intercept)
    return {"line": er.mean(1).std(), "testSetUpperBound": sampled.mean(1).std()}


def wilson(k, n, level):
    interval = binomtest(k, n).proportion_ci(level, method="wilson")
    return [interval.low, interval.high]


def exact(k, n, level):
    interval = binomtest(k, n).proportion_ci(level, method="exact")
    return [interval.low, interval.high]


counts = [[0, 10], [1, 10], [5, 10], [10, 10], [17, 194], [7415, 10000], [9990, 10000], [3, 50000], [31000, 50000]]
values = [0.041, 0.035, 0.052, 0.047, 0.033]
mean_interval = t.interval(0.95, len(values) - 1, np.mean(values), stats.sem(values))
welch = stats.ttest_ind([0.71, 0.74, 0.69, 0.73], [0.61, 0.68, 0.66], equal_var=False)

print(json.dumps({
    "madeWith": f"scipy {scipy.__version__}, numpy {np.__version__}",
    "probit": [[p, norm.ppf(p)] for p in probabilities],
    "probitInverse": [[z, norm.cdf(z), norm.pdf(z)] for z in scaled],
    "logit": [[p, logit(p)] for p in probabilities],
    "logitInverse": [[z, expit(z), expit(z) * expit(-z)] for z in scaled],
    "student": [[level, v, t.ppf((1 + level) / 2, v)] for level in levels for v in degrees],
    "normal": [[level, norm.ppf((1 + level) / 2)] for level in levels],
    "points": {"x": x, "y": y, "models": models, "sizes": sizes},
    "lines": {name: line(*both) for name, both in scales.items()},
    "monteCarlo": monte_carlo(),
    "wilson": [[k, n, level, *wilson(k, n, level)] for k, n in counts for level in (0.9, 0.95)],
    "exact": [[k, n, level, *exact(k, n, level)] for k, n in counts for level in (0.9, 0.95)],
    "mean": {"values": values, "mean": np.mean(values), "sd": np.std(values, ddof=1),
             "low": mean_interval[0], "high": mean_interval[1]},
    "welch": {"a": [0.71, 0.74, 0.69, 0.73], "b": [0.61, 0.68, 0.66], "df": welch.df,
              "halfWidth": welch.confidence_interval(0.95).high - (np.mean([0.71, 0.74, 0.69, 0.73]) - np.mean([0.61, 0.68, 0.66]))},
}, indent=1))
