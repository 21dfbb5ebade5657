// @ts-check
/** How sure, in plain words. */

/** @param {number} probability 0 to 1 */
export function percent(probability) {
  return `${Math.round(Math.min(1, Math.max(0, probability)) * 100)}%`;
}

/** @param {number} probability 0 to 1 */
export function sureness(probability) {
  if (probability >= 0.95) return "Very sure";
  if (probability >= 0.8) return "Fairly sure";
  if (probability >= 0.6) return "Rather sure";
  if (probability >= 0.4) return "Not sure";
  return "Hardly more than a guess";
}

/** "Chad, Romania and Andorra". @param {readonly string[]} names */
export function listed(names) {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** @param {number} milliseconds */
export function seconds(milliseconds) {
  return `${(milliseconds / 1000).toFixed(milliseconds < 9950 ? 1 : 0)} s`;
}
