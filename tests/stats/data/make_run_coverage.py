"""Writes run_coverage.json: how often intervals hold the truth where runs and images are shared.

Made with numpy 2.4.6 and scipy 1.17.1, in about six minutes on one core:

    python3 tests/stats/data/make_run_coverage.py > tests/stats/data/run_coverage.json 2> tables.json

What decision 017 says of all scenarios is from the tables, which go to the standard error.

Every draw makes baselines (8 checkpoints of each of 2 to 4 runs, or 8 or 12 finished networks)
that scatter about a true line, and pre-trained networks whose effective robustness has the
standard deviation `spread`, at `beyond` above the baselines' highest reference accuracy. All see
the same images. Whether a network is right on an image is a normal latent variable: a share of
its variance is the image's difficulty for all, for all of one kind, for all checkpoints of one
run; the rest is the network's own. Reference and shifted version of an image correlate, or are
different images. With 10,000 images accuracies are as good as normal; their covariance is that
of the hits, by bivariate normal integrals. The intervals are written out here again, not taken
from the code under test.

`groups` has the lowest, mean and highest coverage over the scenarios of each number of baselines,
the mean half-width in points, and the mean ratio of the half-width to that of someone who knows
the error (1.96 standard deviations of the estimate). Where the chosen interval covers less than
93.7 % or more than 96.7 % in 2,000 draws, 24,000 others count instead. `scenarios`, which are kept,
are those that a test repeats with hits drawn image by image. `groupDifferences` and `pairedDifferences` have the
same of four photo networks minus three narrow ones on one line, and of the same four networks
under two shifts, each with baselines of its own; `changes` of two versions of each of four networks
on one line, one of them 5 points less accurate; `parts` of four networks in two parts of the shifted
images, each with a line through the same baselines; `repeatedDifferences` are those of the test.
"""
import itertools
import json
import sys

import numpy as np
from scipy.stats import f, norm, t

# Slope, r², lowest and highest reference accuracy, shifted accuracy in the middle.
SETTINGS = {
    "spurious tint": (1.27, 0.998, 0.55, 0.73, 0.47), "unseen tint": (1.18, 0.967, 0.52, 0.71, 0.55),
    "strong tint": (0.87, 0.906, 0.52, 0.71, 0.40), "flip": (0.21, 0.78, 0.52, 0.71, 0.33),
    "label shift": (1.91, 0.982, 0.57, 0.76, 0.45)}
# Shares of the latent variance: all networks, networks of a kind, checkpoints of a run; then the
# correlation of an image's reference and shifted version.
IMAGES = {"same": (0.5, 0.1, 0.3, 0.7), "disjoint": (0.5, 0.1, 0.3, 0), "alike": (0.7, 0.05, 0.2, 0.9)}
BASELINES = [("runs", 2), ("runs", 3), ("runs", 4), ("finished", 8), ("finished", 12)]
TRUTH, OTHERS = 0.03, 3
NODES, WEIGHTS = np.polynomial.legendre.leggauss(24)


def joint(a, b, correlation):
    """P(both right) less the product: the integral of the bivariate density over the correlation."""
    r = correlation[..., None] / 2 * (NODES + 1)
    a, b, q = a[..., None], b[..., None], 1 - r**2
    density = np.exp(-(a * a - 2 * r * a * b + b * b) / (2 * q)) / (2 * np.pi * np.sqrt(q))
    return correlation / 2 * np.sum(WEIGHTS * density, -1)


def fit(x, y):
    middle = x.mean(1, keepdims=True)
    d = x - middle
    sxx = (d**2).sum(1, keepdims=True)
    slope = (d * y).sum(1, keepdims=True) / sxx
    return slope, y.mean(1, keepdims=True) - slope * middle, d, sxx, middle


def chi_square_quantile(p, df):
    return df * (1 - 2 / (9 * df) + norm.ppf(p) * np.sqrt(2 / (9 * df))) ** 3  # Wilson and Hilferty


def howe(parts):
    return np.sqrt(sum(t.ppf(0.975, df) ** 2 * variance for variance, df in parts))


