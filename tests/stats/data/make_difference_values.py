"""Writes difference.json: differences of effective robustness by SciPy and by simulation.

Made with Debian's python3-scipy 1.15.3 and python3-numpy 2.2.4:

    python3 tests/stats/data/make_difference_values.py > tests/stats/data/difference.json
"""
import json

import numpy as np
import scipy
from scipy import stats
from scipy.stats import norm, t

lines = {
    "checkpoints": {"x": [0.452, 0.507, 0.534, 0.561, 0.583, 0.597, 0.612, 0.631, 0.648],
                    "y": [0.311, 0.352, 0.381, 0.398, 0.431, 0.436, 0.449, 0.474, 0.489]},
    "sizes": {"x": [0.47, 0.56, 0.65, 0.71, 0.76], "y": [0.29, 0.37, 0.47, 0.56, 0.60]},
}
groups = {
    "photo": [[0.741, 0.662], [0.748, 0.647], [0.752, 0.669]],
    "narrow": [[0.763, 0.628], [0.755, 0.631], [0.759, 0.619], [0.770, 0.645]],
    # The networks of "photo" under another shift.
    "photoTwins": [[0.742, 0.621], [0.736, 0.602], [0.751, 0.627]],
}
size = 10000
draws = 200000


def fit(name):
    tx, ty = norm.ppf(lines[name]["x"]), norm.ppf(lines[name]["y"])
    f = stats.linregress(tx, ty)
    s = np.sqrt(np.sum((ty - f.slope * tx - f.intercept) ** 2) / (len(tx) - 2))
    return f.slope, f.intercept, s, tx


def er(points, name):
    slope, intercept, _, _ = fit(name)
    r, w = np.array(points).T
    return w - norm.cdf(slope * norm.ppf(r) + intercept)


def lines_redrawn(name, rng):
    slope, intercept, s, tx = fit(name)
    ty = rng.normal(size=(draws, len(tx))) * s + slope * tx + intercept
    d = tx - tx.mean()
    a = ty @ d / np.sum(d**2)
    return a[:, None], (ty.mean(1) - a * tx.mean())[:, None]


def predicted(points, a, b):
    return norm.cdf(a * norm.ppf(np.array(points)[:, 0]) + b).mean(1)


def resampled(points, name, rng):
    """Mean ER with test images drawn again, all networks of the group on the same ones."""
    slope, intercept, _, _ = fit(name)
    r, w = np.array(points).T
    u, v = rng.normal(size=(2, draws, 1))
    r2 = r + u * np.sqrt(r * (1 - r) / size)
    w2 = w + v * np.sqrt(w * (1 - w) / size)
    return (w2 - norm.cdf(slope * norm.ppf(r2) + intercept)).mean(1)


def half(interval):
    return (interval.high - interval.low) / 2


rng = np.random.default_rng(0)
photo, narrow, twins = groups["photo"], groups["narrow"], groups["photoTwins"]
a, b = lines_redrawn("checkpoints", rng)
a2, b2 = lines_redrawn("sizes", rng)
welch = stats.ttest_ind(er(photo, "checkpoints"), er(narrow, "checkpoints"), equal_var=False)
paired = stats.ttest_rel(er(photo, "checkpoints"), er(twins, "sizes"))
slope, intercept, s, tx = fit("checkpoints")
mean_line = norm.cdf(slope * norm.ppf(np.array(photo)[:, 0]) + intercept).mean()
slope2, intercept2, *_ = fit("sizes")
print(json.dumps({
    "madeWith": f"scipy {scipy.__version__}, numpy {np.__version__}",
    "lines": lines, "groups": groups, "size": size,
    "groupDifference": {
        "difference": er(photo, "checkpoints").mean() - er(narrow, "checkpoints").mean(),
        "df": welch.df, "halfWidth": half(welch.confidence_interval(0.95)),
        "line": (predicted(photo, a, b) - predicted(narrow, a, b)).std(),
        "lineOfPhoto": predicted(photo, a, b).std(),
        "testSet": (resampled(photo, "checkpoints", rng) - resampled(narrow, "checkpoints", rng)).std(),
    },
    "pairedDifference": {
        "difference": er(photo, "checkpoints").mean() - er(twins, "sizes").mean(),
        "df": int(paired.df), "halfWidth": half(paired.confidence_interval(0.95)),
        "firstLine": predicted(photo, a, b).std(), "secondLine": predicted(twins, a2, b2).std(),
        "testSets": (resampled(photo, "checkpoints", rng) - resampled(twins, "sizes", rng)).std(),
    },
    "lineDisagreement": {
        "predicted": [mean_line, norm.cdf(slope2 * norm.ppf(np.array(photo)[:, 0]) + intercept2).mean()],
        "standardError": (predicted(photo, a, b) - predicted(photo, a2, b2)).std(),
        "critical": [t.ppf(0.975, 7), t.ppf(0.975, 3)],
    },
}, indent=1))
