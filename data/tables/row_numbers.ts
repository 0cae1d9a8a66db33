/** What a column is called in which pandas or R number the rows. */
export const ROW_NUMBERS = /^\s*(?:Unnamed: ?\d+)?\s*$/;
