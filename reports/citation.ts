/**
 * The paper that this project reproduces.
 *
 * @module
 */

/** The paper's address. */
export const PAPER_URL = "https://arxiv.org/abs/2403.00194";

/** How to cite the paper, as BibTeX. */
export const PAPER_BIBTEX = `@article{cohenwang2025ask,
  title   = {Ask Your Distribution Shift if Pre-Training is Right for You},
  author  = {Cohen-Wang, Benjamin and Vendrow, Joshua and Madry, Aleksander},
  journal = {Transactions on Machine Learning Research},
  year    = {2025},
  url     = {https://arxiv.org/abs/2403.00194}
}`;

/** The paper in one line. */
export const PAPER_LINE =
  "B. Cohen-Wang, J. Vendrow and A. Madry, Ask Your Distribution Shift if Pre-Training is Right for You, TMLR 2025";
