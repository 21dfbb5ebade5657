/** How much one person asks in an hour. In memory, since platforms wait three seconds; a start reads what was asked before it. */
import type { Asker } from "../../src/domain/question.ts";
import type { PeopleBook } from "../../src/ports.ts";

const HOUR = 60 * 60_000;
/** People remembered; beyond that, the one seen longest ago is forgotten. */
const REMEMBERED = 10_000;

export interface HourlyLimit {
  /** Counts one question of `person`; returns the minutes to wait (0: it may be asked, and counts). */
  take(person: string, perHour: number): number;
  /** Counts a question of before, asked at `time` in milliseconds. Called oldest first. */
  remember(person: string, time: number): void;
}

/** Names a person for the limit. */
export function personOf({ tenant, pseudonym }: Asker): string {
  return `${tenant} ${pseudonym}`;
}

/** Lets the limit know what was asked in the last hour, before this process began. */
export async function recallHour(
  limit: Pick<HourlyLimit, "remember">,
  people: Pick<PeopleBook, "askedSince">,
  platform: "discord" | "slack",
): Promise<void> {
  const asked = await people.askedSince(platform, new Date(Date.now() - HOUR));
  for (const { asker, at } of asked) limit.remember(personOf(asker), at.getTime());
}

/** `now` is in milliseconds. */
export function createHourlyLimit(now: () => number = Date.now): HourlyLimit {
  const asked = new Map<string, number[]>();

  /** When the person asked in the last hour; now the one seen last. */
  function recentOf(person: string, time: number): number[] {
    const recent = (asked.get(person) ?? []).filter((moment) => moment > time - HOUR);
    asked.delete(person);
    asked.set(person, recent);
    if (asked.size > REMEMBERED) asked.delete(asked.keys().next().value!);
    return recent;
  }
  return {
    take(person, perHour) {
      const time = now();
      const recent = recentOf(person, time);
      if (perHour > 0 && recent.length >= perHour) {
        const free = recent[recent.length - perHour]! + HOUR;
        return Math.max(1, Math.ceil((free - time) / 60_000));
      }
      recent.push(time);
      return 0;
    },
    remember: (person, time) => void recentOf(person, now()).push(time),
  };
}