def welch(parts, guard=None):
    """Satterthwaite's interval; `guard` takes the variances in its degrees of freedom at that upper bound."""
    bound = [(v if guard is None or df == np.inf else v * df / chi_square_quantile(1 - guard, df), df)
             for v, df in parts]
    df = sum(v for v, _ in bound) ** 2 / np.maximum(sum(v**2 / df for v, df in bound), 1e-30)
    return t.ppf(0.975, np.minimum(df, 1e6)) * np.sqrt(sum(v for v, _ in parts))


TABLES = {}


def bootstrap(spread, line, known, draws=20000):
    """Parametric bootstrap-t at the estimated variances, from a table of their shares."""
    key = spread[1], line[1]
    shares = np.linspace(0, 1, 13)
    if key not in TABLES:
        own = np.random.default_rng(5)
        z, chi = own.normal(size=(3, draws)), [own.chisquare(df, draws) / df for df in key]
        TABLES[key] = np.array([[np.quantile(np.abs(
            np.sqrt(u * q) * z[0] + np.sqrt(u * (1 - q)) * z[1] + np.sqrt(1 - u) * z[2])
            / np.sqrt(u * q * chi[0] + u * (1 - q) * chi[1] + 1 - u), 0.95) for q in shares] for u in shares])
    estimated = spread[0] + line[0]
    total = estimated + known[0]
    i = np.rint(12 * estimated / total).astype(int)
    j = np.rint(12 * spread[0] / estimated).astype(int)
    return TABLES[key][i, j] * np.sqrt(total)


