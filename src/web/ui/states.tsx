// What a page shows when there is nothing yet, while it waits, and when it failed.

import type { ComponentChildren } from "preact";
import type { Problem } from "../api/call.ts";
import { words } from "../words/words.ts";
import { Button } from "./button.tsx";
import { failureWords } from "./failure-words.ts";
import { Notice } from "./notice.tsx";

type EmptyProps = {
  readonly title: string;
  readonly children?: ComponentChildren;
  readonly action?: ComponentChildren;
  readonly picture?: ComponentChildren;
};

export const Empty = ({ title, children, action, picture }: EmptyProps) => (
  <div class="empty">
    {picture ?? <Nothing />}
    <h2>{title}</h2>
    {children && <p>{children}</p>}
    {action}
  </div>
);

/** A thing in outline, waiting for its twin. */
const Nothing = () => (
  <svg
    viewBox="0 0 160 90"
    fill="none"
    stroke="currentColor"
    stroke-width="3"
    stroke-linecap="round"
    aria-hidden="true"
  >
    <circle cx="62" cy="45" r="30" />
    <circle cx="98" cy="45" r="30" stroke-dasharray="0.1 9" />
  </svg>
);

export const Loading = ({ label }: { label?: string }) => (
  <div class="loading" role="status">
    <span class="unseen">{label ?? words.value.common.loading}</span>
    <i />
    <i />
    <i />
  </div>
);

export const Failed = ({ problem, again }: { problem: Problem; again?: () => void }) => (
  <Notice tone="bad" fresh action={again && <Button onClick={again}>{words.value.common.again}</Button>}>
    <p>{failureWords(problem)}</p>
  </Notice>
);
