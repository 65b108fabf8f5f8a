// Several sides measured in one run, in short rounds that take turns, so that whatever else the machine does hits all.

/** One round of a side: its rate, in answers a second. The side is warm already. */
export type Side = () => Promise<number>;

/**
 * The rates of every round, in the order of the sides. The sides go A B C, C B A, A B C …, so that a machine that gets
 * slower or faster favours nobody.
 */
export async function takeTurns(rounds: number, sides: readonly Side[]): Promise<number[][]> {
  const order = sides.map((side, place) => ({ side, place }));
  const all: number[][] = [];
  for (let round = 0; round < rounds; round++) {
    const rates = Array.from<number>({ length: sides.length });
    for (const { side, place } of round % 2 === 0 ? order : order.toReversed()) rates[place] = await side();
    all.push(rates);
  }
  return all;
}
