"""Writes coverage.json: how often the intervals of effective robustness hold the truth.

Made with Debian's python3-scipy 1.15.3 and python3-numpy 2.2.4, in about ten seconds:

    python3 tests/stats/data/make_coverage.py > tests/stats/data/coverage.json 2> scenarios.json

The first has the scenarios that a test repeats, the second all.

Every draw makes a line from `baselines` points that scatter by `scatter` probit units about
a true line, and groups of networks whose true effective robustness has the standard deviation
`spread`. 10,000 test images add binomial noise of which the share `common` is the same for all
networks, as it is where they share the images. `welch` is the interval of the summed standard
errors with Welch and Satterthwaite's degrees of freedom, `combined` that of the summed squares
of half-widths. The intervals are written out here again, not taken from the code under test.
"""
import json
import sys

import numpy as np
from scipy.stats import norm, t

rng = np.random.default_rng(20261124)
draws, size, slope, intercept = 20000, 10000, 1.0, -0.4


def fitted(scatter, baselines):
    x = np.linspace(norm.ppf(0.45), norm.ppf(0.65), baselines)
    y = slope * x + intercept + rng.normal(size=(draws, baselines)) * scatter
    d = x - x.mean()
    a = y @ d / np.sum(d**2)
    b = y.mean(1) - a * x.mean()
    s = np.sqrt(np.sum((y - a[:, None] * x - b[:, None]) ** 2, 1) / (baselines - 2))
    return {"a": a[:, None], "b": b[:, None], "s": s, "n": baselines, "mean": x.mean(), "sxx": np.sum(d**2)}


def binomial(p, common):
    z = np.sqrt(common) * rng.normal(size=(draws, 1)) + np.sqrt(1 - common) * rng.normal(size=p.shape)
    return p + z * np.sqrt(p * (1 - p) / size)


def group(line, reference, networks, spread, common, true):
    r = reference + rng.normal(size=(draws, networks)) * 0.004
    w = norm.cdf(slope * norm.ppf(r) + intercept) + true + rng.normal(size=(draws, networks)) * spread
    r, w = binomial(r, common), binomial(w, common)
    z = line["a"] * norm.ppf(r) + line["b"]
    density = norm.pdf(z)
    gain = density * line["a"] / norm.pdf(norm.ppf(r))
    return {"er": w - norm.cdf(z),
            "noise": np.sqrt(w * (1 - w) / size + gain**2 * r * (1 - r) / size).mean(1),
            "lift": density.mean(1), "tilt": (density * (norm.ppf(r) - line["mean"])).mean(1)}


def line_error(line, lift, tilt):
    return line["s"] * np.sqrt(lift**2 / line["n"] + tilt**2 / line["sxx"]), line["n"] - 2


def spread_error(values):
    n = values.shape[1]
    return values.std(1, ddof=1) / np.sqrt(n), n - 1


def welch(sources):
    variance = sum(error**2 for error, _ in sources)
    df = variance**2 / sum(error**4 / df for error, df in sources)
    return np.sqrt(variance), df


def coverage(estimate, true, sources):
    error, df = welch(sources)
    halves = {"welch": t.ppf(0.975, df) * error,
              "combined": np.sqrt(sum((t.ppf(0.975, df) * error) ** 2 for error, df in sources))}
    return {name: {"coverage": float(np.mean(np.abs(estimate - true) <= half)), "width": float(2 * half.mean())}
            for name, half in halves.items()}


def scenario(kind, spread, scatter, common, networks=3, baselines=8):
    line = fitted(scatter, baselines)
    a = group(line, 0.75, networks, spread, common, 0.08)
    if kind == "mean":
        result = coverage(a["er"].mean(1), 0.08, [
            spread_error(a["er"]), (a["noise"], np.inf), line_error(line, a["lift"], a["tilt"])])
    elif kind == "group":
        b = group(line, 0.76, networks, spread, common, 0.01)
        result = coverage(a["er"].mean(1) - b["er"].mean(1), 0.07, [
            welch([spread_error(a["er"]), spread_error(b["er"])]),
            (np.hypot(a["noise"], b["noise"]), np.inf),
            line_error(line, a["lift"] - b["lift"], a["tilt"] - b["tilt"])])
    else:
        other = fitted(scatter, baselines)
        b = group(other, 0.72, networks, spread, common, 0.01)
        result = coverage(a["er"].mean(1) - b["er"].mean(1), 0.07, [
            spread_error(a["er"] - b["er"]), (np.hypot(a["noise"], b["noise"]), np.inf),
            line_error(line, a["lift"], a["tilt"]), line_error(other, b["lift"], b["tilt"])])
    return {"kind": kind, "spread": spread, "scatter": scatter, "common": common,
            "networks": networks, "baselines": baselines, **result}


scenarios = [scenario(kind, spread, scatter, common)
             for kind in ("mean", "group", "paired")
             for spread in (0.003, 0.01, 0.03)
             for scatter in (0.005, 0.02, 0.05)
             for common in (0, 0.5, 1)]
print(json.dumps(scenarios, indent=1), file=sys.stderr)
# Those that the test repeats.
REPEATED = {(0.01, 0.02, 0.5), (0.03, 0.005, 1), (0.003, 0.05, 0)}
for one in scenarios:
    del one["welch"]
print(json.dumps({
    "draws": draws,
    "scenarios": [one for one in scenarios if (one["spread"], one["scatter"], one["common"]) in REPEATED],
}, indent=1))
