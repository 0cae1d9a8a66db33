"""Effective robustness of the models of er_table.csv by scipy.

    python3 tests/cli/data/make_er_scipy.py > tests/cli/data/er_scipy.json
"""

import csv
import json
from pathlib import Path

import numpy as np
import scipy
from scipy import special, stats

TABLE = Path(__file__).parent / "er_table.csv"

SCALES = {
    "probit": (stats.norm.ppf, stats.norm.cdf, stats.norm.pdf),
    "logit": (special.logit, special.expit, lambda y: special.expit(y) * special.expit(-y)),
    "linear": (lambda p: p, lambda y: y, np.ones_like),
}


SIZES = {"referenceSize": 2000, "shiftedSize": 500}


def mean_interval(rows, x, er, *, fit, derivative, level, s, n, x_mean, sxx, sizes):
    """Half-width of a group's mean: spread, line and test examples in squares."""
    t = lambda df: stats.t.ppf((1 + level) / 2, df)
    k = len(er)
    slope = derivative(fit.intercept + fit.slope * x)
    lift, tilt = slope.mean(), (slope * (x - x_mean)).mean()
    halves = [t(n - 2) * s * np.sqrt(lift**2 / n + tilt**2 / sxx)]
    if k > 1:
        halves.append(t(k - 1) * np.std(er, ddof=1) / np.sqrt(k))
    if sizes is not None:
        p = np.array([r["reference"] for r in rows])
        q = np.array([r["shifted"] for r in rows])
        gain = slope * fit.slope / derivative(x)
        noise = np.sqrt(
            q * (1 - q) / sizes["shiftedSize"]
            + gain**2 * p * (1 - p) / sizes["referenceSize"]
        )
        halves.append(stats.norm.ppf((1 + level) / 2) * noise.mean())
    return float(np.sqrt(np.sum(np.square(halves))))


def measure(rows, scale, level, sizes):
    forward, inverse, derivative = SCALES[scale]
    x = np.array([forward(r["reference"]) for r in rows])
    y = np.array([forward(r["shifted"]) for r in rows])
    base = np.array([r["group"] == "baseline" for r in rows])
    fit = stats.linregress(x[base], y[base])
    n = int(base.sum())
    residuals = y[base] - fit.intercept - fit.slope * x[base]
    s = np.sqrt((residuals**2).sum() / (n - 2))
    deviations = x - x[base].mean()
    sxx = (deviations[base] ** 2).sum()
    half = stats.t.ppf((1 + level) / 2, n - 2) * s * np.sqrt(1 / n + deviations**2 / sxx)
    middle = fit.intercept + fit.slope * x
    shifted = np.array([r["shifted"] for r in rows])
    models = [
        {
            "name": r["model"],
            "predicted": float(inverse(middle[i])),
            "er": float(shifted[i] - inverse(middle[i])),
            "low": float(shifted[i] - inverse(middle[i] + half[i])),
            "high": float(shifted[i] - inverse(middle[i] - half[i])),
        }
        for i, r in enumerate(rows)
    ]
    groups = {}
    for group in sorted({r["group"] for r in rows} - {"baseline"}):
        mine = [m for m, r in zip(models, rows) if r["group"] == group]
        here = np.array([r["group"] == group for r in rows])
        er = np.array([m["er"] for m in mine])
        width = mean_interval(
            [r for r in rows if r["group"] == group], x[here], er,
            fit=fit, derivative=derivative, level=level, s=s, n=n,
            x_mean=x[base].mean(), sxx=sxx, sizes=sizes,
        )
        best = max(mine, key=lambda m: m["er"])
        groups[group] = {
            "n": len(mine),
            "mean": float(np.mean([m["er"] for m in mine])),
            "low": float(er.mean() - width),
            "high": float(er.mean() + width),
            "lineAlone": {
                "low": float(np.mean([m["low"] for m in mine])),
                "high": float(np.mean([m["high"] for m in mine])),
            },
            "max": best["er"],
            "maxModel": best["name"],
        }
    return {
        "fit": {
            "scale": scale,
            "n": n,
            "slope": float(fit.slope),
            "intercept": float(fit.intercept),
            "r2": float(fit.rvalue**2),
        },
        "groups": groups,
        "models": models,
    }


def main():
    with TABLE.open() as file:
        rows = [
            {
                "model": row["model"],
                "group": row["group"],
                "reference": float(row["reference"]) / 100,
                "shifted": float(row["shifted"]) / 100,
            }
            for row in csv.DictReader(file)
        ]
    values = {
        "source": f"numpy {np.__version__}, scipy {scipy.__version__}",
        "cases": [
            {"level": level, "sizes": sizes, **measure(rows, scale, level, sizes)}
            for scale in SCALES
            for level, sizes in ((0.95, None), (0.8, SIZES))
        ],
    }
    print(json.dumps(values, indent=1))


main()
