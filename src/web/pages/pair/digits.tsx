// Four digits that two devices show, large enough to compare at arm's length.

export const Digits = ({ digits, label }: { digits: string; label: string }) => (
  <p class="digits" role="img" aria-label={`${label}: ${digits.replaceAll(/\D/g, "").split("").join(" ")}`}>
    {digits}
  </p>
);
