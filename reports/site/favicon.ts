/**
 * The icon of the site.
 *
 * @module
 */

/** A line, and points above it: what effective robustness looks like. Dark on light, light on dark. */
export const FAVICON =
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><style>path{stroke:#1b1d20}@media(prefers-color-scheme:dark){path{stroke:#e8e9eb}}</style><path d="M4 28 28 8" fill="none" stroke-width="3" stroke-linecap="round"/><circle cx="11" cy="11" r="3.5" fill="#d55e00"/><circle cx="20" cy="5.5" r="3.5" fill="#d55e00"/></svg>
`;