def scattered(setting, baselines, *, draws, rng, checkpoints, like=None, correlation=0):
    """Baselines as they would be on endless images: where they lie, and their scaled accuracies.

    Those of another part are `like` the first part's: of the same reference accuracies, scattered alike."""
    slope, r2, lowest, highest, middle = SETTINGS[setting]
    if like is not None:
        lowest, highest = like["range"]
    kind, runs = baselines
    low, high = norm.ppf(lowest), norm.ppf(highest)
    intercept = norm.ppf(middle) - slope * (low + high) / 2
    each = checkpoints if kind == "runs" else 1
    place = (np.tile(low + (high - low) * (np.arange(each) / (each - 1)) ** 0.6, (runs, 1)) if kind == "runs"
             else np.repeat(np.linspace(low, high, 4), runs // 4)[:, None])
    scatter = slope * place.std() * np.sqrt((1 - r2) / r2)
    x = place + 0.012 * rng.normal(size=(draws, runs, 1))
    if kind == "runs":
        x = x + 0.006 * rng.normal(size=(draws, runs, each))
        walk = rng.normal(size=(draws, runs, each))
        for j in range(1, each):
            walk[..., j] = 0.7 * walk[..., j - 1] + np.sqrt(0.51) * walk[..., j]
        tilted = (place - place.mean()) / place.std()
        off = np.sqrt(0.45) * rng.normal(size=(draws, runs, 1)) + np.sqrt(0.15) * tilted * rng.normal(
            size=(draws, runs, 1)) + np.sqrt(0.4) * walk
    else:
        off = rng.normal(size=(draws, runs, 1))
    if like is not None:
        x = like["x"].reshape(x.shape)
        off = correlation * like["off"] + np.sqrt(1 - correlation**2) * off
    y = slope * x + intercept + scatter * off
    return {"slope": slope, "intercept": intercept, "range": (lowest, highest), "highest": highest, "kind": kind,
            "runs": runs, "each": each, "off": off, "place": place.ravel(), "x": x.reshape(draws, -1),
            "y": y.reshape(draws, -1)}


def noise_of(lines, groups, images, *, size, share=None):
    """Covariance of all accuracies through the images: of each line the reference ones, then the shifted ones.

    Of two parts the reference images and their hits are the same, the shifted ones a `share` of the images and the
    rest."""
    numbers = size * (np.ones(4) if share is None else np.array([1, share, 1, 1 - share]))
    alpha, beta, gamma, same = IMAGES[images]
    z, family, unit, entry, version, index = [], [], [], [], [], 0
    for l, line in enumerate(lines):
        own = [g for g in groups if g["line"] == l]
        networks = [np.full(len(g["spreads"]), line["highest"] + g["beyond"]) for g in own]
        at = np.concatenate([norm.ppf(reference) for reference in networks] + [line["place"]])
        above = np.concatenate([np.full(len(g["spreads"]), g["truth"]) for g in own] + [np.zeros(len(line["place"]))])
        families = np.concatenate([np.full(len(g["spreads"]), g["family"]) for g in own]
                                  + [np.full(len(line["place"]), 1)])
        # Of a pair both come from one pre-trained network; runs are those of one line.
        other = l if share is None else 0
        units = np.concatenate([[100 * g["family"] + i for i in range(len(g["spreads"]))] for g in own] + [
            1000 * (other + 1) + np.repeat(np.arange(line["runs"]), line["each"])])
        k = len(at)
        line.update(first=index, entries=k)
        index += 2 * k
        z += [at, norm.ppf(norm.cdf(line["slope"] * at + line["intercept"]) + above)]
        family += [families, families]
        unit += [units, units]
        entry += [1000 * other + np.arange(k)] * 2
        version += [np.full(k, 2 * other), np.full(k, 2 * l + 1)]
    z, family, unit, entry, version = (np.concatenate(one) for one in (z, family, unit, entry, version))
    equal = lambda values: values[:, None] == values
    alike = np.where(equal(entry), 1, alpha + beta * equal(family) + gamma * equal(unit))
    # Versions of an image: of disjoint sets those of either alone.
    apart = (version[:, None] - version) % 2 == 1
    alike = alike * np.where(equal(version), 1, np.where(apart, same, same or 0.7))
    covariance = joint(*np.broadcast_arrays(z[:, None], z), np.minimum(alike, 0.999))
    covariance = np.where(equal(entry) & equal(version), norm.cdf(z) * norm.cdf(-z), covariance)
    # No image is in both parts.
    covariance[np.abs(version[:, None] - version) == 2] *= share is None
    return covariance / np.maximum.outer(numbers[version], numbers[version])


def trace(matrix):
    return np.trace(matrix, axis1=1, axis2=2)


def simulate(worlds, images, *, draws, rng, paired=False, share=None, correlation=0, size=10000, checkpoints=8):
    """Draws worlds and measures in each the sum of the groups' mean effective robustness with their signs.

    `worlds` are the lines, (setting, baselines) each, and the groups of networks. The first `used` networks of
    a group count, over the line that it names; of pairs the i-th networks of all groups are one. With a `share` the
    lines are those of the same baselines in two parts of a set, and so are the networks."""
    settings, groups = worlds
    lines = []
    for line in settings:
        like = lines[0] if lines and share is not None else None
        lines.append(scattered(
            *line, draws=draws, rng=rng, checkpoints=checkpoints, like=like, correlation=correlation))
    shared = 0.01 * rng.normal(size=(draws, groups[0]["used"])) if paired else 0
    for g in groups:
        line, m = lines[g["line"]], len(g["spreads"])
        if share is None or g is groups[0]:
            reference = line["highest"] + g["beyond"] + 0.005 * rng.normal(size=(draws, m))
        on_line = norm.cdf(line["slope"] * norm.ppf(reference) + line["intercept"])
        g.update(reference=reference,
                 shifted=on_line + g["truth"] + g["spreads"] * rng.normal(size=(draws, m)) + shared)
    covariance = noise_of(lines, groups, images, size=size, share=share)
    noise = rng.normal(size=(draws, len(covariance))) @ np.linalg.cholesky(
        covariance + 1e-12 * np.eye(len(covariance))).T

    estimate, binomial, over = 0, 0, []
    weight = np.zeros((draws, len(covariance)))

    def between(on_x, on_y, points, k, others=None):
        """Covariance of points' heights over their lines, from the images alone."""
        right = (on_x, on_y, points, k) if others is None else others
        i, j, p, q = points, points + k, right[2], right[2] + right[3]
        block = lambda left, a, other, b: left[:, :, None] * covariance[np.ix_(a, b)] * other[:, None, :]
        return (block(on_x, i, right[0], p) + block(on_y, j, right[1], q)
                + block(on_x, i, right[1], q) + block(on_y, j, right[0], p))

    for l, line in enumerate(lines):
        first, k, runs, kind = line["first"], line["entries"], line["runs"], line["kind"]
        n = len(line["place"])
        start = first
        own = [g for g in groups if g["line"] == l]
        for g in own:
            m = len(g["spreads"])
            g["points"] = np.arange(start, start + g["used"])
            g["reference"] = g["reference"] + noise[:, start:start + m]
            g["shifted"] = g["shifted"] + noise[:, k + start:k + start + m]
            start += m
        baselines = np.arange(start, start + n)
        x = norm.ppf(norm.cdf(line["x"]) + noise[:, baselines])
        y = norm.ppf(norm.cdf(line["y"]) + noise[:, baselines + k])
        a, b, d, sxx, x_mean = fit(x, y)
        lift = tilt = 0
        for g in own:
            used, sign = g["used"], g["sign"]
            scaled = norm.ppf(g["reference"])
            density = norm.pdf(a * scaled + b)
            gain = density * a / norm.pdf(scaled)
            g["robustness"] = g["shifted"] - norm.cdf(a * scaled + b)
            estimate = estimate + sign * g["robustness"][:, :used].mean(1)
            g["scaled"] = scaled[:, :used]
            lift = lift + sign * density[:, :used].mean(1)
            tilt = tilt + sign * (density[:, :used] * (g["scaled"] - x_mean)).mean(1)
            weight[:, g["points"]] = -sign * gain[:, :used] / used
            weight[:, g["points"] + k] = sign / used
            g["heights"] = -gain[:, :used], np.ones((draws, used)), g["points"], k
            of_part = 1 if share is None else (share, 1 - share)[l]
            binomial = binomial + np.sqrt((g["shifted"] * (1 - g["shifted"]) / of_part + gain**2 * g["reference"] * (
                1 - g["reference"])) / size)[:, :used].mean(1) ** 2
        owner = np.repeat(np.arange(runs), line["each"])

        def without(run):
            slope, intercept, *_ = fit(x[:, owner != run], y[:, owner != run])
            return sum(g["sign"] * norm.cdf(slope * g["scaled"] + intercept).mean(1) for g in own)

        # What the images add to the line, and what its error holds of it.
        leverage = lift[:, None] / n + tilt[:, None] * d / sxx
        on_x, on_y = -a / norm.pdf(x), 1 / norm.pdf(y)
        weight[:, baselines], weight[:, baselines + k] = -leverage * on_x, -leverage * on_y
        left = np.eye(n) - 1 / n - d[:, :, None] * d[:, None, :] / sxx[:, :, None]
        over.append({"leverage": leverage, "residual": y - a * x - b, "left": left,
                     "heights": (on_x, on_y, baselines, k),
                     "left out": np.stack([without(run) for run in range(runs)], 1) if kind == "runs" else None})

    def errors_of(one, two):
        """What a pair of lines adds to the variance by least squares, and what of that, or of the one over runs, the
        images hold."""
        both = (one["leverage"] * two["leverage"]).sum(1) / (n - 2)
        squares = both * (one["residual"] * two["residual"]).sum(1)
        heights = between(*one["heights"], others=two["heights"])
        if kind == "finished":
            return squares, both * trace(one["left"] @ heights @ two["left"])
        of_one, of_two = (each["leverage"][:, None] * (owner == np.arange(runs)[:, None]) @ each["left"]
                          for each in (one, two))
        return squares, runs / (runs - 1) * (of_one @ heights * of_two).sum((1, 2))

    def line_error(some, pairs):
        """Variance of lines of the same baselines, and what of it the images hold."""
        squares, held = (sum(values) for values in zip(*pairs))
        if kind == "finished":
            return (squares, n - 2), held
        return ((runs - 1) ** 2 / runs * sum(one["left out"] for one in some).var(1, ddof=1), runs - 1), held

    own = [errors_of(one, one) for one in over]
    apart = [line_error([one], [error]) for one, error in zip(over, own)]
    chosen = apart if share is None else [line_error(over, own + 2 * [errors_of(*over)])]
    all_images = ((weight @ covariance) * weight).sum(1)

    if paired:
        spreading = [sum(g["sign"] * g["robustness"][:, :g["used"]] for g in groups)]
        alike = [sum(g["sign"] * h["sign"] * between(*g["heights"], others=h["heights"])
                     for g in groups for h in groups)]
    else:
        spreading = [g["robustness"][:, :g["used"]] for g in groups]
        alike = [between(*g["heights"]) for g in groups]
    spread_parts, held = [], 0
    for values, ours in zip(spreading, alike):
        m = values.shape[1]
        spread_parts.append((values.var(1, ddof=1) / m, m - 1))
        held = held + (trace(ours) - ours.sum((1, 2)) / m) / (m - 1) / m

    def beyond(errors):
        return np.maximum(0, all_images - held - sum(of_line for _, of_line in errors)), np.inf

    truth = sum(g["sign"] * g["truth"] for g in groups)
    return {"error": estimate - truth, "spread": spread_parts, "groups": groups,
            "line": [line for line, _ in chosen], "least squares": [(squares, n - 2) for squares, _ in own],
            "lines apart": [line for line, _ in apart], "images": beyond(chosen), "images, lines apart": beyond(apart),
            "all images": (all_images, np.inf), "binomial": (binomial, np.inf)}


def group(spreads, *, line=0, sign=1, used=None, beyond=0, truth=TRUTH, family=0):
    return {"line": line, "sign": sign, "spreads": np.asarray(spreads), "used": used or len(spreads),
            "beyond": beyond, "truth": truth, "family": family}


def covered(error, halves):
    return error.std(), {name: (np.mean(np.abs(error) <= half), half.mean()) for name, half in halves.items()}


def mean(setting, baselines, networks, spread, beyond, images, *, draws, rng, **scale):
    """Coverage of intervals of a mean effective robustness, and their mean half-widths."""
    m = networks
    spreads = spread * np.r_[np.ones(m + OTHERS), np.full(OTHERS, 1 / 3)]
    one = simulate(([(setting, baselines)], [group(spreads, used=m, beyond=beyond)]), images,
                   draws=draws, rng=rng, **scale)
    [between], [line], [least_squares] = one["spread"], one["line"], one["least squares"]
    images, binomial, robustness = one["images"], one["binomial"], one["groups"][0]["robustness"]
    own = robustness[:, :m].var(1, ddof=1)

    def pooled(other):
        ratio = own / other
        alike = (ratio > f.ppf(0.05, m - 1, OTHERS - 1)) & (ratio < f.ppf(0.95, m - 1, OTHERS - 1))
        variance = ((m - 1) * own + (OTHERS - 1) * other) / (m + OTHERS - 2)
        return np.where(alike, variance, own) / m, np.where(alike, m + OTHERS - 2, m - 1)

    def pooled_welch(other):
        variance, df = pooled(other)
        halves = [welch([(variance, some), line, images], guard=0.75) for some in (m - 1, m + OTHERS - 2)]
        return np.where(df == m - 1, *halves)

    return covered(one["error"], {
        "today": howe([between, least_squares, binomial]),
        "points independent": welch([between, least_squares, images], guard=0.75),
        "howe": howe([between, line, images]),
        "welch": welch([between, line, images]),
        "bootstrap": bootstrap(between, line, images),
        "guarded": welch([between, line, images], guard=0.75),
        "guarded, all of the image noise": welch([between, line, one["all images"]], guard=0.75),
        "guarded, binomial": welch([between, line, binomial], guard=0.75),
        "guarded, pooled with a kind alike": pooled_welch(robustness[:, m:m + OTHERS].var(1, ddof=1)),
        "guarded, pooled with one of a third": pooled_welch(robustness[:, m + OTHERS:].var(1, ddof=1)),
    })


def contrast(worlds, images, **options):
    """Coverage of intervals of a difference, and their mean half-widths."""
    one = simulate(worlds, images, **options)
    spread, images, binomial = one["spread"], one["images"], one["binomial"]
    together = [(sum(v for v, _ in spread), sum(v for v, _ in spread) ** 2 / np.maximum(
        sum(v**2 / df for v, df in spread), 1e-30))]
    apart = {} if options.get("share") is None else {
        "guarded, lines apart": welch(spread + one["lines apart"] + [one["images, lines apart"]], guard=0.75)}
    return covered(one["error"], {
        **apart,
        "today": howe(together + one["least squares"] + [binomial]),
        "points independent": welch(spread + one["least squares"] + [images], guard=0.75),
        "howe": howe(together + one["line"] + [images]),
        "welch": welch(spread + one["line"] + [images]),
        "guarded": welch(spread + one["line"] + [images], guard=0.75),
        "guarded, binomial": welch(spread + one["line"] + [binomial], guard=0.75),
    })


def of_groups(setting, baselines, spread, ratio, beyond):
    """Four photo networks over three narrow ones that are 3 points less good, on one line."""
    return [(setting, baselines)], [
        group(np.full(4, spread), beyond=beyond),
        group(np.full(3, spread * ratio), beyond=beyond - 0.03, truth=0.01, sign=-1, family=2)]


def of_pairs(setting, baselines, spread, beyond):
    """The same four networks under two shifts, each with a line of its own."""
    names = list(SETTINGS)
    other = names[(names.index(setting) + 1) % len(names)]
    spreads = np.full(4, spread / np.sqrt(2))
    return [(setting, baselines), (other, baselines)], [
        group(spreads, beyond=beyond), group(spreads, beyond=beyond, truth=0.01, sign=-1, line=1)]


def of_changes(setting, baselines, spread, beyond):
    """Two versions of each of four networks on one line; the second has seen less, and gains 2 points less."""
    spreads = np.full(4, spread / np.sqrt(2))
    return [(setting, baselines)], [
        group(spreads, beyond=beyond), group(spreads, beyond=beyond - 0.05, truth=0.01, sign=-1)]


def summary(results):
    ideal = np.array([1.96 * deviation for deviation, _ in results])
    table = {}
    for name in results[0][1]:
        coverage, half = np.array([methods[name] for _, methods in results]).T
        table[name] = {"lowest": round(coverage.min(), 4), "mean": round(coverage.mean(), 4),
                       "highest": round(coverage.max(), 4), "halfWidth": round(100 * half.mean(), 2),
                       "toIdeal": round((half / ideal).mean(), 3)}
    return table


class Table:
    """Coverage over scenarios; of those that leave the range of chance in 2,000 draws, over 24,000 others."""

    def __init__(self):
        self.redrawn, self.groups, self.results = 0, [], []

    def add(self, drawn, redraws=True):
        one = drawn(2000)
        if redraws and not 0.937 <= one[1]["guarded"][0] <= 0.967:
            self.redrawn += 1
            again = [drawn(4000) for _ in range(6)]
            one = (np.mean([deviation for deviation, _ in again]),
                   {name: np.mean([methods[name] for _, methods in again], 0) for name in one[1]})
        self.results.append(one)

    def close(self, **about):
        self.groups.append({**about, "scenarios": len(self.results), "methods": summary(self.results)})
        self.results = []


def means(rng):
    table = Table()
    for baselines in BASELINES:
        for scenario in itertools.product(SETTINGS, (3, 4), (0, 0.005, 0.018), (0, 0.05), IMAGES):
            setting, networks, spread, beyond, images = scenario
            table.add(lambda draws: mean(setting, baselines, networks, spread, beyond, images, draws=draws, rng=rng),
                      redraws=baselines != ("runs", 2))
        table.close(kind=baselines[0], count=baselines[1])
    scenarios = []
    for baselines, networks, spread, beyond, images in (
            (("runs", 3), 3, 0.005, 0.05, "same"), (("runs", 4), 3, 0.02, 0, "disjoint"),
            (("finished", 8), 4, 0.01, 0.05, "alike")):
        _, methods = mean("unseen tint", baselines, networks, spread, beyond, images,
                          draws=20000, rng=rng, size=500, checkpoints=4)
        scenarios.append({"kind": baselines[0], "count": baselines[1], "networks": networks, "spread": spread,
                          "beyond": beyond, "images": images, "coverage": round(float(methods["guarded"][0]), 4),
                          "halfWidth": round(float(methods["guarded"][1]), 5)})
    return {"redrawn": table.redrawn, "groups": table.groups, "scenarios": scenarios}


def group_differences(rng):
    table = Table()
    for baselines in BASELINES[1:]:
        for setting, (spread, ratio), beyond, images in itertools.product(
                SETTINGS, ((0, 1), (0.005, 1), (0.018, 1), (0.018, 1 / 3)), (0, 0.05), IMAGES):
            table.add(lambda draws: contrast(
                of_groups(setting, baselines, spread, ratio, beyond), images, draws=draws, rng=rng))
        table.close(kind=baselines[0], count=baselines[1])
    return {"redrawn": table.redrawn, "groups": table.groups}


def paired_differences(rng):
    table = Table()
    for baselines in (("runs", 4), ("finished", 12)):
        for setting, spread, beyond, images in itertools.product(
                SETTINGS, (0, 0.005, 0.018), (0, 0.05), IMAGES):
            table.add(lambda draws: contrast(
                of_pairs(setting, baselines, spread, beyond), images, draws=draws, rng=rng, paired=True))
        table.close(kind=baselines[0], count=baselines[1])
    return {"redrawn": table.redrawn, "groups": table.groups}


def changes(rng):
    table = Table()
    for baselines in BASELINES[1:]:
        for setting, spread, beyond, images in itertools.product(
                SETTINGS, (0, 0.005, 0.018), (0, 0.05), IMAGES):
            table.add(lambda draws: contrast(
                of_changes(setting, baselines, spread, beyond), images, draws=draws, rng=rng, paired=True))
        table.close(kind=baselines[0], count=baselines[1])
    return {"redrawn": table.redrawn, "groups": table.groups}


def parts(seed):
    table = Table()
    for baselines in BASELINES[1:]:
        rng = np.random.default_rng([seed, baselines[1]])
        for setting, spread, (images, beyond, share, correlation) in itertools.product(
                SETTINGS, (0, 0.005, 0.018),
                (("same", 0.05, 0.5, 0.8), ("disjoint", 0, 0.5, 0), ("same", 0.05, 0.1, 0.8))):
            table.add(lambda draws: contrast(
                of_pairs(setting, baselines, spread, beyond), images, draws=draws, rng=rng, paired=True,
                share=share, correlation=correlation))
        table.close(kind=baselines[0], count=baselines[1])
    return {"redrawn": table.redrawn, "groups": table.groups}


def repeated_differences(rng):
    """One world of each difference that a test repeats."""
    groups = of_groups("unseen tint", ("runs", 3), 0.005, 1, 0.05)
    pairs = of_pairs("unseen tint", ("runs", 4), 0.01, 0)
    common = {"draws": 20000, "rng": rng, "size": 500, "checkpoints": 4}
    about = [{"difference": "groups", "kind": "runs", "count": 3, "spread": 0.005, "beyond": 0.05, "images": "same"},
             {"difference": "pairs", "kind": "runs", "count": 4, "spread": 0.01, "beyond": 0, "images": "alike"},
             {"difference": "changes", "kind": "finished", "count": 8, "spread": 0.01, "beyond": 0.05, "images": "same"},
             {"difference": "parts", "kind": "runs", "count": 4, "spread": 0.01, "beyond": 0.05, "images": "same"},
             {"difference": "parts", "kind": "finished", "count": 8, "spread": 0.01, "beyond": 0.05, "images": "same"}]
    change = of_changes("unseen tint", ("finished", 8), 0.01, 0.05)
    found = [contrast(groups, "same", **common), contrast(pairs, "alike", paired=True, **common),
             contrast(change, "same", paired=True, **common)]
    for baselines in (("runs", 4), ("finished", 8)):
        found.append(contrast(of_pairs("unseen tint", baselines, 0.01, 0.05), "same", paired=True, share=0.5,
                              correlation=0.8, **common))
    return [{**one, "coverage": round(float(methods["guarded"][0]), 4),
             "halfWidth": round(float(methods["guarded"][1]), 5)} for one, (_, methods) in zip(about, found)]


def main():
    of_means = means(np.random.default_rng(20261126))
    kept = {"scenarios": of_means.pop("scenarios"),
            "repeatedDifferences": repeated_differences(np.random.default_rng(20261129))}
    tables = {"means": of_means,
              "groupDifferences": group_differences(np.random.default_rng(20261127)),
              "pairedDifferences": paired_differences(np.random.default_rng(20261128)),
              "changes": changes(np.random.default_rng(20261130)), "parts": parts(20261201)}
    print(json.dumps(tables, indent=1), file=sys.stderr)
    print(json.dumps(kept, indent=1))


if __name__ == "__main__":
    main()
