/**
 * The method in words and formulas.
 *
 * @module
 */

/** Sections of the method page by their ids, in Markdown with TeX between dollar signs. */
export const METHOD = {
  line: {
    title: "Accuracy on the line",
    text:
      `A network is developed on a *reference* distribution and then meets a *shifted* one. Let $\\mathrm{Acc}_{\\text{ref}}$ and $\\mathrm{Acc}_{\\text{shift}}$ be its accuracies on the two. The paper, like others before it, finds that networks trained from scratch, the *baselines*, lie close to a line once both accuracies are transformed by $\\Phi^{-1}$, the inverse of the normal distribution function (the *probit*). With

$$x(M) = \\Phi^{-1}(\\mathrm{Acc}_{\\text{ref}}(M))$$

$$y(M) = \\Phi^{-1}(\\mathrm{Acc}_{\\text{shift}}(M))$$

and $x_i, y_i$ denoting the values of the baselines $M_1, \\dots, M_n$, the line $\\hat y = a x + b$ is fitted by least squares:

$$a = \\frac{\\sum_i (x_i - \\bar x)(y_i - \\bar y)}{S_{xx}}$$

with $b = \\bar y - a \\bar x$ and $S_{xx} = \\sum_i (x_i - \\bar x)^2$.

An accuracy of 0 or 1, for which $\\Phi^{-1}$ is infinite, is moved by half an image: to $1/(2n)$ or $1 - 1/(2n)$ with $n$ test images.`,
  },
  "effective-robustness": {
    title: "Effective robustness",
    text:
      `A better network does better everywhere, so a higher shifted accuracy alone says nothing about robustness. **Effective robustness** (ER) is the shifted accuracy beyond what the reference accuracy predicts:

$$\\mathrm{ER}(M) = \\mathrm{Acc}_{\\text{shift}}(M) - \\Phi(a \\, x(M) + b) .$$

It is given in percentage points of accuracy, not in probit units.`,
  },
  extrapolation: {
    title: "Out of support: a network must extrapolate",
    text:
      "Some shifts bring inputs unlike any in the reference distribution. The training data do not say how to handle them, so a network relies on what it knew before. The paper finds that pre-training can help here.",
  },
  bias: {
    title: "In support: the data are biased",
    text:
      "Other shifts bring no new inputs: all of them also occur in the reference distribution, where a feature goes with the label more often than it should. The paper finds that pre-training does not help here: a network that learns the reference distribution well also learns the bias, whatever it knew before. Better data would help.",
  },
  theory: {
    title: "Why the support matters",
    text:
      `Theorem 4.1 of the paper is about linear classifiers. Let the training inputs, the rows of $X$, span a subspace $W$ of $\\mathbb{R}^d$, and let the logistic loss without intercept attain its minimum. Then gradient descent with step size $4 / \\lVert X \\rVert^2$ ($\\lVert X \\rVert$ is the largest singular value) converges from any start $w_0$ to

$$\\hat w = w^{\\ast} + P_{W^{\\perp}} w_0 ,$$

where $w^{\\ast} \\in W$ does not depend on $w_0$ and $P_{W^{\\perp}}$ projects onto the orthogonal complement of $W$. Every gradient is a combination of training inputs and lies in $W$, so the part of the start outside $W$ never changes. The start is what pre-training provides; it can therefore only matter for inputs outside the span of the training data.`,
  },
  splitting: {
    title: "Splitting a shift",
    text:
      `A natural shift is in support for some examples and out of support for others. A classifier is trained to distinguish $n_{\\text{shift}}$ shifted from $n_{\\text{ref}}$ reference examples. If $p(x)$ is its calibrated probability that $x$ is shifted, Bayes' rule gives the density ratio, corrected for the sizes of the two sets:

$$\\frac{p_{\\text{ref}}(x)}{p_{\\text{shift}}(x)} = \\frac{1 - p(x)}{p(x)} \\cdot \\frac{n_{\\text{shift}}}{n_{\\text{ref}}} .$$

An example is **out of support** if this ratio is below $\\varepsilon$, for which the paper takes 0.2: the reference distribution contains it less than a fifth as often as the shifted one does. Each example is scored by a classifier that did not see it (cross-fitting), and each part has its own line and its own effective robustness.`,
  },
  // As in decisions 017 and 007.
  intervals: {
    title: "Intervals",
    text:
      `With the residual standard error $s$, $s^2 = \\sum_i (y_i - \\hat y_i)^2 / (n - 2)$, the half-width of the mean line at $x$ is

$$e(x) = t_{0.975,\\, n-2} \\; s \\, \\sqrt{\\frac{1}{n} + \\frac{(x - \\bar x)^2}{S_{xx}}} ,$$

which gives the band in the figures. The paper's interval for a single network is that of the line alone: from $\\mathrm{Acc}_{\\text{shift}} - \\Phi(\\hat y + e)$ to $\\mathrm{Acc}_{\\text{shift}} - \\Phi(\\hat y - e)$.

Our interval of a *mean* effective robustness is a Student’s t interval of three errors, given as standard errors:

- $\\mathrm{SE}_{\\text{networks}}$, from their spread: $\\mathrm{sd} / \\sqrt{m}$ for $m$ pre-trained networks, with $m - 1$ degrees of freedom.
- $\\mathrm{SE}_{\\text{line}}$, from the baselines. Checkpoints of one run lie high or low together, so whole runs are left out in turn (the jackknife), with one degree of freedom fewer than there are runs. Each finished network is a run by itself: its error is that of least squares, with $n - 2$ degrees of freedom.
- $\\mathrm{SE}_{\\text{images}}$, from the test images, which networks and baselines share, so that their difficulty largely cancels: what each image does to the estimate through all accuracies is squared and summed, minus what the spreads already include. Where networks were tested on different numbers of images, the binomial noise stands in, an upper bound.

Their squares are added, and the half-width is

$$h = t_{0.975,\\, \\nu} \\; \\sqrt{\\mathrm{SE}_{\\text{networks}}^2 + \\mathrm{SE}_{\\text{line}}^2 + \\mathrm{SE}_{\\text{images}}^2} .$$

The degrees of freedom $\\nu$ are those of Welch and Satterthwaite, where each variance counts with the upper end of its one-sided 75% interval, so that a spread of three networks that happens to be small is not taken at face value. In simulations with three runs or more, of lines that are truly straight and of networks that err independently, such intervals contain the truth 93 to 97 times in a hundred. **A bend is not in them**: finished networks of one size share their images and with them any bend of the true curve there, which the interval would not show however many networks of these sizes there were. With differences between sizes as large as under the vertical flip at \`default\`, intervals over the line of finished networks contain the truth 79 times in a hundred. The experiments on single synthetic shifts have a table of how straight that line is, and of the estimates with one size left out or with a parabola in the place of the line, which under that flip moves the photo networks’ by three quarters of a point. Differences are measured in the same way, network by network where the networks are the same; an error that both sides share largely cancels. In the parts of a split the runs and the reference images are the same and the shifted examples are not: each run is left out of both lines at once.

Where baselines are not given by run, in published tables, and where a line has a single run, its points count as independent and each error has a half-width of its own, with its own quantile: $t_{0.975,\\,m-1}\\, \\mathrm{SE}_{\\text{networks}}$, $e$ carried to the mean, and 1.96 times the binomial noise of both accuracies of one network, averaged over the networks. The squares of these half-widths are added. Accuracies do not tell which images networks share: this noise is that of networks that err on the same images, and of baselines that saw others. That is wide for independent models, and too narrow where checkpoints make the line.

A **verdict** compares whole intervals with a rule that was fixed before the run. Most claims have two, one over each line: *supported* if every interval lies within the rule, *contradicted* if one of them lies wholly outside, and *inconclusive* otherwise. A rule about the estimate alone does not consider the interval. Verdicts are not corrected for their number. Where a claim has two intervals, *supported* asks for both, so that chance supports less than an interval’s 2.5% of claims that are just false at their threshold; *contradicted* asks for one, so that chance contradicts up to twice that share of claims that are just true at it (four times where a claim has four intervals): of a hundred claims that all lay at their thresholds about five would be decided by chance.`,
  },
  // Of the runs of 2026-11-26 to 29, in docs/log.md.
  chance: {
    title: "What another draw changes",
    text:
      "An interval tells what chance does to a number; how much a verdict owes to chance shows only when everything is drawn again. `default` was run with five draws of what is random on the synthetic shifts and nothing else changed: seeds of networks, the split of the images, colours, minority classes; networks with weights of COCO and typeset digits had one. Of the **14 verdicts** on the four synthetic shifts and their contrasts, **7 are the same in all five draws**; from one draw to another 1 to 7 differ, and none is reversed. The contrast from the label shift to the vertical flip is found in all; that from the spurious to the unseen tint in the first, fourth and fifth. Pre-training under the spurious tint is above the two points that count as little in three draws and open in two. What helps against a bias was drawn three times, typefaces with the third: of its **14 verdicts 3 differ** between the first draw and the third (of 11 it had by then, 2 between the first and the second), and none is reversed.\n\nTwo draws of a number should differ by less than √2 half-widths in 95% of cases; 252 of 280 pairs do, 90%. For half of the numbers draws differ as much as their intervals say, or less. The gain under the spurious tint and the contrast of the tints differ about twice as much, the gain under a strong unseen tint 1.7 times: an interval does not hold which ten colours the classes have, and seems not to hold all that other training photographs change. **Where it matters, the mean over draws is to be believed rather than one of them.** So the answer on the front page calls a contrast undecided that a run supports and this mean does not. The claim keeps its verdict there and everywhere else, and so does every claim on a single shift, whatever its mean over draws, which stands below it. The test photographs are the same in all.\n\nUntil 2026-11-29 unseen tints had ten colours for all images, one a class, like the spurious tint, and the contrast of the tints was +2.7 (+1.5 to +3.9) in the first draw and +0.1 in the second: a gain was that of ten colours. Each image has a colour of its own since. A smaller draw came before the first and determined its size; it differed from the first in 5 of the 14 verdicts, and reversed none.\n\nWhat photo networks gain in each draw, in points over the line of finished networks, and the mean with its 95% interval by Student’s *t* over draws:",
  },
} as const;

