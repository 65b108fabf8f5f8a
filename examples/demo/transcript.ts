// How the stories look on a screen: 80 columns, colours only where a terminal shows them (and NO_COLOR isn't set).
import { styleText } from "node:util";

const WIDTH = 80;
const INDENT = " ".repeat(10);
const started = performance.now();

/** Whose words they are: each side has its colour. */
export type Side = "owner" | "maker";
const COLOUR = { owner: "cyan", maker: "yellow" } as const;

const print = (line = ""): void => {
  process.stdout.write(`${line}\n`);
};

function wrapped(text: string, width: number): string[] {
  const lines = [""];
  for (const word of text.split(" ")) {
    const line = lines.at(-1)!;
    if (line === "") lines[lines.length - 1] = word;
    else if (line.length + 1 + word.length <= width) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}

export const elapsedSeconds = (): string => ((performance.now() - started) / 1000).toFixed(2);

export function heading(name: string, below: string): void {
  print();
  print(`  ${styleText("bold", name)}`);
  for (const line of wrapped(below, WIDTH - 4)) print(`  ${line}`);
  print();
}

export function chapter(title: string, opening: string): void {
  print();
  print();
  print(styleText("bold", `━━ ${title} `.padEnd(WIDTH, "━")));
  for (const line of wrapped(opening, WIDTH - 4)) print(`  ${styleText("italic", line)}`);
  print();
}

/** Something that happened, with the seconds since the start. */
export function happened(text: string): void {
  const time = `${elapsedSeconds().padStart(6)} s  `;
  wrapped(text, WIDTH - INDENT.length).forEach((line, at) =>
    print((at === 0 ? styleText("dim", time) : INDENT) + line),
  );
}

/** A new scene: what follows belongs together. */
export function scene(text: string): void {
  print();
  happened(text);
}

export function detail(text: string): void {
  for (const line of wrapped(text, WIDTH - INDENT.length)) print(INDENT + line);
}

/** Who says what to whom, and about it all that the other side is told. */
export function says(side: Side, from: string, to: string, about: string, words: string): void {
  print();
  const time = styleText("dim", `${elapsedSeconds().padStart(6)} s  `);
  print(`${time}${styleText([COLOUR[side], "bold"], `${from} → ${to}`)}  ${about}`);
  for (const line of wrapped(words, WIDTH - INDENT.length - 2))
    print(`${INDENT}${styleText(COLOUR[side], "┃")} ${line}`);
}

/** What another program printed, as much of it as two lines hold. */
export function printed(program: string, line: string): void {
  const room = WIDTH - INDENT.length - 2;
  const [first = "", ...more] = wrapped(`${program} › ${line}`, room);
  const second = more.join(" ");
  print(INDENT + styleText("dim", first));
  if (second === "") return;
  print(`${INDENT}  ${styleText("dim", second.length <= room ? second : `${second.slice(0, room - 1).trimEnd()}…`)}`);
}

export function label(lines: readonly string[]): void {
  const width = Math.max(...lines.map((line) => line.length));
  print(`${INDENT}┌─${"─".repeat(width)}─┐`);
  for (const line of lines) print(`${INDENT}│ ${line.padEnd(width)} │`);
  print(`${INDENT}└─${"─".repeat(width)}─┘`);
}

export function good(text: string): void {
  print();
  print(`  ${styleText(["green", "bold"], text)}`);
  print();
}

/** Goes to standard error, with everything that may tell why. */
export function bad(text: string): void {
  process.stderr.write(`\n  ${styleText(["red", "bold"], text, { stream: process.stderr })}\n\n`);
}
