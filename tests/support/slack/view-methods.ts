/** Modals and home tabs. */
import { randomUUID } from "node:crypto";
import type { SentView } from "./blocks.ts";
import type { Call, Inside, Method } from "./method.ts";
import { invalid, Refusal } from "./refusal.ts";
import { refusedView } from "./view-rules.ts";
import { APP_ID, type Person, type StoredView, type World } from "./world.ts";

/** Modals over one another: https://docs.slack.dev/surfaces/modals#updating_views */
const MOST_STACKED = 3;

export const VIEW_METHODS: Readonly<Record<string, Method>> = {
  "views.open": {
    scopes: [],
    tier: 4,
    answer(call, inside) {
      const person = triggered(call, inside);
      const view = checkedView(call.values.json("view"), "modal", inside.world, call.team.id);
      return { view: apiView(openModal(inside.world, call.team.id, person.id, view, null)) };
    },
  },
  "views.push": {
    scopes: [],
    tier: 4,
    answer(call, inside) {
      const person = triggered(call, inside);
      const view = checkedView(call.values.json("view"), "modal", inside.world, call.team.id);
      return { view: apiView(pushModal(inside.world, call.team.id, person.id, view)) };
    },
  },
  "views.update": {
    scopes: [],
    tier: 4,
    answer({ values, team }, { world }) {
      const found = [...world.views.values()].find(
        ({ id, view }) =>
          id === values.text("view_id") ||
          (values.has("external_id") && view.external_id === values.text("external_id")),
      );
      if (found === undefined || found.team !== team.id || !found.open) throw new Refusal("not_found");
      if (values.has("hash") && values.text("hash") !== found.hash) throw new Refusal("hash_conflict");
      updateModal(found, checkedView(values.json("view"), "modal", world, team.id));
      return { view: apiView(found) };
    },
  },
  "views.publish": {
    scopes: [],
    tier: 4,
    answer({ values, team }, { world }) {
      const user = values.needed("user_id");
      if (world.people.get(user)?.team !== team.id) throw new Refusal("user_not_found");
      const view = checkedView(values.json("view"), "home", world, team.id);
      const home = newView(world, team.id, user, view, null);
      world.homes.set(`${team.id} ${user}`, home);
      return { view: apiView(home) };
    },
  },
};

/** Whoever did what allows to open a view, if that was just now and is not used yet. */
function triggered({ values }: Call, { world }: Inside): Person {
  const trigger = world.triggers.get(values.needed("trigger_id"));
  if (trigger === undefined) throw new Refusal("invalid_trigger_id");
  if (trigger.used) throw new Refusal("exchanged_trigger_id");
  if (Date.now() - trigger.bornAt > world.patience.trigger) throw new Refusal("expired_trigger_id");
  trigger.used = true;
  return trigger.person;
}

/** The view, if Slack would take it. */
export function checkedView(
  view: SentView | string | undefined,
  type: "modal" | "home",
  world: World,
  team: string,
): SentView {
  const faults =
    typeof view === "object"
      ? refusedView(view, { surface: type, world, team })
      : ["view: must be an object"];
  if (faults.length > 0) throw invalid("invalid_arguments", faults);
  return view as SentView;
}

export function openModal(
  world: World,
  team: string,
  user: string,
  view: SentView,
  under: StoredView | null,
) {
  const opened = newView(world, team, user, view, under);
  world.views.set(opened.id, opened);
  return opened;
}

export function pushModal(world: World, team: string, user: string, view: SentView): StoredView {
  const stack = modalsOf(world, user);
  if (stack.length === 0) throw new Refusal("not_found");
  if (stack.length >= MOST_STACKED) throw new Refusal("push_limit_reached");
  return openModal(world, team, user, view, stack.at(-1)!);
}

export function updateModal(stored: StoredView, view: SentView): void {
  stored.view = view;
  stored.hash = randomUUID();
}

/** What a person has open, the topmost last. */
export function modalsOf(world: World, user: string): StoredView[] {
  return [...world.views.values()].filter((view) => view.user === user && view.open);
}

function newView(
  world: World,
  team: string,
  user: string,
  view: SentView,
  under: StoredView | null,
): StoredView {
  const id = world.id("V");
  return {
    id,
    team,
    user,
    root: under?.root ?? id,
    previous: under?.id ?? null,
    view,
    hash: randomUUID(),
    open: true,
  };
}

/** A view as Slack gives it, with what is filled in. */
export function apiView({ id, team, root, previous, view, hash }: StoredView, values: object = {}): object {
  return {
    id,
    team_id: team,
    app_id: APP_ID,
    app_installed_team_id: team,
    callback_id: "",
    private_metadata: "",
    external_id: "",
    title: null,
    submit: null,
    close: null,
    clear_on_close: false,
    notify_on_close: false,
    ...view,
    state: { values },
    hash,
    root_view_id: root,
    previous_view_id: previous,
  };
}
