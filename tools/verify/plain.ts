// Words from a file, or about one, as they may be printed: on one line of a terminal, where they can neither move the cursor nor hide, reverse
// or push away what stands beside them.

/** Whatever shows as nothing: controls, marks that are to be ignored, every kind of space, and the Braille pattern without a dot. */
const BLANK = /[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]+/gu;

/** The words, with one space for each run of what shows as nothing. */
export const plain = (text: string): string => text.replaceAll(BLANK, " ").trim();
