// What is pressed. A button that is at work stays in its place and says so; it is never disabled without a word.

import type { ButtonHTMLAttributes, ComponentChildren } from "preact";
import { Icon, type IconName } from "./icon.tsx";

type Looks = {
  readonly tone?: "primary" | "plain" | "quiet" | "danger";
  readonly icon?: IconName;
  readonly whole?: boolean;
  readonly children: ComponentChildren;
};
const classOf = ({ tone = "plain", whole }: Pick<Looks, "tone" | "whole">): string =>
  ["button", tone, whole ? "whole" : ""].filter(Boolean).join(" ");

type ButtonProps = Looks & {
  readonly busy?: boolean;
  readonly type?: "button" | "submit";
  readonly onClick?: (event: MouseEvent) => void;
} & Omit<ButtonHTMLAttributes, "icon" | "children" | "type" | "onClick">;

export const Button = ({ tone, icon, whole, busy, children, type = "button", onClick, ...rest }: ButtonProps) => (
  <button
    {...rest}
    type={type}
    class={classOf({ tone, whole })}
    aria-disabled={busy}
    onClick={(event) => {
      if (busy) event.preventDefault();
      else onClick?.(event);
    }}
  >
    {busy ? <span class="turning" aria-hidden="true" /> : icon && <Icon name={icon} size={20} />}
    <span>{children}</span>
  </button>
);

type LinkProps = Looks & {
  readonly href: string;
  readonly download?: string;
  readonly target?: string;
  readonly rel?: string;
  readonly onClick?: (event: MouseEvent) => void;
};

export const LinkButton = ({ tone, icon, whole, children, ...rest }: LinkProps) => (
  <a {...rest} class={classOf({ tone, whole })}>
    {icon && <Icon name={icon} size={20} />}
    <span>{children}</span>
  </a>
);

type IconButtonProps = { readonly icon: IconName; readonly label: string; readonly children?: ComponentChildren } & (
  | { readonly href: string; readonly onClick?: never }
  | { readonly href?: never; readonly onClick: () => void }
);

/** Round, without a word to see; `label` is its name. */
export const IconButton = ({ icon, label, href, onClick, children }: IconButtonProps) =>
  href === undefined ? (
    <button type="button" class="icon-button" aria-label={label} title={label} onClick={onClick}>
      <Icon name={icon} />
      {children}
    </button>
  ) : (
    <a class="icon-button" href={href} aria-label={label} title={label}>
      <Icon name={icon} />
      {children}
    </a>
  );
