// What is filled in: a label above, a hint below it, and what is wrong in words beside the field.

import type { ComponentChildren, InputHTMLAttributes, Ref, TextareaHTMLAttributes } from "preact";
import { useId } from "preact/hooks";
import { Icon, type IconName } from "./icon.tsx";

type Described = { readonly label: string; readonly hint?: ComponentChildren; readonly error?: string | null };

const describedBy = (id: string, { hint, error }: Pick<Described, "hint" | "error">): string | undefined =>
  [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ") || undefined;

const Frame = ({ id, label, hint, error, children }: Described & { id: string; children: ComponentChildren }) => (
  <div class="field">
    <label for={id}>{label}</label>
    {hint && (
      <span class="hint" id={`${id}-hint`}>
        {hint}
      </span>
    )}
    {children}
    {error && (
      <span class="error" id={`${id}-error`} role="alert">
        {error}
      </span>
    )}
  </div>
);

type InputProps = Pick<
  InputHTMLAttributes,
  | "autocomplete"
  | "autofocus"
  | "autocapitalize"
  | "enterKeyHint"
  | "inputMode"
  | "max"
  | "maxLength"
  | "min"
  | "onKeyDown"
  | "placeholder"
  | "readOnly"
  | "required"
  | "spellcheck"
>;

type TextFieldProps = Described &
  InputProps & {
    readonly value: string;
    readonly onInput: (value: string) => void;
    readonly type?: "text" | "url" | "date" | "datetime-local" | "number" | "search" | "password";
    readonly inputRef?: Ref<HTMLInputElement>;
    /** The id of a datalist whose options are offered. */
    readonly list?: string;
  };

export function TextField({ label, hint, error, value, onInput, type = "text", inputRef, ...rest }: TextFieldProps) {
  const id = useId();
  return (
    <Frame id={id} label={label} hint={hint} error={error}>
      <input
        {...rest}
        ref={inputRef}
        id={id}
        class="input"
        type={type as "text"}
        value={value}
        aria-describedby={describedBy(id, { hint, error })}
        aria-invalid={error ? true : undefined}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </Frame>
  );
}

type TextAreaProps = Described & {
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly areaRef?: Ref<HTMLTextAreaElement>;
} & Omit<TextareaHTMLAttributes, "label" | "value" | "onInput" | "ref">;

export function TextArea({ label, hint, error, value, onInput, areaRef, ...rest }: TextAreaProps) {
  const id = useId();
  return (
    <Frame id={id} label={label} hint={hint} error={error}>
      <textarea
        {...rest}
        ref={areaRef}
        id={id}
        class="input"
        value={value}
        aria-describedby={describedBy(id, { hint, error })}
        aria-invalid={error ? true : undefined}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </Frame>
  );
}

type SelectProps<V extends string> = Described & {
  readonly value: V;
  readonly options: readonly { readonly value: V; readonly label: string }[];
  readonly onChange: (value: V) => void;
};

export function Select<V extends string>({ label, hint, error, value, options, onChange }: SelectProps<V>) {
  const id = useId();
  return (
    <Frame id={id} label={label} hint={hint} error={error}>
      <select
        id={id}
        class="input"
        value={value}
        aria-describedby={describedBy(id, { hint, error })}
        onChange={(event) => onChange(event.currentTarget.value as V)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </Frame>
  );
}

export type Option<V extends string> = {
  readonly value: V;
  readonly label: string;
  readonly hint?: ComponentChildren;
  readonly icon?: IconName;
};
type ChoicesProps<V extends string> = {
  readonly legend: string;
  readonly hint?: ComponentChildren;
  readonly options: readonly Option<V>[];
  /** Null while nothing is chosen. */
  readonly value: V | null;
  readonly onChange: (value: V) => void;
  readonly layout?: "chips" | "rows";
};

/** One of several: arrow keys move, as in any group of radio buttons. */
export function Choices<V extends string>({
  legend,
  hint,
  options,
  value,
  onChange,
  layout = "chips",
}: ChoicesProps<V>) {
  const id = useId();
  return (
    <fieldset class={`choices ${layout}`} aria-describedby={hint ? `${id}-hint` : undefined}>
      <legend>{legend}</legend>
      {hint && (
        <span class="hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      <div class="options">
        {options.map((option) => (
          <label class="choice" key={option.value}>
            <input
              type="radio"
              name={id}
              value={option.value}
              checked={option.value === value}
              aria-labelledby={`${id}-${option.value}`}
              aria-describedby={option.hint ? `${id}-${option.value}-hint` : undefined}
              onChange={() => onChange(option.value)}
            />
            {layout === "rows" ? (
              <span class="dot" aria-hidden="true" />
            ) : (
              option.icon && <Icon name={option.icon} size={20} />
            )}
            <span>
              <span class="label" id={`${id}-${option.value}`}>
                {option.label}
              </span>
              {option.hint && (
                <span class="hint" id={`${id}-${option.value}-hint`}>
                  {option.hint}
                </span>
              )}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

type CheckProps = {
  readonly label: ComponentChildren;
  readonly hint?: ComponentChildren;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
};

export function Check({ label, hint, checked, onChange }: CheckProps) {
  const id = useId();
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={checked}
        aria-labelledby={id}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <span>
        <span id={id}>{label}</span>
        {hint && (
          <span class="hint" id={`${id}-hint`}>
            {hint}
          </span>
        )}
      </span>
    </label>
  );
}