/** What five draws found over the line of finished networks, a row a line: the mean has an interval by Student's t over draws. */
const DRAWS =
  `photo networks | draw 1 | draw 2 | draw 3 | draw 4 | draw 5 | mean
spurious tint, in support | +3.3 | +3.3 | +4.0 | +2.7 | +2.1 | +3.1 (+2.2 to +4.0)
label shift, in support | −0.8 | +0.1 | −1.1 | −2.1 | −0.6 | −0.9 (−1.9 to +0.1)
unseen tint of strength 0.25 | +4.5 | +3.6 | +4.2 | +5.8 | +4.7 | +4.6 (+3.6 to +5.5)
unseen tint of strength 0.5 | +9.9 | +7.2 | +7.8 | +11.3 | +8.4 | +8.9 (+6.9 to +11.0)
vertical flip | +3.1 | +3.3 | +3.4 | +3.6 | +4.2 | +3.5 (+3.0 to +4.0)
contrast, spurious to unseen tint | +1.2 | +0.3 | +0.1 | +3.1 | +2.5 | +1.5 (−0.2 to +3.1)
contrast, label shift to vertical flip | +3.9 | +3.2 | +4.5 | +5.7 | +4.8 | +4.4 (+3.2 to +5.6)`;

/** The same as a table. */
export const DRAWS_TABLE = {
  label:
    "Points over the line of finished networks in five draws, with 95% intervals of the means",
  rows: DRAWS.split("\n").map((row) => row.split(" | ")),
};
