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
    "probit": (stats.norm.ppf, stats.norm.cdf),
    "logit": (special.logit, special.expit),
    "linear": (lambda p: p, lambda y: y),
}


def measure(rows, scale, level):
    forward, inverse = SCALES[scale]
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
        best = max(mine, key=lambda m: m["er"])
        groups[group] = {
            "n": len(mine),
            "mean": float(np.mean([m["er"] for m in mine])),
            "low": float(np.mean([m["low"] for m in mine])),
            "high": float(np.mean([m["high"] for m in mine])),
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
            {"level": level, **measure(rows, scale, level)}
            for scale in SCALES
            for level in (0.95, 0.8)
        ],
    }
    print(json.dumps(values, indent=1))


main()
