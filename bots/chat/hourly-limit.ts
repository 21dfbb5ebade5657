/** How much one person asks in an hour. In memory: a restart forgives. */

const HOUR = 60 * 60_000;
/** People remembered; beyond that, the one seen longest ago is forgotten. */
const REMEMBERED = 10_000;

export interface HourlyLimit {
  /** Counts one question of `person`; returns the minutes to wait (0: it may be asked, and counts). */
  take(person: string, perHour: number): number;
}

/** `now` is in milliseconds. */
export function createHourlyLimit(now: () => number = Date.now): HourlyLimit {
  const asked = new Map<string, number[]>();
  return {
    take(person, perHour) {
      const time = now();
      const recent = (asked.get(person) ?? []).filter((moment) => moment > time - HOUR);
      asked.delete(person);
      asked.set(person, recent);
      if (asked.size > REMEMBERED) asked.delete(asked.keys().next().value!);
      if (perHour > 0 && recent.length >= perHour) {
        const free = recent[recent.length - perHour]! + HOUR;
        return Math.max(1, Math.ceil((free - time) / 60_000));
      }
      recent.push(time);
      return 0;
    },
  };
}
