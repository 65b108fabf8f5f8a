// Twelve words in their order: numbered for the eye, a list for a screen reader.

export const WordList = ({ words, label }: { words: readonly string[]; label: string }) => (
  <ol class="card-words" aria-label={label}>
    {words.map((word, at) => (
      <li key={`${at} ${word}`}>
        <span class="at" aria-hidden="true">
          {at + 1}
        </span>
        <span translate={false} lang="en">
          {word}
        </span>
      </li>
    ))}
  </ol>
);
