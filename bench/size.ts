// How much is measured: all of it in some minutes, or a taste in one.

export type Size = {
  readonly name: "full" | "quick";
  readonly rounds: number;
  readonly roundMs: number;
  readonly fullNotes: number;
  /** Requests under way on each connection while filling. */
  readonly fillDepth: number;
  readonly deliveries: number;
  readonly touchedTwins: number;
  readonly starts: number;
  /** Notes that are sent while the desk is watched. */
  readonly liveNotes: number;
  readonly fewThreads: number;
  readonly manyThreads: number;
  /** Threads of one twin. */
  readonly threadsEach: number;
  /** How often each page of the desk is asked for. */
  readonly deskRounds: number;
  /** Twins that a notice goes to. */
  readonly noticed: number;
  /** Of a long record: an owner's side may add 700. */
  readonly recordEntries: number;
  readonly recordRounds: number;
};

export const FULL: Size = {
  name: "full",
  rounds: 18,
  roundMs: 300,
  fullNotes: 100_000,
  fillDepth: 8,
  deliveries: 100,
  touchedTwins: 10_000,
  starts: 5,
  liveNotes: 5_000,
  fewThreads: 1_000,
  manyThreads: 100_000,
  threadsEach: 500,
  deskRounds: 200,
  noticed: 10_000,
  recordEntries: 600,
  recordRounds: 80,
};

export const QUICK: Size = {
  name: "quick",
  rounds: 8,
  roundMs: 200,
  fullNotes: 5_000,
  fillDepth: 8,
  deliveries: 25,
  touchedTwins: 500,
  starts: 2,
  liveNotes: 500,
  fewThreads: 1_000,
  manyThreads: 3_000,
  threadsEach: 50,
  deskRounds: 50,
  noticed: 200,
  recordEntries: 200,
  recordRounds: 20,
};
