// Whether an answer that began as a saved reply is its writer's own by now: said by the desk while they write, and held by the API. Pure.

const PLACEHOLDER = /\[[^[\]]{1,120}\]/g;
const collapsed = (words: string): string => words.trim().replaceAll(/\s+/g, " ");

/** The places in a saved reply that are to be filled, like `[name]`. */
export const placeholdersOf = (saved: string): string[] => [...new Set(collapsed(saved).match(PLACEHOLDER))];

/** Whether `sent` is the saved reply as it is. White space makes no difference. */
export const isAsSaved = (saved: string, sent: string): boolean => collapsed(sent) === collapsed(saved);

/** Which places of the saved reply `sent` still has as they are. */
export const unfilledOf = (saved: string, sent: string): string[] => {
  const words = collapsed(sent);
  return placeholdersOf(saved).filter((placeholder) => words.includes(placeholder));
};

/** Why an answer that began as a saved reply must not go out as it is; null when it may. */
export function whyUnedited(saved: string, sent: string): string | null {
  if (isAsSaved(saved, sent)) return "is the saved reply as it is: put in what this owner asked";
  const [left] = unfilledOf(saved, sent);
  return left === undefined ? null : `still has ${left} of the saved reply in it: put in what belongs there`;
}
