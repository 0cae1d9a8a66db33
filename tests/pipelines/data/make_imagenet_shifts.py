"""Writes imagenet_shifts.json: what SciPy makes of timm's tables.

Usage: python3 make_imagenet_shifts.py FOLDER MODELS.json > imagenet_shifts.json
FOLDER holds the results-*.csv files of timm at commit 4e5207c7, MODELS.json the
lists "baselines" and "pretrained" of data/imagenet_models.ts.
"""
import csv, json, sys
import numpy, scipy
from scipy import stats

FOLDER, LISTS = sys.argv[1], json.load(open(sys.argv[2]))
SHIFTS = {
    "v2": ("results-imagenet.csv", "results-imagenetv2-matched-frequency.csv"),
    "sketch": ("results-imagenet.csv", "results-sketch.csv"),
    "r": ("results-imagenet-r-clean.csv", "results-imagenet-r.csv"),
    "a": ("results-imagenet-a-clean.csv", "results-imagenet-a.csv"),
    "real": ("results-imagenet.csv", "results-imagenet-real.csv"),
}
SCALES = {
    "probit": (stats.norm.ppf, stats.norm.cdf),
    "logit": (lambda a: numpy.log(a) - numpy.log1p(-numpy.asarray(a)), lambda z: 1 / (1 + numpy.exp(-z))),
    "linear": (numpy.asarray, lambda z: z),
}


def table(name, better):
    rows = {}
    for row in csv.DictReader(open(f"{FOLDER}/{name}")):
        size, model = int(row["img_size"]), row["model"]
        if model not in rows or better(size, rows[model][0]):
            rows[model] = (size, float(row["top1"]) / 100)
    return {model: accuracy for model, (_, accuracy) in rows.items()}


def headline(a, b, baselines, scale):
    forward, inverse = SCALES[scale]
    line = stats.linregress(forward([a[m] for m in baselines]), forward([b[m] for m in baselines]))
    er = [b[m] - inverse(line.slope * forward(a[m]) + line.intercept) for m in LISTS["pretrained"]]
    best = int(numpy.argmax(er))
    return {
        "slope": float(line.slope), "intercept": float(line.intercept), "r2": float(line.rvalue**2),
        "mean": float(numpy.mean(er)), "max": float(er[best]), "maxModel": LISTS["pretrained"][best],
        "above": int(sum(e > 0 for e in er)),
    }


def shift(reference, shifted):
    small = [table(name, lambda new, old: new < old) for name in (reference, shifted)]
    large = [table(name, lambda new, old: new > old) for name in (reference, shifted)]
    baselines = LISTS["baselines"]
    left = [headline(*small, [m for m in baselines if m != out], "probit") for out in baselines]
    plain = [m for m in baselines if "dist" not in m and "fcmae" not in m]
    return {
        **{scale: headline(*small, baselines, scale) for scale in SCALES},
        "test": headline(*large, baselines, "probit"),
        "plain": headline(*small, plain, "probit"),
        "leaveOneOut": {key: [min(h[key] for h in left), max(h[key] for h in left)] for key in ("mean", "max")},
    }


print(json.dumps({
    "madeWith": f"scipy {scipy.__version__}, numpy {numpy.__version__}",
    "shifts": {name: shift(*tables) for name, tables in SHIFTS.items()},
}, indent=1))
