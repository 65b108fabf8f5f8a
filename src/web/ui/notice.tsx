// What a state is, in words and a mark: never by colour alone.

import type { ComponentChildren } from "preact";

export type Tone = "calm" | "good" | "wait" | "bad" | "news";

type NoticeProps = {
  readonly tone?: Tone;
  readonly title?: string;
  readonly children: ComponentChildren;
  readonly action?: ComponentChildren;
  /** Whether it came up while the page was open, so that a screen reader says it. */
  readonly fresh?: boolean;
};

export const Notice = ({ tone = "calm", title, children, action, fresh }: NoticeProps) => (
  <div class={`notice ${tone}`} role={fresh ? "status" : undefined}>
    {title && <h2>{title}</h2>}
    <div class="stack-tight">{children}</div>
    {action && <div class="line">{action}</div>}
  </div>
);

/** Empty: only yours. Half: under way. Full: done. Barred: ended. Dot in a ring: news. */
const SHAPES: { readonly [tone in Tone]: ComponentChildren } = {
  calm: <circle cx="7" cy="7" r="5" fill="none" stroke="currentColor" stroke-width="1.8" />,
  wait: (
    <>
      <circle cx="7" cy="7" r="5" fill="none" stroke="currentColor" stroke-width="1.8" />
      <path d="M7 2a5 5 0 0 1 0 10z" fill="currentColor" />
    </>
  ),
  good: <circle cx="7" cy="7" r="5.900" fill="currentColor" />,
  bad: (
    <>
      <circle cx="7" cy="7" r="5" fill="none" stroke="currentColor" stroke-width="1.8" />
      <path d="M3.600 10.400l6.800-6.800" stroke="currentColor" stroke-width="1.800" />
    </>
  ),
  news: (
    <>
      <circle cx="7" cy="7" r="5.200" fill="none" stroke="currentColor" stroke-width="1.600" />
      <circle cx="7" cy="7" r="2.400" fill="currentColor" />
    </>
  ),
};

export const Mark = ({ tone, children }: { tone: Tone; children: ComponentChildren }) => (
  <span class={`mark ${tone}`}>
    <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
      {SHAPES[tone]}
    </svg>
    <span>{children}</span>
  </span>
);
