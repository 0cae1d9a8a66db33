/**
 * The paper that this project reproduces, and this project, as others cite
 * them.
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

/** How to cite this software, as BibTeX; says what CITATION.cff says. */
export const SOFTWARE_BIBTEX = `@software{shiftline,
  title   = {shiftline: ask a distribution shift whether pre-training will help},
  author  = {{The shiftline authors}},
  version = {0.1.0},
  license = {MIT}
}`;

/** The file `CITATION.cff`: how to cite this software, for tools that read the Citation File Format. */
export const CITATION_CFF = `cff-version: 1.2.0
message: If you use shiftline, please cite it and the paper that it reproduces.
title: "shiftline: ask a distribution shift whether pre-training will help"
type: software
version: 0.1.0
license: MIT
authors:
  - name: The shiftline authors
references:
  - type: article
    title: Ask Your Distribution Shift if Pre-Training is Right for You
    authors:
      - family-names: Cohen-Wang
        given-names: Benjamin
      - family-names: Vendrow
        given-names: Joshua
      - family-names: Madry
        given-names: Aleksander
    year: 2025
    journal: Transactions on Machine Learning Research
    identifiers:
      - type: other
        value: arXiv:2403.00194
`;
