// When the next attempt is due: the delays of the delivery schedule, and nothing else. Must never answer earlier than the schedule says.

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** How long to wait before attempt 1, 2, … 16: 147 h 42 min from the first to the last, jitter aside. */
export const SCHEDULE_MS: readonly number[] = [
  0,
  5 * SECOND_MS,
  30 * SECOND_MS,
  2 * MINUTE_MS,
  10 * MINUTE_MS,
  30 * MINUTE_MS,
  1 * HOUR_MS,
  2 * HOUR_MS,
  4 * HOUR_MS,
  8 * HOUR_MS,
  12 * HOUR_MS,
  24 * HOUR_MS,
  24 * HOUR_MS,
  24 * HOUR_MS,
  24 * HOUR_MS,
  24 * HOUR_MS,
];

/** Answers that say "this event is wrong" (400, 413, 415, 422) before it becomes a dead letter: within a minute, promised within ten. */
export const POISON_ATTEMPTS = 3;

/** Failed attempts after which an event whose endpoint is otherwise healthy leaves the line and goes on trying alone. */
export const SET_ASIDE_AFTER = 8;

const JITTER = 0.2;

/** A delay and 0 to 20 % of it, as an integer of milliseconds; `scale` multiplies it. */
export const jittered = (delayMs: number, random01: number, scale: number): number =>
  Math.ceil(delayMs * (1 + JITTER * random01) * scale);

/**
 * Milliseconds from the last attempt to the next, as an integer: the schedule's delay plus 0 to 20 %, never less.
 * @param attemptsMade how many attempts there were; 0 answers 0
 * @param random01 a random number in [0, 1)
 * @param scale multiplies every delay; 1 outside development
 * @returns null when the schedule is used up: the event becomes a dead letter
 */
export function nextDelayMs(attemptsMade: number, random01: number, scale: number): number | null {
  if (!Number.isInteger(attemptsMade) || attemptsMade < 0) throw new RangeError("attempts are counted from 0");
  const delayMs = SCHEDULE_MS[attemptsMade];
  return delayMs === undefined ? null : jittered(delayMs, random01, scale);
}

/**
 * The same after an answer judged poison: 5 s, then 30 s, then null. Counted in poison answers, so that an event
 * that met 503s for a day still gets its three; the schedule's sixteen remain the bound.
 * @param poisonAnswers how many of the event's attempts were answered so, this one included: 1 or more
 */
export function nextPoisonDelayMs(
  attemptsMade: number,
  poisonAnswers: number,
  random01: number,
  scale: number,
): number | null {
  if (poisonAnswers >= POISON_ATTEMPTS || attemptsMade >= SCHEDULE_MS.length) return null;
  return nextDelayMs(poisonAnswers, random01, scale);
}
